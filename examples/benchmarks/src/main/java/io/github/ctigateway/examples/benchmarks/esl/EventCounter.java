package io.github.ctigateway.examples.benchmarks.esl;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts the events that a client hands out, and looks at their order. Thread-safe, as one of the clients hands them out on many threads. */
final class EventCounter {
    private final long expected;
    private final int cycle;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong outOfOrder = new AtomicLong();
    private final AtomicLong last = new AtomicLong(-1);
    private final CountDownLatch all = new CountDownLatch(1);

    /** @param cycle the numbers run from 0 to this, over and over */
    EventCounter(long expected, int cycle) {
        this.expected = expected;
        this.cycle = cycle;
    }

    void accept(long sequence) {
        long before = last.getAndSet(sequence);
        if (sequence != (before + 1) % cycle) {
            outOfOrder.incrementAndGet();
        }
        if (received.incrementAndGet() == expected) {
            all.countDown();
        }
    }

    void accept(@Nullable String sequence) {
        accept(Long.parseLong(Objects.requireNonNull(sequence, "an event has no sequence")));
    }

    /** Whether all came within a minute. */
    boolean awaitAll() throws InterruptedException {
        return all.await(1, TimeUnit.MINUTES);
    }

    long missing() {
        return expected - received.get();
    }

    long received() {
        return received.get();
    }

    long outOfOrder() {
        return outOfOrder.get();
    }
}
