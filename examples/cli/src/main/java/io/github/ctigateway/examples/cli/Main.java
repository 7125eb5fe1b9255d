package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.PlanPolicy;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The command line of cti-gateway. */
public final class Main {
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        // Before the first logger is made: slf4j-simple reads it once.
        if (Arrays.asList(args).contains("--verbose")) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
        }
        Optional<Console> console = console();
        // What is piped goes to a program, and JSON is UTF-8 whatever the locale says.
        Charset charset = console.map(Console::charset).orElse(StandardCharsets.UTF_8);
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, charset);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, charset);
        CountDownLatch ended = new CountDownLatch(1);
        Thread command = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWell(command, ended), "cti-gateway-end"));
        boolean drawn = console.isPresent() && errorsGoWhereOutputGoes() && !"dumb".equals(System.getenv("TERM"));
        int code = run(args, new Terminal(out, err, System.in, System.getenv(), console.isPresent(), drawn));
        ended.countDown();
        System.exit(code);
    }

    /** On Ctrl-C: a command that is under way says what it leaves behind, and gives its lease back. */
    private static void endWell(Thread command, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            if (!ended.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println(
                        "cti-gateway: the command did not end in time; its lease may last some seconds more.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The console when a person sits there. */
    @SuppressWarnings("SystemConsoleNull") // Null tells it up to JDK 21, isTerminal from JDK 22 on
    private static Optional<Console> console() {
        Console console = System.console();
        if (console == null) {
            return Optional.empty();
        }
        try {
            boolean terminal = (Boolean) Console.class.getMethod("isTerminal").invoke(console);
            return terminal ? Optional.of(console) : Optional.empty();
        } catch (ReflectiveOperationException beforeJdk22) {
            return Optional.of(console);
        }
    }

    /** Whether errors and output go to the same place. Java does not know, but Linux does; elsewhere it is taken for granted. */
    private static boolean errorsGoWhereOutputGoes() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/2"))
                    .equals(Files.readSymbolicLink(Path.of("/proc/self/fd/1")));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return true;
        }
    }

    /** Runs one command. */
    static int run(String[] args, Terminal terminal) {
        int code = commandLine(terminal).execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    /** An empty word, as of a variable of the shell that is not set, would mean the current directory. */
    private static Path path(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("a path is empty");
        }
        return Path.of(text);
    }

    static CommandLine commandLine(Terminal terminal) {
        CtiGateway root = new CtiGateway(terminal);
        Failures failures = new Failures(root);
        return new CommandLine(root)
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .registerConverter(PlanPolicy.Unmanaged.class, new Choice<>(PlanPolicy.Unmanaged.class))
                .registerConverter(PlanPolicy.Busy.class, new Choice<>(PlanPolicy.Busy.class))
                .registerConverter(Language.class, new Choice<>(Language.class))
                .registerConverter(Path.class, Main::path)
                .setAbbreviatedOptionsAllowed(false);
    }
}
