package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntry;
import picocli.CommandLine.Command;

/** {@code list}: what is stored. */
@Command(name = "list", description = "List the stored gateways; 1 when an entry cannot be read.")
final class ListCommand extends GatewayCommand {
    @Override
    public Integer call() {
        StoreSnapshot snapshot;
        try (GatewayStore store = connections().openStore()) {
            snapshot = store.snapshot();
        }
        TextTable table = new TextTable("GATEWAY", "REALM", "USERNAME", "REGISTERS");
        for (StoredGateway stored : snapshot.gateways().values()) {
            Gateway gateway = stored.gateway();
            String realm = gateway.get(Parameters.REALM)
                    .or(() -> gateway.get(Parameters.PROXY))
                    .orElse("-");
            String username = gateway.get(Parameters.USERNAME).orElse("-");
            table.row(gateway.name(), realm, username, gateway.registers() ? "yes" : "no");
            output().forPrograms(JsonLine.of("gateway")
                    .with("gateway", gateway.name())
                    .with("realm", realm)
                    .with("username", username)
                    .with("registers", gateway.registers())
                    .with("revision", stored.revision()));
        }
        if (!snapshot.gateways().isEmpty()) {
            output().forPeople(table.toString());
        } else if (snapshot.unreadable().isEmpty()) {
            output().forPeople("No gateway is stored.");
        }
        Findings findings = new Findings(output(), connections().locale());
        for (UnreadableEntry entry : snapshot.unreadable().values()) {
            findings.print(entry.name(), null, entry.reasons());
        }
        return snapshot.unreadable().isEmpty() ? ExitCodes.OK : ExitCodes.FINDINGS;
    }
}
