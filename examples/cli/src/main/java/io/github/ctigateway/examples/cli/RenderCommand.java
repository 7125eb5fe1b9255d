package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.xml.GatewayXmlWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code render}: the XML that FreeSWITCH would be given. */
@Command(
        name = "render",
        description =
                "Show the XML that FreeSWITCH would be given, with *** for secrets: 'apply' writes the real files.")
final class RenderCommand extends GatewayCommand {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "The gateways; all that are stored without one.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        List<Gateway> gateways;
        try (GatewayStore store = connections().openStore()) {
            gateways = names.isEmpty()
                    ? store.snapshot().gateways().values().stream()
                            .map(StoredGateway::gateway)
                            .toList()
                    : names.stream().map(name -> find(store, name)).toList();
        }
        List<Gateway> masked = gateways.stream().map(Masked::of).toList();
        for (Gateway gateway : masked) {
            output().forPrograms(JsonLine.of("xml")
                    .with("gateway", gateway.name())
                    .with("xml", GatewayXmlWriter.render(gateway)));
        }
        output().forPeople(GatewayXmlWriter.render(masked).stripTrailing());
        return ExitCodes.OK;
    }

    private static Gateway find(GatewayStore store, String name) {
        return store.find(name)
                .orElseThrow(() -> ShowCommand.noSuchGateway(name))
                .gateway();
    }
}
