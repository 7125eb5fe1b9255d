package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Holds one lease and renews it.
 *
 * <pre>
 *            renewed in time                 close()
 *          +----------------+        +--------------------> ENDED (given back)
 *          v                |        |
 *   ---> HELD --------------+--------+
 *          |   somebody else holds it, or the limit passed without an answer
 *          +------------------------------------------------> ENDED (lost: callbacks)
 * </pre>
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

    /** A lease is renewed this often within its limit, so that one lost answer does not lose it. */
    private static final int RENEWALS_PER_LIMIT = 3;

    /** The number is raised only by who gets the lease; 0 says that somebody else holds it. */
    private static final RedisScript ACQUIRE = new RedisScript("""
            if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
              return redis.call('INCR', KEYS[2])
            end
            return 0
            """);

    private static final RedisScript RENEW = new RedisScript("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return 0
            """);

    private static final RedisScript RELEASE = new RedisScript("""
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """);

    private final UnifiedJedis jedis;
    private final String name;
    private final byte[] key;
    private final byte[] token;
    private final Duration limit;
    private final long fencingNumber;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Runnable> callbacks = new ArrayList<>();
    private long heldUntil;
    private boolean closed;
    private boolean lost;

    private LeaseKeeper(
            UnifiedJedis jedis, String name, byte[] token, Duration limit, long fencingNumber, long heldUntil) {
        this.jedis = jedis;
        this.name = name;
        this.key = key(name);
        this.token = token;
        this.limit = limit;
        this.fencingNumber = fencingNumber;
        this.heldUntil = heldUntil;
    }

    /** The lease, when nobody else holds it. */
    public static Optional<LeaseKeeper> tryAcquire(UnifiedJedis jedis, String name, Duration limit) {
        byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        // Taken before the command is sent: Redis begins to count later, so that ours ends first.
        long heldUntil = System.nanoTime() + limit.toNanos();
        List<byte[]> keys = List.of(key(name), StoreKeys.utf8("{cti_gateway_lease@" + name + "}:fence"));
        long number = RedisErrors.translate("taking the lease " + name, () ->
                (Long) Objects.requireNonNull(ACQUIRE.run(jedis, keys, List.of(token, millis(limit)))));
        if (number == 0) {
            return Optional.empty();
        }
        LeaseKeeper keeper = new LeaseKeeper(jedis, name, token, limit, number, heldUntil);
        Thread thread = new Thread(keeper::run, "cti-gateway-lease-" + name);
        thread.setDaemon(true);
        thread.start();
        return Optional.of(keeper);
    }

    private static byte[] key(String name) {
        return StoreKeys.utf8("{cti_gateway_lease@" + name + "}");
    }

    private static byte[] millis(Duration duration) {
        return Long.toString(duration.toMillis()).getBytes(StandardCharsets.US_ASCII);
    }

    public long fencingNumber() {
        return fencingNumber;
    }

    public boolean isHeld() {
        lock.lock();
        try {
            return !closed && !lost && System.nanoTime() - heldUntil < 0;
        } finally {
            lock.unlock();
        }
    }

    public void onLost(Runnable callback) {
        boolean now;
        lock.lock();
        try {
            now = lost;
            if (!now) {
                callbacks.add(callback);
            }
        } finally {
            lock.unlock();
        }
        if (now) {
            call(callback);
        }
    }

    private void run() {
        try {
            while (pause()) {
                if (!renew()) {
                    lose();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the time of the next renewal; false when the lease was closed. */
    private boolean pause() throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos() / RENEWALS_PER_LIMIT;
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** False when the lease is lost. */
    private boolean renew() {
        long until = System.nanoTime() + limit.toNanos();
        long renewed;
        try {
            renewed = RedisErrors.translate(
                    "renewing the lease " + name, () -> RENEW.runForNumber(jedis, key, token, millis(limit)));
        } catch (StoreException e) {
            log.debug("The lease {} could not be renewed: {}", name, e.getMessage());
            return isHeld();
        }
        lock.lock();
        try {
            if (renewed == 1 && System.nanoTime() - heldUntil < 0) {
                heldUntil = until;
                return true;
            }
            // Also when it was renewed too late: for a moment it was not ours, and isHeld said so.
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void lose() {
        List<Runnable> told;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            lost = true;
            told = List.copyOf(callbacks);
            callbacks.clear();
        } finally {
            lock.unlock();
        }
        log.warn("The lease {} is lost", name);
        told.forEach(this::call);
    }

    private void call(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            log.error("A listener failed when told that the lease {} is lost", name, e);
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            long released = RedisErrors.translate(
                    "giving back the lease " + name, () -> RELEASE.runForNumber(jedis, key, token));
            log.debug("The lease {} was given back: {}", name, released == 1);
        } catch (StoreException e) {
            log.warn("The lease {} could not be given back and ends by its limit: {}", name, e.getMessage());
        }
    }
}
