package io.github.ctigateway.redis.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Takes the entries of a list one by one, oldest first, on a thread of its own. Each stands in a second list while it is worked on, so
 * that it is taken again when we crash meanwhile.
 */
final class ListConsumer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ListConsumer.class);
    private static final int WAIT_SECONDS = 1;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** Longer than one wait for an entry, so that only a Redis that does not answer is left to itself. */
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(3);

    private final UnifiedJedis jedis;
    private final byte[] list;
    private final byte[] processing;
    private final Predicate<byte[]> onEntry;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private ListConsumer(UnifiedJedis jedis, String list, Predicate<byte[]> onEntry) {
        this.jedis = jedis;
        this.list = StoreKeys.utf8(list);
        this.processing = StoreKeys.utf8(processingOf(list));
        this.onEntry = onEntry;
        this.thread = new Thread(this::run, "cti-gateway-status-list");
        this.thread.setDaemon(true);
    }

    /**
     * Begins to take entries.
     *
     * @param onEntry works on one; false when nobody wants it any more, so that it must stay
     */
    static ListConsumer start(UnifiedJedis jedis, String list, Predicate<byte[]> onEntry) {
        ListConsumer consumer = new ListConsumer(jedis, list, onEntry);
        consumer.thread.start();
        return consumer;
    }

    /** In a cluster both lists must live in one slot, which the part in braces decides. */
    private static String processingOf(String list) {
        return (list.indexOf('{') >= 0 ? list : "{" + list + "}") + ":processing";
    }

    private void run() {
        boolean leftoversDone = false;
        boolean reachable = true;
        try {
            while (closed.getCount() != 0) {
                try {
                    if (!leftoversDone) {
                        leftovers();
                        leftoversDone = true;
                    }
                    next();
                    reachable = true;
                } catch (JedisException e) {
                    if (reachable) {
                        log.warn(
                                "{}",
                                RedisErrors.of("taking the status of gateways from a list", e)
                                        .getMessage());
                    }
                    reachable = false;
                    // What was moved without our hearing of it stands among the leftovers.
                    leftoversDone = false;
                    if (closed.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leftovers() {
        List<byte[]> entries = jedis.lrange(processing, 0, -1);
        boolean wanted = true;
        for (int i = entries.size() - 1; i >= 0 && wanted && closed.getCount() != 0; i--) {
            wanted = work(entries.get(i));
        }
    }

    /** With BRPOPLPUSH and not its successor BLMOVE, which Redis has only since 6.2. */
    @SuppressWarnings("deprecation")
    private void next() {
        byte[] entry = jedis.brpoplpush(list, processing, WAIT_SECONDS);
        if (entry == null) {
            return;
        }
        // Whoever works on entries may end before we hear of it.
        if (closed.getCount() == 0 || !work(entry)) {
            // To the end that it came from; first there twice and then once, so that it is never nowhere
            jedis.rpush(list, entry);
            jedis.lrem(processing, -1, entry);
        }
    }

    private boolean work(byte[] entry) {
        boolean worked = onEntry.test(entry);
        if (worked) {
            jedis.lrem(processing, -1, entry);
        }
        return worked;
    }

    /**
     * Waits for the thread, which may have to wait for Redis: a thread that is left behind takes one more entry, which nobody works on
     * until somebody starts anew.
     */
    @Override
    public void close() {
        closed.countDown();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(LONGEST_GOODBYE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
