package io.github.ctigateway.examples.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What every command has: its output and the way to the servers. */
@Command(mixinStandardHelpOptions = true)
abstract class GatewayCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets both before anything is called
    private CtiGateway root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    final Output output() {
        return root.output();
    }

    final Terminal terminal() {
        return root.terminal();
    }

    /** Tells a person something that is no part of what was asked for. */
    final void note(String text) {
        err().print("cti-gateway: " + Printable.line(text) + "\n");
        err().flush();
    }

    final PrintWriter err() {
        return root.terminal().err();
    }

    final Connections connections() {
        return root.connections(spec);
    }

    final ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
