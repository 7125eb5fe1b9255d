package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.GatewayStore.Watch;
import io.github.ctigateway.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which fields of the hash changed by comparing it with what it was, so that nothing is missed: not a foreign writer's
 * change, and not one made while Redis could not be reached. A hint only makes the next comparison come sooner.
 */
final class HashWatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HashWatcher.class);

    /** A comparison may take up to this part of the time, so that a huge hash is not read all the time. */
    private static final int SHARE_OF_TIME = 20;

    private final String domain;
    private final Consumer<BiConsumer<byte[], byte[]>> hash;
    private final Duration interval;
    private final Function<Runnable, AutoCloseable> hinting;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final BlockingQueue<Boolean> hints = new ArrayBlockingQueue<>(1);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, ByteBuffer> seen = Map.of();
    private @Nullable Thread thread;
    private @Nullable AutoCloseable hintSource;

    /**
     * @param domain the domain, for the thread's name and the log
     * @param hash reads the whole hash
     * @param interval the time between comparisons
     * @param hinting starts something that calls the given hint whenever the hash may have changed
     */
    HashWatcher(
            String domain,
            Consumer<BiConsumer<byte[], byte[]>> hash,
            Duration interval,
            Function<Runnable, AutoCloseable> hinting) {
        this.domain = domain;
        this.hash = hash;
        this.interval = interval;
        this.hinting = hinting;
    }

    /** Tells the listener of every change from now on. */
    Watch add(Consumer<String> onChange) {
        lock.lock();
        try {
            if (closing.getCount() == 0) {
                throw new IllegalStateException("the store of " + domain + " is closed");
            }
            if (thread == null) {
                seen = read();
                thread = new Thread(this::run, "cti-gateway-watch-" + domain);
                thread.setDaemon(true);
                thread.start();
                hintSource = hinting.apply(this::hint);
            }
            Listener listener = new Listener(onChange);
            listeners.add(listener);
            return listener;
        } finally {
            lock.unlock();
        }
    }

    /** Something may have changed. */
    void hint() {
        boolean first = hints.offer(Boolean.TRUE);
        log.trace("hint taken: {}", first);
    }

    private void run() {
        Duration pause = interval;
        boolean reachable = true;
        try {
            while (true) {
                Boolean hinted = hints.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
                log.trace("comparing, hinted: {}", hinted);
                if (closing.getCount() == 0) {
                    return;
                }
                long began = System.nanoTime();
                try {
                    compare();
                    reachable = true;
                } catch (StoreException e) {
                    if (reachable) {
                        log.warn(
                                "The gateways of {} cannot be watched until Redis answers again: {}",
                                domain,
                                e.getMessage());
                    }
                    reachable = false;
                } catch (RuntimeException e) {
                    // Not Redis but we are at fault: the next look may still find what changed.
                    log.error("The gateways of {} could not be compared", domain, e);
                }
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                Duration least = took.multipliedBy(SHARE_OF_TIME);
                pause = least.compareTo(interval) > 0 ? least : interval;
                // However many hints come, half of the time is left to others.
                boolean ended = closing.await(took.toNanos(), TimeUnit.NANOSECONDS);
                log.trace("compared, ended: {}", ended);
            }
        } catch (InterruptedException e) {
            // The store was closed; the thread ends.
            Thread.currentThread().interrupt();
        }
    }

    private void compare() {
        Map<String, ByteBuffer> now = read();
        List<String> changed = new ArrayList<>();
        now.forEach((field, value) -> {
            if (!value.equals(seen.get(field))) {
                changed.add(field);
            }
        });
        seen.keySet().stream().filter(field -> !now.containsKey(field)).forEach(field -> changed.add(field));
        seen = now;
        for (String name : changed) {
            listeners.forEach(listener -> listener.tell(name));
        }
    }

    private Map<String, ByteBuffer> read() {
        Map<String, ByteBuffer> read = new HashMap<>(seen.size() * 2);
        hash.accept((field, value) -> read.put(StoredBytes.text(field), ByteBuffer.wrap(value)));
        return read;
    }

    @Override
    public void close() {
        AutoCloseable source;
        lock.lock();
        try {
            closing.countDown();
            listeners.forEach(Listener::close);
            source = hintSource;
            hintSource = null;
        } finally {
            lock.unlock();
        }
        hint();
        if (source != null) {
            try {
                source.close();
            } catch (Exception e) {
                log.warn("The hints about {} could not be ended", domain, e);
            }
        }
    }

    private final class Listener implements Watch {
        private final Consumer<String> onChange;
        private final ReentrantLock calling = new ReentrantLock();
        private boolean open = true;

        Listener(Consumer<String> onChange) {
            this.onChange = onChange;
        }

        void tell(String name) {
            calling.lock();
            try {
                if (open) {
                    onChange.accept(name);
                }
            } catch (RuntimeException e) {
                log.error("A listener failed when told that gateway {} of {} changed", name, domain, e);
            } finally {
                calling.unlock();
            }
        }

        @Override
        public void close() {
            listeners.remove(this);
            calling.lock();
            try {
                open = false;
            } finally {
                calling.unlock();
            }
        }
    }
}
