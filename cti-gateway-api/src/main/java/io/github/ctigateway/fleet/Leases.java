package io.github.ctigateway.fleet;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where processes agree on who does what. Implementations are thread-safe; every method may throw
 * {@link io.github.ctigateway.store.StoreException}.
 */
public interface Leases {
    /**
     * Takes a lease if nobody holds it. It is renewed until it is closed or lost.
     *
     * @param name what is leased
     * @param limit for how long the lease outlives its holder, at least one second
     * @return the lease; empty when somebody else holds it
     */
    Optional<Lease> tryAcquire(String name, Duration limit);

    /**
     * Prolongs for this node the gateways that it owns, and takes those that nobody owns.
     *
     * <p>A gateway belongs to a node, not to a process: whoever works on the node next goes on with it.
     *
     * @param node the node's name
     * @param gateways those to prolong
     * @param free those to take when nobody owns them; a subset
     * @param limit for how long the node owns them if it does not call again
     * @return who owns them now, by gateway; those that nobody owns are left out
     */
    Map<String, String> claim(String node, Collection<String> gateways, Set<String> free, Duration limit);

    /** Who owns these gateways now, by gateway; those that nobody owns are left out. Changes nothing. */
    Map<String, String> owners(Collection<String> gateways);
}
