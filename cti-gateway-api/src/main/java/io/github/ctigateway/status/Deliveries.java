package io.github.ctigateway.status;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of listeners on their way: made one at a time, in the order in which they were added, and under no lock, so that a listener may
 * wait for whatever it likes. Who finds another thread delivering leaves its calls to that one. A listener that throws is logged and
 * keeps no other from being called. Thread-safe.
 */
final class Deliveries {
    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();

    /** Adds a call, made with the next {@link #deliver}; add under the lock that decides the order. */
    void add(Runnable call) {
        waiting.add(call);
    }

    /** Makes all calls that wait; call it without holding any lock. */
    void deliver() {
        if (requests.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            for (Runnable call = waiting.poll(); call != null; call = waiting.poll()) {
                make(call);
            }
            seen = requests.addAndGet(-seen);
        }
    }

    private void make(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            // An Error too: what waits behind it, and whoever brought the news, must not pay for it.
            log.error("A listener of statuses failed", e);
        }
    }
}
