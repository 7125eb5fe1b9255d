package io.github.ctigateway.fleet;

import io.github.ctigateway.store.GatewayStore;
import java.time.Clock;
import java.time.Duration;

/**
 * What the nodes of a fleet share.
 *
 * @param store where the gateways are kept
 * @param leases where processes agree
 * @param leaseLimit for how long a node stays a dead process's
 * @param patience how long a gateway for one node must be free before a node takes it that does not run it
 * @param clock the clock of reports and of that patience
 */
record FleetSettings(GatewayStore store, Leases leases, Duration leaseLimit, Duration patience, Clock clock) {
    private static final int BEATS_PER_LIMIT = 3;

    /** A gateway stays a node's for twice as long, so that the next process to work on the node goes on with it. */
    Duration claimLimit() {
        return leaseLimit.multipliedBy(2);
    }

    /** For one apply that somebody waits for: what is free is taken at once. */
    FleetSettings withoutPatience() {
        return new FleetSettings(store, leases, leaseLimit, Duration.ZERO, clock);
    }

    /** How often a node is asked whether it is there, its claims are made again, and another's lease is tried. */
    Duration beat() {
        return leaseLimit.dividedBy(BEATS_PER_LIMIT);
    }
}
