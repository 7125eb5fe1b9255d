package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.redis.GatewayJson;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntryException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code show}: one stored gateway. */
@Command(
        name = "show",
        description = "Show one stored gateway in mod_cti's JSON, with *** for secrets; 1 when there is none.")
final class ShowCommand extends GatewayCommand {
    @Parameters(paramLabel = "NAME", description = "The gateway.")
    private String name = "";

    @Override
    public Integer call() {
        StoredGateway stored;
        try (GatewayStore store = connections().openStore()) {
            stored = store.find(name).orElseThrow(() -> noSuchGateway(name));
        } catch (UnreadableEntryException e) {
            throw new Findings(output(), connections().locale()).unreadable(e);
        }
        Gateway gateway = Masked.of(stored.gateway());
        output().fact(json(gateway, stored), GatewayJson.encode(gateway));
        return ExitCodes.OK;
    }

    static CommandFailedException noSuchGateway(String name) {
        return new CommandFailedException(ExitCodes.FINDINGS, "No gateway '" + name + "' is stored.");
    }

    private static JsonLine json(Gateway masked, StoredGateway stored) {
        List<JsonLine> variables = new ArrayList<>();
        for (GatewayVariable variable : masked.variables()) {
            variables.add(JsonLine.object()
                    .with("name", variable.name())
                    .with("value", variable.value())
                    .with("direction", variable.direction()));
        }
        List<JsonLine> subscriptions = new ArrayList<>();
        for (GatewaySubscription subscription : masked.subscriptions()) {
            subscriptions.add(
                    JsonLine.object().with("event", subscription.event()).with("param", subscription.parameters()));
        }
        return JsonLine.of("gateway")
                .with("gateway", masked.name())
                .with("revision", stored.revision())
                .with("param", masked.parameters())
                .with("variables", variables)
                .with("subscriptions", subscriptions)
                .with(
                        "otherMembers",
                        List.copyOf(stored.gateway().additionalMembers().keySet()));
    }
}
