package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs commands in this process. Whatever they print with {@code --json} must be in docs/cli.md.
 *
 * @param common the options that every command is given
 * @param environment the environment variables
 */
record Cli(List<String> common, Map<String, String> environment) {
    /** How a command ended. */
    record Run(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Cli with(String... common) {
        return new Cli(List.of(common), Map.of());
    }

    Cli and(String... more) {
        return new Cli(Stream.concat(common.stream(), Stream.of(more)).toList(), environment);
    }

    Cli environment(String name, String value) {
        return new Cli(common, Map.of(name, value));
    }

    Run run(String... args) {
        return runWith("", false, args);
    }

    Run runWith(String input, boolean interactive, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                environment,
                interactive,
                interactive);
        String[] all = Stream.concat(Stream.of(args), common.stream()).toArray(String[]::new);
        int code = Main.run(all, terminal);
        Run run = new Run(code, out.toString(), err.toString());
        if (List.of(all).contains("--json") && !List.of(all).contains("--help")) {
            assertThat(Json.lines(run))
                    .allSatisfy(line -> assertThat(CliDocument.read().unnamed(line))
                            .as("members that docs/cli.md does not name")
                            .isEmpty());
        }
        return run;
    }

    /** One that nobody sits at and nothing is kept of. */
    static Terminal terminal() {
        return new Terminal(
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(Writer.nullWriter()),
                InputStream.nullInputStream(),
                Map.of(),
                false,
                false);
    }
}
