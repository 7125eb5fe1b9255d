package io.github.ctigateway.redis.internal;

import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.LiveNames;
import io.github.ctigateway.store.StoreException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Events on their way to Redis. They are taken at once, so that a slow Redis never holds up the thread that reads FreeSWITCH's events,
 * and written by a thread of our own, in batches as large as they come. A batch that did not arrive is written again until it does.
 */
public final class StatusQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusQueue.class);

    /** Some 60 MB of events: the longest that Redis may be away before events are refused. */
    private static final int CAPACITY = 65_536;

    private static final int BATCH = 1_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final StatusWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<GatewayEvent> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long written;
    private long refused;
    private @Nullable StoreException firstRefusal;
    private long removed;
    private boolean leftoversWanted;
    private boolean writing;
    private boolean closed;

    /** Starts the thread; the client is not closed with the queue. */
    public StatusQueue(UnifiedJedis jedis, RedisStatusOptions options) {
        this.writer = new StatusWriter(jedis, options);
        this.thread = new Thread(this::run, "cti-gateway-status-sink");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** Takes an event, or refuses it when Redis has been away for too long. */
    public void add(GatewayEvent event) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the status sink is closed");
            }
            if (waiting.size() >= CAPACITY) {
                throw new StoreUnavailableException(
                        CAPACITY + " events wait for Redis; those of gateway '" + event.gateway()
                                + "' are lost until it answers again.",
                        null);
            }
            waiting.add(event);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds somebody to ask what a node runs before a gateway is taken for gone. */
    public void consult(Supplier<LiveNames> live) {
        writer.consult(live);
    }

    /** Looks for what nodes left behind, as soon as nothing waits. */
    public void removeLeftovers() {
        lock.lock();
        try {
            leftoversWanted = !closed;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that was asked for is done; false when that took too long. */
    public boolean flush(Duration deadline) {
        long left = deadline.toNanos();
        lock.lock();
        try {
            while (writing || leftoversWanted || !waiting.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** How many events were written, none of their commands being refused. */
    public long written() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    /** How many leftovers were removed. */
    public long removed() {
        lock.lock();
        try {
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** How many commands Redis refused. */
    public long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    /** Why Redis refused the first of those commands, or the connection. */
    public Optional<StoreException> firstRefusal() {
        lock.lock();
        try {
            return Optional.ofNullable(firstRefusal);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (await()) {
                List<GatewayEvent> batch = next();
                if (batch.isEmpty()) {
                    persistently("removing what gateways that are gone left behind", this::removeNow);
                } else {
                    persistently("writing " + batch.size() + " events", () -> count(writer.write(batch)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for something to do; false when there will be nothing. */
    private boolean await() throws InterruptedException {
        lock.lock();
        try {
            writing = false;
            changed.signalAll();
            while (waiting.isEmpty() && !leftoversWanted && !closed) {
                changed.await();
            }
            writing = !waiting.isEmpty() || leftoversWanted;
            return writing;
        } finally {
            lock.unlock();
        }
    }

    private void removeNow() {
        try {
            int count = writer.removeLeftovers();
            lock.lock();
            try {
                removed += count;
            } finally {
                lock.unlock();
            }
        } catch (StoreRefusedException e) {
            // Trying again would hold up the events.
            refused(e);
            log.warn("The status of gateways that are gone stays: {}", e.getMessage());
        }
    }

    /** The next batch; empty when it is the leftovers' turn. */
    private List<GatewayEvent> next() {
        lock.lock();
        try {
            List<GatewayEvent> batch = new ArrayList<>();
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            leftoversWanted &= !batch.isEmpty();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Tries until Redis has taken it. */
    private void persistently(String what, Runnable work) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                work.run();
                return;
            } catch (StoreException e) {
                if (e instanceof StoreRefusedException) {
                    refused(e);
                }
                if (pause.equals(FIRST_PAUSE)) {
                    log.warn("The status of gateways waits for Redis: {}", e.getMessage());
                }
            } catch (RuntimeException e) {
                // Not Redis but we are at fault: trying again would hold up all events for ever.
                log.error("Defect at {}, which is passed over", what, e);
                return;
            }
            pause(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
    }

    /** Keeps the first refusal, for whoever asks. */
    private void refused(StoreException refusal) {
        lock.lock();
        try {
            if (firstRefusal == null) {
                firstRefusal = refusal;
            }
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            long left = pause.toNanos();
            // Also while it closes: the few seconds that are left are better spent trying slowly than in a circle.
            while (left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void count(StatusWriter.Written done) {
        List<StoreException> refusals = done.refusals();
        if (!refusals.isEmpty()) {
            log.warn(
                    "Redis refused {} commands with the status of gateways; the first: {}",
                    refusals.size(),
                    refusals.get(0).getMessage());
        }
        lock.lock();
        try {
            written += done.events();
            refused += refusals.size();
        } finally {
            lock.unlock();
        }
        refusals.stream().findFirst().ifPresent(this::refused);
    }

    /** Writes what is left, for up to five seconds, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!flush(CLOSE_DEADLINE)) {
            log.warn("The status sink was closed while events were still waiting for Redis; they are lost");
        }
        thread.interrupt();
    }
}
