package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a gateway's variables are spread over the members {@code variables}, which mod_cti reads, and {@code directions}. */
final class VariableTexts {
    private VariableTexts() {}

    /** The variables by name, each with all its directions. */
    static Map<String, List<GatewayVariable>> byName(Gateway gateway) {
        Map<String, List<GatewayVariable>> byName = new LinkedHashMap<>();
        for (GatewayVariable variable : gateway.variables()) {
            byName.computeIfAbsent(variable.name(), name -> new ArrayList<>(1)).add(variable);
        }
        return byName;
    }

    /** Whether a variable has two values, one for each direction. */
    static boolean hasSplit(Gateway gateway) {
        // Two of one name stand side by side for a direction each; a variable for both directions stands alone.
        for (GatewayVariable variable : gateway.variables()) {
            if (variable.direction() != Direction.BOTH) {
                return byName(gateway).size() < gateway.variables().size();
            }
        }
        return false;
    }

    /** What stands under {@code variables}: the value, or the first of two. */
    static String value(List<GatewayVariable> directed) {
        return directed.get(0).value();
    }

    /** What stands under {@code directions}, as raw JSON; null when the variable counts for every call. */
    static @Nullable String direction(List<GatewayVariable> directed, String colon) {
        if (directed.size() == 1) {
            Direction direction = directed.get(0).direction();
            return direction == Direction.BOTH ? null : JsonWriting.string(word(direction));
        }
        Map<String, String> values = new LinkedHashMap<>();
        directed.forEach(variable -> values.put(word(variable.direction()), JsonWriting.string(variable.value())));
        return JsonWriting.object(values, colon);
    }

    private static String word(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
