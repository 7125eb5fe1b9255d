package io.github.ctigateway.esl.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * mod_sofia's look-up table of gateways: by name, switch-wide, and by {@code profile::name}. A second gateway of a name that is taken
 * joins its profile's list but not this table. Guarded by the simulator's lock.
 */
final class GatewayTable {
    private final Map<String, SimulatedGateway> entries = new HashMap<>();

    private static String key(String profile, String name) {
        return profile + "::" + name;
    }

    /** A gateway that is not marked for deletion (sofia_reg_find_gateway). */
    Optional<SimulatedGateway> find(String nameOrKey) {
        return Optional.ofNullable(entries.get(nameOrKey)).filter(gateway -> !gateway.deleted);
    }

    /** Whether parse_gateways ignores another one of this name on this profile. */
    boolean isDuplicate(String profile, String name) {
        SimulatedGateway present = entries.get(key(profile, name));
        return entries.containsKey(name) && present != null && !present.deleted;
    }

    /** Adds it unless its name is taken by one that is not marked (sofia_reg_add_gateway). */
    boolean add(SimulatedGateway gateway) {
        String name = gateway.name();
        String key = key(gateway.profile.name(), name);
        SimulatedGateway present = entries.get(name);
        if (present != null && present.deleted) {
            entries.remove(name);
            entries.remove(key);
        }
        if (entries.containsKey(name) || entries.containsKey(key)) {
            return false;
        }
        entries.put(name, gateway);
        entries.put(key, gateway);
        return true;
    }

    /** Takes this very gateway out, not another of its name. */
    void remove(SimulatedGateway gateway) {
        if (entries.get(gateway.name()) == gateway) {
            entries.remove(gateway.name());
            entries.remove(key(gateway.profile.name(), gateway.name()));
        }
    }
}
