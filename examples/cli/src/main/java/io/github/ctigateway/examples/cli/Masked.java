package io.github.ctigateway.examples.cli;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.model.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a gateway that may be printed. */
final class Masked {
    private static final String MASK = "***";

    private Masked() {}

    /** The same gateway with its secrets as {@code ***}, and without the members that only other tools understand. */
    static Gateway of(Gateway gateway) {
        Gateway.Builder masked = Gateway.builder(gateway.name());
        gateway.parameters().forEach((name, value) -> masked.set(name, shown(name, value)));
        for (GatewayVariable variable : gateway.variables()) {
            masked.variable(variable.name(), shown(variable.name(), variable.value()), variable.direction());
        }
        for (GatewaySubscription subscription : gateway.subscriptions()) {
            Map<String, String> parameters = new LinkedHashMap<>();
            subscription.parameters().forEach((name, value) -> parameters.put(name, shown(name, value)));
            masked.subscription(new GatewaySubscription(subscription.event(), parameters));
        }
        return masked.build();
    }

    private static String shown(String name, String value) {
        return Parameters.isSecret(name) && !value.isEmpty() ? MASK : value;
    }
}
