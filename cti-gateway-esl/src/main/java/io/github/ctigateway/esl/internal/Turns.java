package io.github.ctigateway.esl.internal;

/** Passes the processor to other threads. A hint: nothing relies on it, and where no other thread wants to run it costs next to nothing. */
final class Turns {
    private Turns() {}

    // Work is only bundled better by it; without it the same happens, in smaller bundles.
    @SuppressWarnings("ThreadPriorityCheck")
    static void pass() {
        Thread.yield();
    }
}
