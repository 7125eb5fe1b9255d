package io.github.ctigateway.redis;

import io.github.ctigateway.fleet.Lease;
import io.github.ctigateway.redis.internal.LeaseKeeper;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;

/**
 * The right to be the only controller that works on something, such as the gateways of one FreeSWITCH node. Held in Redis under a time
 * limit and renewed by a thread of its own, so that the right of one who dies passes on. Thread-safe.
 *
 * <p>A holder that is stopped for longer than the time limit can lose the lease before it notices. {@link #isHeld()} knows by our own
 * clock, without asking Redis, that the limit has passed; and whoever is handed the {@link #fencingNumber()} can refuse one that is
 * lower than a number it has seen. Redis itself can hand out the same lease twice when a failover loses the last writes; the fencing
 * number may then stand still.
 */
public final class RedisLease implements Lease {
    private final LeaseKeeper keeper;

    private RedisLease(LeaseKeeper keeper) {
        this.keeper = keeper;
    }

    /**
     * Takes the lease if nobody holds it.
     *
     * @param jedis the client, which must stay open as long as the lease
     * @param name what is leased, such as {@code example.com/node-1}; the key is <code>{cti_gateway_lease@name}</code>
     * @param timeLimit for how long the lease outlives its holder, at least one second
     * @return the lease; empty when somebody else holds it
     * @throws io.github.ctigateway.store.StoreUnavailableException when Redis could not be reached; a lease that was taken all the
     *     same ends by its limit
     * @throws io.github.ctigateway.store.StoreRefusedException when it refused
     */
    public static Optional<RedisLease> tryAcquire(UnifiedJedis jedis, String name, Duration timeLimit) {
        Objects.requireNonNull(jedis, "jedis cannot be null");
        Objects.requireNonNull(name, "name cannot be null");
        if (timeLimit.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("timeLimit must be at least a second, not " + timeLimit);
        }
        return LeaseKeeper.tryAcquire(jedis, name, timeLimit).map(RedisLease::new);
    }

    @Override
    public boolean isHeld() {
        return keeper.isHeld();
    }

    @Override
    public long fencingNumber() {
        return keeper.fencingNumber();
    }

    @Override
    public void onLost(Runnable callback) {
        keeper.onLost(Objects.requireNonNull(callback, "callback cannot be null"));
    }

    @Override
    public void close() {
        keeper.close();
    }
}
