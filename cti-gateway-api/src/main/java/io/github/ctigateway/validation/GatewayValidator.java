package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Predicts what mod_sofia will make of a gateway (mod_sofia, parse_gateways). Immutable and thread-safe; never throws for a bad
 * gateway.
 */
public final class GatewayValidator {
    /** The variable that carries our stamp; only this library sets it. */
    public static final String STAMP_VARIABLE = "cti_gateway_stamp";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\-]+");
    private static final Set<String> RESERVED_NAMES = Set.of("_all_", "all");
    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "sctp", "tls");

    private GatewayValidator() {}

    /** The validator for any profile. */
    public static GatewayValidator create() {
        return new GatewayValidator();
    }

    /** Every finding about this gateway. */
    public ValidationResult validate(Gateway gateway) {
        List<Violation> found = new ArrayList<>();
        name(gateway, found);
        credentials(gateway, found);
        transport(gateway, found);
        stamp(gateway, found);
        return new ValidationResult(gateway.name(), found);
    }

    private static void name(Gateway gateway, List<Violation> found) {
        if (!NAME.matcher(gateway.name()).matches()) {
            found.add(error(
                    "gateway.name.invalid",
                    "name",
                    "FreeSWITCH skips a gateway whose name is not made of ASCII letters, digits, '_', '.' and '-'",
                    "choose a name such as trunk-a"));
        } else if (RESERVED_NAMES.contains(gateway.name().toLowerCase(Locale.ROOT))) {
            found.add(error(
                    "gateway.name.reserved",
                    "name",
                    "the name is a word of the sofia commands: killgw would take down every gateway of the profile",
                    "choose another name"));
        }
    }

    private static void credentials(Gateway gateway, List<Violation> found) {
        if (!gateway.registers()) {
            return;
        }
        for (String needed : List.of(Parameters.USERNAME.name(), Parameters.PASSWORD.name())) {
            if (gateway.text(needed).isEmpty()) {
                found.add(error(
                        "param.required",
                        "param." + needed,
                        "FreeSWITCH skips a gateway that registers without a " + needed,
                        "set " + needed + ", or register=false"));
            }
        }
    }

    private static void transport(Gateway gateway, List<Violation> found) {
        gateway.text(Parameters.REGISTER_TRANSPORT.name()).ifPresent(value -> {
            if (TRANSPORTS.stream().noneMatch(value.toLowerCase(Locale.ROOT)::startsWith)) {
                found.add(error(
                        "param.transport.unknown",
                        "param.register-transport",
                        "FreeSWITCH skips a gateway whose transport it does not know",
                        "use udp, tcp, tls or sctp"));
            }
        });
    }

    private static void stamp(Gateway gateway, List<Violation> found) {
        if (gateway.variable(STAMP_VARIABLE).isPresent()) {
            found.add(error(
                    "variable.reserved",
                    "variable." + STAMP_VARIABLE,
                    "the variable is this library's own mark on a published gateway",
                    "remove it"));
        }
    }

    private static Violation error(String code, String path, String message, String hint) {
        return new Violation(Severity.ERROR, code, path, message, hint);
    }
}
