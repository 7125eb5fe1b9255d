package io.github.ctigateway.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs commands in this process.
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
        return new Run(code, out.toString(), err.toString());
    }
}
