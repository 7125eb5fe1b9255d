package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslListener;
import io.github.ctigateway.esl.EslStateChange;
import io.github.ctigateway.esl.Gap;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the listeners on a thread of its own, in order, so that reading never waits for them. When the queue is full, new events are counted
 * and dropped; one {@link Gap} then stands in their place. State changes are never dropped.
 */
final class EventDispatcher {
    private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);

    /** Taken from the queue at once: enough to share the lock's cost, few enough to make room soon. */
    private static final int BATCH = 256;

    private final int capacity;
    private final Thread thread;
    private final List<EslListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();

    // Guarded by the lock.
    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private long dropped;
    private boolean closing;
    private boolean closedTold;

    EventDispatcher(int capacity, String threadName) {
        this.capacity = capacity;
        thread = new Thread(this::run, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void add(EslListener listener) {
        listeners.add(listener);
    }

    void remove(EslListener listener) {
        listeners.remove(listener);
    }

    /** Never waits. */
    void offer(List<EslEvent> events) {
        lock.lock();
        try {
            if (closedTold) {
                return;
            }
            for (int i = 0; i < events.size(); i++) {
                if (queue.size() >= capacity) {
                    dropped += events.size() - i;
                    break;
                }
                placeGap();
                queue.add(events.get(i));
            }
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** CLOSED is the last that listeners hear: events that still wait are dropped, and none are taken after it. */
    void offer(EslStateChange change) {
        lock.lock();
        try {
            if (change.to() == EslConnectionState.CLOSED) {
                closedTold = true;
                queue.removeIf(item -> !(item instanceof EslStateChange));
                dropped = 0;
            }
            placeGap();
            queue.add(change);
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What was dropped stands before what comes now. */
    private void placeGap() {
        if (dropped > 0) {
            queue.add(new Gap(dropped));
            dropped = 0;
        }
    }

    /** Lets the listeners hear of the last state changes, and ends. Waits for the callback that runs, unless it is the caller itself. */
    void close(long waitNanos) {
        lock.lock();
        try {
            closing = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
        if (thread.getState() == Thread.State.NEW || thread == Thread.currentThread()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, waitNanos);
            if (thread.isAlive()) {
                log.warn(
                        "A listener still runs {} ms after the client was closed; its thread is interrupted",
                        TimeUnit.NANOSECONDS.toMillis(waitNanos));
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Object[] batch = new Object[BATCH];
        int count = take(batch);
        while (count > 0) {
            for (int i = 0; i < count; i++) {
                Object item = batch[i];
                batch[i] = null;
                deliver(item);
            }
            count = take(batch);
        }
    }

    /** Waits for items; 0 when there will be none any more. */
    private int take(Object[] batch) {
        lock.lock();
        try {
            while (queue.isEmpty() && dropped == 0) {
                if (closing) {
                    return 0;
                }
                filled.awaitUninterruptibly();
            }
            int count = 0;
            while (count < batch.length) {
                Object item = queue.poll();
                if (item == null) {
                    break;
                }
                batch[count++] = item;
            }
            if (count < batch.length && dropped > 0) {
                batch[count++] = new Gap(dropped);
                dropped = 0;
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void deliver(@Nullable Object item) {
        for (EslListener listener : listeners) {
            try {
                if (item instanceof EslEvent event) {
                    listener.onEvent(event);
                } else if (item instanceof Gap gap) {
                    listener.onGap(gap);
                } else if (item instanceof EslStateChange change) {
                    listener.onStateChange(change);
                }
            } catch (Throwable e) {
                // An Error too, such as a class that is missing: without this thread nobody hears anything any more.
                log.error("A listener of the event socket threw", e);
            }
            // A callback that leaves its flag set must not break the next one's calls.
            boolean unused = Thread.interrupted();
        }
    }
}
