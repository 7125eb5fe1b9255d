package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.DoubtfulPlanException;
import io.github.ctigateway.control.MassChangeException;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.fleet.LeaseHeldException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreUnavailableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Makes of every failure one clear line and one exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final CtiGateway root;

    Failures(CtiGateway root) {
        this.root = root;
    }

    /** The exit code that says what kind of failure it was. */
    static int exitCode(Throwable failure) {
        if (failure instanceof CommandFailedException own) {
            return own.exitCode();
        }
        return FailureKind.of(failure).exitCode();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult parsed) {
        if (failure instanceof ParameterException wrongUsage) {
            return handleParseException(wrongUsage, new String[0]);
        }
        if (failure instanceof NodeFailedException node) {
            return tell(node.failure(), node.esl());
        }
        return tell(failure, null);
    }

    private int tell(Exception failure, @Nullable String esl) {
        String message = complain(line(failure), failure);
        root.output().forPrograms(json(failure, message, esl));
        return exitCode(failure);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        String message = String.valueOf(failure.getMessage()).strip();
        String told =
                complain(message + (message.endsWith(".") ? "" : ".") + " Try '" + command + " --help'.", failure);
        // What is not understood may stand before the option.
        root.output(List.of(args).contains("--json")).forPrograms(json(failure, told, null));
        return ExitCodes.USAGE;
    }

    /**
     * A failure for programs.
     *
     * @param esl the node that failed, by its {@code --esl}; null when it is not about one node
     */
    static JsonLine json(Exception failure, String message, @Nullable String esl) {
        return JsonLine.of("failure")
                .with("esl", esl)
                .with("kind", FailureKind.of(failure))
                .with("message", message)
                .with("retryable", failure instanceof CtiGatewayException known && known.isRetryable());
    }

    /** What happened, and the option that does it all the same where there is one. */
    static String words(CtiGatewayException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof MassChangeException || failure instanceof DoubtfulPlanException) {
            return message + " The option for that is --allow-mass-change.";
        }
        if (failure instanceof LeaseHeldException) {
            return message
                    + " If that process died, its lease runs out after 15 s, or after the seconds of its --lease."
                    + " The option to apply all the same is --without-lease.";
        }
        return message;
    }

    private String line(Exception failure) {
        if (failure instanceof StoreUnavailableException && root.connection().redis != null) {
            return named(failure, "Redis", RedisAddress.withoutSecrets(String.valueOf(root.connection().redis)));
        }
        if (failure instanceof SwitchUnavailableException) {
            return named(failure, "The event socket", String.join(", ", root.connection().esl));
        }
        if (failure instanceof StoreRefusedException
                && String.valueOf(failure.getMessage()).contains("answered NOAUTH")) {
            return failure.getMessage() + " The environment variable " + root.connection().redisPasswordEnv
                    + " may hold it, too.";
        }
        if (failure instanceof CtiGatewayException known) {
            return words(known);
        }
        if (failure instanceof CommandFailedException) {
            return String.valueOf(failure.getMessage());
        }
        return "This should not happen: " + failure + ". Run it again with --verbose to see where.";
    }

    /** A message that does not say which server gets its address. */
    private static String named(Exception failure, String server, String address) {
        String message = String.valueOf(failure.getMessage()).strip();
        return message.contains(address)
                ? message
                : message + (message.endsWith(".") ? " " : ". ") + server + " is " + address + ".";
    }

    /** Tells people, and gives what it told them. */
    private String complain(String message, Exception failure) {
        PrintWriter err = root.terminal().err();
        String line = hideUserInfo(message.strip().replaceAll("\\s*\\R\\s*", " "));
        err.print("cti-gateway: " + Printable.text(line) + "\n");
        if (root.isVerbose()) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            err.print(hideUserInfo(trace.toString()));
        }
        err.flush();
        return line;
    }

    /** A misspelt option makes picocli quote the word behind it, which may be an address with a password. */
    private static String hideUserInfo(String text) {
        return text.replaceAll("://.*@", "://***@").replaceAll("(sentinel-password=)[^&\\s]+", "$1***");
    }
}
