package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.Parameters;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Compares gateways with each other: each is told of the first that it collides with. */
final class SetChecks {
    /** A gateway, its place among all, and the domain or profile that it stands in. */
    record Placed(int index, String scope, Gateway gateway) {}

    private final Map<String, Placed> byFoldedName = new HashMap<>();
    private final Map<String, Placed> byIdentity = new HashMap<>();

    /** Meets the gateways for the first time. */
    SetChecks(Collection<Placed> all) {
        for (Placed placed : all) {
            byFoldedName.putIfAbsent(folded(placed), placed);
            identity(placed.gateway(), key -> byIdentity.putIfAbsent(key, placed));
        }
    }

    /** What is to be said of one of them; the first of a group is told of none. */
    void check(Placed placed, Findings findings) {
        Placed namesake = byFoldedName.get(folded(placed));
        if (namesake != null && namesake.index() != placed.index()) {
            if (namesake.gateway().name().equals(placed.gateway().name())) {
                findings.add(Finding.NAME_TWICE, "name", Findings.quoted("", namesake.scope()));
            } else {
                findings.add(
                        Finding.NAME_CASE,
                        "name",
                        Findings.quoted("", namesake.gateway().name()));
            }
        }
        identity(placed.gateway(), key -> {
            Placed twin = byIdentity.get(key);
            if (twin != null && twin.index() != placed.index()) {
                findings.add(
                        Finding.IDENTITY_TWICE,
                        "param.username",
                        Findings.quoted("", twin.gateway().name()));
            }
        });
    }

    private static String folded(Placed placed) {
        return placed.gateway().name().toLowerCase(Locale.ROOT);
    }

    /** Who a registering gateway is to its registrar: the realm (a host, so without regard to case) and the user. */
    private static void identity(Gateway gateway, Consumer<String> use) {
        String username = given(gateway, Parameters.USERNAME);
        if (gateway.registers() && !username.isEmpty()) {
            String realm = given(gateway, Parameters.REALM);
            String proxy = given(gateway, Parameters.PROXY);
            String where = realm.isEmpty() ? proxy : realm;
            if (!where.isEmpty()) {
                use.accept(where.toLowerCase(Locale.ROOT) + '\n' + username);
            }
        }
    }

    private static String given(Gateway gateway, Parameter<?> parameter) {
        return gateway.parameters().getOrDefault(parameter.name(), "");
    }
}
