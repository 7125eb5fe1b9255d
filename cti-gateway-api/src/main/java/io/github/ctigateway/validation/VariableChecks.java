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
    private VariableChecks() {}

    static void check(Gateway gateway, Findings findings) {
        List<GatewayVariable> variables = gateway.variables();
        for (GatewayVariable variable : variables) {
            one(variable, findings);
        }
        if (variables.size() > 1) {
            twice(variables, findings);
        }
    }

    private static void one(GatewayVariable variable, Findings findings) {
        String name = variable.name();
        String path = "variable." + name;
        if (name.equalsIgnoreCase(GatewayValidator.STAMP_VARIABLE)) {
            findings.add(Finding.VARIABLE_RESERVED, path);
        } else if (!isName(name)) {
            findings.add(Finding.VARIABLE_NAME, path);
        } else if (name.indexOf('-') >= 0 && Parameters.byName(name).isPresent()) {
            findings.add(Finding.VARIABLE_PARAMETER, path, name);
        }
        if (name.startsWith("p:") && variable.direction() == Direction.INBOUND) {
            findings.add(Finding.VARIABLE_PROFILE_INBOUND, path);
        }
        if (variable.value().isEmpty()) {
            findings.add(Finding.VARIABLE_EMPTY, path);
        } else {
            TextChecks.check(path, variable.value(), false, false, findings);
        }
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
