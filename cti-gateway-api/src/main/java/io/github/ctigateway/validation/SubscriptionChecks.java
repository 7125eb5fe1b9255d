package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.SofiaText;
import java.util.List;
import java.util.Map;

/** Subscriptions (mod_sofia, parse_gateway_subscriptions). */
final class SubscriptionChecks {
    private static final List<String> NAMES =
            List.of("expire-seconds", "retry-seconds", "content-type", "username-in-request");

    private static final int LEAST_EXPIRE = 5;
    private static final int LEAST_RETRY = 10;

    private SubscriptionChecks() {}

    static void check(Gateway gateway, Findings findings) {
        for (GatewaySubscription subscription : gateway.subscriptions()) {
            String path = "subscription." + subscription.event();
            if (subscription.event().isBlank()) {
                findings.add(Finding.SUBSCRIPTION_EVENT, path);
            }
            TextChecks.check(path, subscription.event(), true, true, findings);
            if (subscription.parameters().getOrDefault("content-type", "").isEmpty()) {
                findings.add(Finding.SUBSCRIPTION_CONTENT_TYPE, path);
            }
            for (Map.Entry<String, String> parameter : subscription.parameters().entrySet()) {
                if (!parameter.getValue().isEmpty()) {
                    parameter(path + "." + parameter.getKey(), parameter.getKey(), parameter.getValue(), findings);
                }
            }
        }
    }

    private static void parameter(String path, String name, String value, Findings findings) {
        switch (name) {
            case "expire-seconds" -> {
                if (SofiaText.isDigits(value)) {
                    number(path, value, LEAST_EXPIRE, 3600, findings);
                } else {
                    findings.add(Finding.EXPIRE_MALFORMED, path, Findings.quoted("", value));
                }
            }
            case "retry-seconds" -> number(path, value, LEAST_RETRY, 30, findings);
            case "content-type" -> TextChecks.check(path, value, true, true, findings);
            case "username-in-request" -> ParameterChecks.bool(path, value, findings);
            default ->
                findings.add(
                        Finding.SUBSCRIPTION_UNKNOWN,
                        path,
                        "'" + Findings.printable(name) + "'",
                        ParameterChecks.hint(name, NAMES, findings.locale()));
        }
    }

    private static void number(String path, String value, int least, int instead, Findings findings) {
        if (SofiaText.atoi(value) < least) {
            findings.add(Finding.COERCED, path, Findings.quoted("", value), instead, least);
        } else if (!SofiaText.isDigits(value)) {
            findings.add(Finding.PARTIAL, path, Findings.quoted("", value), SofiaText.atoi(value));
        }
    }
}
