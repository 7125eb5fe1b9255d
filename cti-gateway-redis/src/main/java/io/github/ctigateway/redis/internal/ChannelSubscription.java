package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Listens to channels on a thread and a connection of its own, and begins anew whenever the connection is lost, after a pause that
 * grows with each failure. What was published meanwhile is lost: whoever needs it reads the truth when told of a new beginning.
 */
final class ChannelSubscription implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChannelSubscription.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final UnifiedJedis jedis;
    private final byte[][] patterns;
    private final Consumer<byte[]> onMessage;
    private final Runnable onBegin;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Duration pause = FIRST_PAUSE;
    private volatile Listener listener = new Listener();

    private ChannelSubscription(
            UnifiedJedis jedis, String name, List<String> patterns, Consumer<byte[]> onMessage, Runnable onBegin) {
        this.jedis = jedis;
        this.patterns = patterns.stream().map(StoreKeys::utf8).toArray(byte[][]::new);
        this.onMessage = onMessage;
        this.onBegin = onBegin;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /**
     * Begins to listen.
     *
     * @param name the thread's name
     * @param patterns the channels, as Redis' glob patterns
     * @param onMessage takes each message
     * @param onBegin called whenever listening begins, at first and after each loss; when it throws {@link StoreUnavailableException}
     *     listening begins anew after a pause, since nobody would read later what was missed
     */
    static ChannelSubscription start(
            UnifiedJedis jedis, String name, List<String> patterns, Consumer<byte[]> onMessage, Runnable onBegin) {
        ChannelSubscription subscription = new ChannelSubscription(jedis, name, patterns, onMessage, onBegin);
        subscription.thread.start();
        return subscription;
    }

    /** The pattern that matches just this text. */
    static String literally(String text) {
        StringBuilder pattern = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("*?[]^\\".indexOf(c) >= 0) {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return pattern.toString();
    }

    private void run() {
        try {
            do {
                listen();
                Duration jittered = pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2));
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
                if (closed.await(jittered.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } while (true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        listener = new Listener();
        if (closed.getCount() == 0) {
            return;
        }
        try {
            jedis.psubscribe(listener, patterns);
        } catch (JedisException e) {
            // Expected whenever Redis goes away; whoever needs Redis itself reports that.
            log.debug("Listening to Redis ended; it begins anew: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed.countDown();
        listener.end();
    }

    private final class Listener extends BinaryJedisPubSub {
        @Override
        public void onPSubscribe(byte[] pattern, int subscribed) {
            if (subscribed < patterns.length) {
                return;
            }
            if (closed.getCount() == 0) {
                punsubscribe();
                return;
            }
            try {
                onBegin.run();
                pause = FIRST_PAUSE;
            } catch (StoreUnavailableException e) {
                log.warn("Listening to {} begins anew: {}", channels(), e.getMessage());
                punsubscribe();
            } catch (RuntimeException e) {
                log.error("A listener of the channels {} failed", channels(), e);
            }
        }

        @Override
        public void onPMessage(byte[] pattern, byte[] channel, byte[] message) {
            if (closed.getCount() == 0) {
                return;
            }
            try {
                onMessage.accept(message);
            } catch (RuntimeException e) {
                log.error("A listener of the channels {} failed", channels(), e);
            }
        }

        private String channels() {
            return new String(patterns[0], StandardCharsets.UTF_8);
        }

        void end() {
            if (isSubscribed()) {
                try {
                    punsubscribe();
                } catch (JedisException e) {
                    log.debug("The connection was gone before it could be told to end: {}", e.getMessage());
                }
            }
        }
    }
}
