package io.github.ctigateway.xml.internal;

import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.xml.internal.GatewayAssembly.Item;
import io.github.ctigateway.xml.internal.XmlScanner.Element;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes a subscription of its elements (mod_sofia, {@code parse_gateway_subscriptions}). */
final class SubscriptionAssembly {
    private final GatewayAssembly gateway;
    private final String event;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    SubscriptionAssembly(GatewayAssembly gateway, String event) {
        this.gateway = gateway;
        this.event = event;
    }

    void parameter(Element element) {
        Item item = gateway.item(element, "subscription.", Set.of("name", "value"), false);
        if (item != null) {
            if (parameters.containsKey(item.name())) {
                gateway.duplicate(item.line(), "subscription." + XmlText.printable(item.name()));
            }
            parameters.put(item.name(), item.value());
        }
    }

    GatewaySubscription build() {
        return new GatewaySubscription(event, parameters);
    }
}
