package io.github.ctigateway.examples.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a command running that others end. Thread-safe. */
final class Patience {
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final CountDownLatch end = new CountDownLatch(1);

    /** Ends the waiting: nobody reads what the command prints. */
    void end() {
        end.countDown();
    }

    /** Returns after this time, at the {@link #end}, or when the thread is interrupted: that is how such a command is told to end well. */
    void await(@Nullable Integer seconds) {
        await(seconds, () -> {});
    }

    /** As {@link #await(Integer)}, and looks after something every five seconds meanwhile. */
    void await(@Nullable Integer seconds, Runnable look) {
        long begun = System.nanoTime();
        try {
            long left =
                    seconds == null ? LOOK.toMillis() : Math.min(LOOK.toMillis(), TimeUnit.SECONDS.toMillis(seconds));
            while (left > 0 && !end.await(left, TimeUnit.MILLISECONDS)) {
                look.run();
                long gone = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                left = seconds == null
                        ? LOOK.toMillis()
                        : Math.min(LOOK.toMillis(), TimeUnit.SECONDS.toMillis(seconds) - gone);
            }
        } catch (InterruptedException ended) {
            // The flag stays down, so that what follows can still be written and closed.
            return;
        }
    }
}
