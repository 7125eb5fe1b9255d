package io.github.ctigateway.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps a command running that others end. */
final class Patience {
    private Patience() {}

    /** Returns after this time; without one only when the process is ended. */
    static void await(@Nullable Integer seconds) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        if (seconds == null) {
            never.await();
        } else if (never.await(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Nobody counts this latch down");
        }
    }
}
