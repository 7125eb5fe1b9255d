package io.github.ctigateway.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * A SIP SUBSCRIBE that the gateway keeps alive (mod_sofia, parse_gateway_subscriptions).
 *
 * @param event the event package, such as {@code message-summary}
 * @param parameters {@code expire-seconds}, {@code retry-seconds}, {@code content-type}, {@code username-in-request}; text as
 *     given, in order, unmodifiable
 */
public record GatewaySubscription(String event, Map<String, String> parameters) {
    public GatewaySubscription {
        Objects.requireNonNull(event, "event cannot be null");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Everything but secrets, which print as {@code ***}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", event + "{", "}");
        parameters.forEach((key, value) -> text.add(key + "=" + Secrets.shown(key, value)));
        return text.toString();
    }
}
