package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes a new document as the page of mod_cti shows one: every value a text, one member a line, nothing indented. */
final class GatewayWriter {
    static final String COLON = ": ";
    private static final int TYPICAL_LENGTH = 512;

    private GatewayWriter() {}

    static String write(Gateway gateway) {
        StringBuilder out = new StringBuilder(TYPICAL_LENGTH).append("{\n\"param\": {");
        String separator = "\n";
        for (Map.Entry<String, String> parameter : gateway.parameters().entrySet()) {
            out.append(separator);
            member(out, parameter.getKey(), parameter.getValue());
            separator = ",\n";
        }
        out.append(gateway.parameters().isEmpty() ? "},\n\"variables\": {" : "\n},\n\"variables\": {");
        variables(out, gateway);
        if (!gateway.subscriptions().isEmpty()) {
            out.append(",\n\"subscriptions\": ").append(subscriptions(gateway.subscriptions()));
        }
        gateway.additionalMembers().forEach((name, raw) -> {
            out.append(",\n");
            JsonWriting.string(out, name);
            out.append(COLON).append(raw.strip());
        });
        return out.append("\n}").toString();
    }

    private static void variables(StringBuilder out, Gateway gateway) {
        if (gateway.variables().stream().allMatch(variable -> variable.direction() == Direction.BOTH)) {
            String separator = "\n";
            for (GatewayVariable variable : gateway.variables()) {
                out.append(separator);
                member(out, variable.name(), variable.value());
                separator = ",\n";
            }
            out.append(gateway.variables().isEmpty() ? "}" : "\n}");
        } else {
            directedVariables(out, gateway);
        }
    }

    private static void directedVariables(StringBuilder out, Gateway gateway) {
        Map<String, List<GatewayVariable>> byName = VariableTexts.byName(gateway);
        Map<String, String> directions = new LinkedHashMap<>();
        String separator = "\n";
        for (Map.Entry<String, List<GatewayVariable>> variable : byName.entrySet()) {
            out.append(separator);
            member(out, variable.getKey(), VariableTexts.value(variable.getValue()));
            separator = ",\n";
            String direction = VariableTexts.direction(variable.getValue(), COLON);
            if (direction != null) {
                directions.put(variable.getKey(), direction);
            }
        }
        out.append("\n}");
        if (!directions.isEmpty()) {
            out.append(",\n\"directions\": ").append(JsonWriting.object(directions, COLON));
        }
    }

    private static void member(StringBuilder out, String name, String value) {
        JsonWriting.string(out, name);
        out.append(COLON);
        JsonWriting.string(out, value);
    }

    private static String subscriptions(List<GatewaySubscription> subscriptions) {
        StringJoiner items = new StringJoiner(", ", "[", "]");
        subscriptions.forEach(subscription -> items.add(subscription(subscription, COLON)));
        return items.toString();
    }

    static String subscription(GatewaySubscription subscription, String colon) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put(GatewayReader.EVENT, JsonWriting.string(subscription.event()));
        members.put(GatewayReader.PARAM, texts(subscription.parameters(), colon));
        return JsonWriting.object(members, colon);
    }

    /** An object on one line whose values are texts. */
    static String texts(Map<String, String> values, String colon) {
        Map<String, String> raw = new LinkedHashMap<>();
        values.forEach((name, value) -> raw.put(name, JsonWriting.string(value)));
        return JsonWriting.object(raw, colon);
    }
}
