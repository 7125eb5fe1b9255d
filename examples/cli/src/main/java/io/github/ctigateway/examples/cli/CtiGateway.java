package io.github.ctigateway.examples.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above all commands: it holds the options that they share. */
@Command(
        name = "cti-gateway",
        mixinStandardHelpOptions = true,
        version = "cti-gateway 0.1.0-SNAPSHOT",
        description = "Makes FreeSWITCH run exactly the SIP gateways that a store says, and proves it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            PutCommand.class,
            DeleteCommand.class,
            ValidateCommand.class,
            ExplainCommand.class,
            RenderCommand.class,
            ImportCommand.class,
            HistoryCommand.class,
            RollbackCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            ReconcileCommand.class,
            StatusCommand.class,
            WatchCommand.class,
            BridgeCommand.class,
            ServeXmlCommand.class,
            DoctorCommand.class,
            SchemaCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and nothing is left to do",
            "1:findings, outcomes that are not as wanted, or anything else that was refused or failed",
            "2:plan has changes",
            "64:wrong usage",
            "69:a server could not be reached",
            "77:a server refused us or a command",
            "130:interrupted (143 by SIGTERM)"
        })
final class CtiGateway implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object a line.")
    private boolean json;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show what is logged, and where an error came from.")
    private boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    CtiGateway(Terminal terminal) {
        this.terminal = terminal;
    }

    ConnectionOptions connection() {
        return connection;
    }

    Terminal terminal() {
        return terminal;
    }

    Output output() {
        return output(false);
    }

    /** @param certainly whether it is for programs even though no option was taken in */
    Output output(boolean certainly) {
        return new Output(terminal, json || certainly);
    }

    boolean isVerbose() {
        return verbose;
    }

    Connections connections(CommandSpec command) {
        return new Connections(connection, output(), terminal.environment(), command.commandLine());
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A command is missing.");
    }
}
