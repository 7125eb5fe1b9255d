package io.github.ctigateway.status;

import java.util.Objects;
import java.util.Set;

/**
 * What one node has in memory at this moment.
 *
 * @param node the node
 * @param gateways the names of its gateways on all profiles, those being removed too; unmodifiable
 */
public record LiveNames(String node, Set<String> gateways) {
    public LiveNames {
        Objects.requireNonNull(node, "node cannot be null");
        gateways = Set.copyOf(gateways);
    }
}
