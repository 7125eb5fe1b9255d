package io.github.ctigateway.control;

import java.util.Set;

/** Says which of the gateways that only one node may run are this node's to run. Implementations are thread-safe. */
@FunctionalInterface
public interface Ownership {
    /** For a node that is alone: it owns them all. */
    Ownership ALL = (gateways, live) -> gateways;

    /**
     * Those of these gateways that this node owns.
     *
     * @param gateways every gateway of the store that only one node may run, and this one could
     * @param live those of them that the node runs now
     * @throws io.github.ctigateway.store.StoreException when that could not be found out: then nothing is planned
     */
    Set<String> owned(Set<String> gateways, Set<String> live);
}
