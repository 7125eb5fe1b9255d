package io.github.ctigateway.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a command running that others end. */
final class Patience {
    private Patience() {}

    /** Returns after this time, or when the thread is interrupted: that is how such a command is told to end well. */
    static void await(@Nullable Integer seconds) {
        CountDownLatch never = new CountDownLatch(1);
        try {
            if (seconds == null) {
                never.await();
            } else if (never.await(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Nobody counts this latch down");
            }
        } catch (InterruptedException end) {
            // The flag stays down, so that what follows can still be written and closed.
            return;
        }
    }
}
