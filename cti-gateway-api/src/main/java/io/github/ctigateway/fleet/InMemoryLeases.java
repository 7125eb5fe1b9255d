package io.github.ctigateway.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Leases for whoever shares this object: the nodes of one fleet, or tests. A lease ends only when it is closed, since its holder dies
 * with it. Thread-safe.
 */
public final class InMemoryLeases implements Leases {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Held> leases = new HashMap<>();
    private final Map<String, Claim> claims = new HashMap<>();
    private long lastNumber;

    private InMemoryLeases(Clock clock) {
        this.clock = clock;
    }

    /** Nothing is held. */
    public static InMemoryLeases create() {
        return create(Clock.systemUTC());
    }

    /** The same, with the clock by which claims end. */
    public static InMemoryLeases create(Clock clock) {
        return new InMemoryLeases(Objects.requireNonNull(clock, "clock cannot be null"));
    }

    @Override
    public Optional<Lease> tryAcquire(String name, Duration limit) {
        lock.lock();
        try {
            if (leases.containsKey(name)) {
                return Optional.empty();
            }
            lastNumber++;
            Held held = new Held(name, lastNumber);
            leases.put(name, held);
            return Optional.of(held);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a lease away from its holder, as if its limit had passed; false when nobody held it. */
    public boolean revoke(String name) {
        Held held;
        lock.lock();
        try {
            held = leases.remove(name);
        } finally {
            lock.unlock();
        }
        if (held == null) {
            return false;
        }
        held.lose();
        return true;
    }

    @Override
    public Map<String, String> claim(String node, Collection<String> gateways, Set<String> free, Duration limit) {
        lock.lock();
        try {
            Instant now = clock.instant();
            for (String gateway : gateways) {
                Claim claim = claims.get(gateway);
                boolean owned = claim != null && claim.until().isAfter(now);
                boolean ours = claim != null && owned && claim.node().equals(node);
                if (ours || (!owned && free.contains(gateway))) {
                    claims.put(gateway, new Claim(node, now.plus(limit)));
                }
            }
            return owners(gateways);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, String> owners(Collection<String> gateways) {
        lock.lock();
        try {
            Instant now = clock.instant();
            Map<String, String> owners = new TreeMap<>();
            for (String gateway : gateways) {
                Claim claim = claims.get(gateway);
                if (claim != null && claim.until().isAfter(now)) {
                    owners.put(gateway, claim.node());
                }
            }
            return owners;
        } finally {
            lock.unlock();
        }
    }

    private record Claim(String node, Instant until) {}

    private final class Held implements Lease {
        private final String name;
        private final long fencingNumber;
        private final List<Runnable> callbacks = new ArrayList<>();
        private boolean lost;

        Held(String name, long fencingNumber) {
            this.name = name;
            this.fencingNumber = fencingNumber;
        }

        @Override
        public boolean isHeld() {
            lock.lock();
            try {
                return leases.get(name) == this;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long fencingNumber() {
            return fencingNumber;
        }

        @Override
        public void onLost(Runnable callback) {
            boolean now;
            lock.lock();
            try {
                now = lost;
                callbacks.add(callback);
            } finally {
                lock.unlock();
            }
            if (now) {
                callback.run();
            }
        }

        private void lose() {
            List<Runnable> told;
            lock.lock();
            try {
                lost = true;
                told = List.copyOf(callbacks);
            } finally {
                lock.unlock();
            }
            told.forEach(Runnable::run);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                leases.remove(name, this);
            } finally {
                lock.unlock();
            }
        }
    }
}
