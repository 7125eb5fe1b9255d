package io.github.ctigateway.examples.cli;

import io.github.ctigateway.store.GatewayStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code delete}: removes one gateway from the store. */
@Command(
        name = "delete",
        description =
                "Remove a gateway from the store; 1 when there is none. It is gone from FreeSWITCH after 'apply'.")
final class DeleteCommand extends GatewayCommand {
    @Parameters(paramLabel = "NAME", description = "The gateway.")
    private String name = "";

    @Override
    public Integer call() {
        try (GatewayStore store = connections().openStore()) {
            if (!store.delete(name)) {
                throw ShowCommand.noSuchGateway(name);
            }
        }
        output().fact(
                        JsonLine.of("deleted").with("gateway", name),
                        "Deleted '" + name + "' from the store. It is gone from FreeSWITCH after 'apply'.");
        return ExitCodes.OK;
    }
}
