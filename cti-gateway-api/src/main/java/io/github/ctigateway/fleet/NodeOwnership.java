package io.github.ctigateway.fleet;

import io.github.ctigateway.control.Ownership;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Claims gateways for one node and keeps the claims. A gateway that the node runs already is claimed at once when nobody owns it; any
 * other only after it has been free for a while, so that at a start of everything the node that runs it comes first.
 */
final class NodeOwnership implements Ownership {
    private final Leases leases;
    private final String node;
    private final Duration limit;
    private final Duration patience;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Instant> freeSince = new HashMap<>();
    private Map<String, String> reserved = Map.of();
    private Set<String> candidates = Set.of();
    private Set<String> owned = Set.of();
    private boolean claiming;

    /**
     * @param limit for how long a gateway stays the node's when it is not claimed again
     * @param patience how long a gateway must be free before a node takes it that does not run it
     */
    NodeOwnership(Leases leases, String node, Duration limit, Duration patience, Clock clock) {
        this.leases = leases;
        this.node = node;
        this.limit = limit;
        this.patience = patience;
        this.clock = clock;
    }

    /** From now on gateways are taken; before, what is said is only what would be taken. */
    void beginClaiming() {
        lock.lock();
        try {
            claiming = true;
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is taken any more. */
    void endClaiming() {
        lock.lock();
        try {
            claiming = false;
        } finally {
            lock.unlock();
        }
    }

    /** Leaves gateways that nobody owns to these nodes, by gateway. */
    void reserve(Map<String, String> nodes) {
        lock.lock();
        try {
            reserved = Map.copyOf(nodes);
        } finally {
            lock.unlock();
        }
    }

    private boolean isReservedForAnother(String gateway) {
        return !reserved.getOrDefault(gateway, node).equals(node);
    }

    @Override
    public Set<String> owned(Set<String> gateways, Set<String> live) {
        lock.lock();
        try {
            candidates = Set.copyOf(gateways);
            if (gateways.isEmpty()) {
                owned = Set.of();
                return owned;
            }
            if (!claiming) {
                Map<String, String> owners = leases.owners(gateways);
                Set<String> ours = new HashSet<>(gateways);
                ours.removeIf(
                        gateway -> !node.equals(owners.getOrDefault(gateway, reserved.getOrDefault(gateway, node))));
                return ours;
            }
            owned = claim(live);
            return owned;
        } finally {
            lock.unlock();
        }
    }

    /** Claims again; true when the node owns others than before, or somebody's turn came. */
    boolean renew() {
        lock.lock();
        try {
            if (!claiming || candidates.isEmpty()) {
                return false;
            }
            Set<String> before = owned;
            owned = claim(before);
            return !owned.equals(before);
        } finally {
            lock.unlock();
        }
    }

    private Set<String> claim(Set<String> eager) {
        Instant now = clock.instant();
        Set<String> free = new HashSet<>();
        for (String gateway : candidates) {
            Instant since = freeSince.get(gateway);
            boolean itsTurn = since != null && !since.plus(patience).isAfter(now);
            boolean mayTake = eager.contains(gateway) || patience.isZero() || itsTurn;
            if (mayTake && !isReservedForAnother(gateway)) {
                free.add(gateway);
            }
        }
        Map<String, String> owners = leases.claim(node, candidates, free, limit);
        freeSince.keySet().retainAll(candidates);
        Set<String> ours = new HashSet<>();
        for (String gateway : candidates) {
            String owner = owners.get(gateway);
            if (owner == null) {
                freeSince.putIfAbsent(gateway, now);
            } else {
                freeSince.remove(gateway);
                if (owner.equals(node)) {
                    ours.add(gateway);
                }
            }
        }
        return Set.copyOf(ours);
    }
}
