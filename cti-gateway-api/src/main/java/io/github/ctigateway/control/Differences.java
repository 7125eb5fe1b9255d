package io.github.ctigateway.control;

import io.github.ctigateway.model.EffectiveGateway;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.model.ProfileFacts;
import io.github.ctigateway.validation.GatewayValidator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names what differs between two definitions, without secrets. */
final class Differences {
    /** What stands behind the name of a variable of one direction. */
    private static final Pattern DIRECTION = Pattern.compile(" \\((in|out)bound\\)$");

    private Differences() {}

    /** What FreeSWITCH is given differently. */
    static List<Difference> between(Gateway before, Gateway after) {
        List<Difference> found = new ArrayList<>();
        compare("param.", before.definition().parameters(), after.definition().parameters(), found);
        List<GatewayVariable> variablesBefore = variables(before);
        List<GatewayVariable> variablesAfter = variables(after);
        if (!variablesBefore.equals(variablesAfter)) {
            compare("variable.", named(variablesBefore), named(variablesAfter), found);
        }
        if (!before.subscriptions().equals(after.subscriptions())) {
            found.add(new Difference("subscriptions", null, null));
        }
        return found;
    }

    /** What the switch shows differently; never complete, for it shows neither passwords nor variables. */
    static List<Difference> shown(LiveGateway live, Gateway wanted) {
        EffectiveGateway effective = EffectiveGateway.of(wanted, ProfileFacts.unknown(live.profile()));
        Map<String, String> expected = effective.statusFields();
        return effective.differingFields(live.fields()).stream()
                .map(field -> new Difference(field, live.fields().get(field), expected.get(field)))
                .toList();
    }

    private static void compare(
            String prefix, Map<String, String> before, Map<String, String> after, List<Difference> found) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            String old = before.get(name);
            String wanted = after.get(name);
            if (!Objects.equals(old, wanted)) {
                found.add(new Difference(prefix + name, shown(name, old), shown(name, wanted)));
            }
        }
    }

    private static @Nullable String shown(String name, @Nullable String value) {
        return Parameters.isSecret(DIRECTION.matcher(name).replaceFirst("")) ? null : value;
    }

    private static List<GatewayVariable> variables(Gateway gateway) {
        List<GatewayVariable> variables = new ArrayList<>(gateway.variables());
        variables.removeIf(variable -> variable.name().equalsIgnoreCase(GatewayValidator.STAMP_VARIABLE));
        return variables;
    }

    private static Map<String, String> named(List<GatewayVariable> variables) {
        Map<String, String> byName = new TreeMap<>();
        for (GatewayVariable variable : variables) {
            String direction = switch (variable.direction()) {
                case BOTH -> "";
                case INBOUND -> " (inbound)";
                case OUTBOUND -> " (outbound)";
            };
            byName.put(variable.name() + direction, variable.value());
        }
        return byName;
    }
}
