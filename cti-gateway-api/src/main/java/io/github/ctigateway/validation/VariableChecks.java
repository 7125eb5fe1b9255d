package io.github.ctigateway.validation;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.model.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Variables, which FreeSWITCH takes as they are. */
final class VariableChecks {
    private static final int FEW = 8;

    private VariableChecks() {}

    static void check(Gateway gateway, Findings findings) {
        List<GatewayVariable> variables = gateway.variables();
        for (GatewayVariable variable : variables) {
            one(variable, findings);
        }
        if (variables.size() > FEW || anyTwice(variables)) {
            twice(variables, findings);
        }
    }

    /** Compares each with each, which is cheaper than a map as long as they are few. */
    private static boolean anyTwice(List<GatewayVariable> variables) {
        for (int i = 1; i < variables.size(); i++) {
            String name = variables.get(i).name();
            for (int j = 0; j < i; j++) {
                if (name.equalsIgnoreCase(variables.get(j).name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void one(GatewayVariable variable, Findings findings) {
        String name = variable.name();
        if (name.equalsIgnoreCase(GatewayValidator.STAMP_VARIABLE)) {
            findings.add(Finding.VARIABLE_RESERVED, path(name));
        } else if (!isName(name)) {
            findings.add(Finding.VARIABLE_NAME, path(name));
        } else if (name.indexOf('-') >= 0 && Parameters.byName(name).isPresent()) {
            findings.add(Finding.VARIABLE_PARAMETER, path(name), name);
        }
        if (name.startsWith("p:") && variable.direction() == Direction.INBOUND) {
            findings.add(Finding.VARIABLE_PROFILE_INBOUND, path(name));
        }
        if (variable.value().isEmpty()) {
            findings.add(Finding.VARIABLE_EMPTY, path(name));
        } else if (!TextChecks.isHarmless(variable.value())) {
            TextChecks.check(path(name), variable.value(), false, false, findings);
        }
    }

    private static String path(String name) {
        return "variable." + name;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == 0x7f || !TextChecks.isXml(name, i)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static void twice(List<GatewayVariable> variables, Findings findings) {
        Map<String, GatewayVariable> inbound = new HashMap<>();
        Map<String, GatewayVariable> outbound = new HashMap<>();
        for (GatewayVariable variable : variables) {
            String key = variable.name().toLowerCase(Locale.ROOT);
            GatewayVariable before =
                    variable.direction() == Direction.OUTBOUND ? null : inbound.putIfAbsent(key, variable);
            GatewayVariable other =
                    variable.direction() == Direction.INBOUND ? null : outbound.putIfAbsent(key, variable);
            GatewayVariable earlier = before == null ? other : before;
            if (earlier != null) {
                findings.add(
                        Finding.VARIABLE_TWICE,
                        "variable." + variable.name(),
                        Findings.printable(earlier.name()),
                        Findings.printable(variable.name()));
            }
        }
    }
}
