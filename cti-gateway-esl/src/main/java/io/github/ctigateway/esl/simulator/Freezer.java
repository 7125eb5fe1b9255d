package io.github.ctigateway.esl.simulator;

/** Stops every thread of the switch, as SIGSTOP would: connections are still accepted, nothing is answered. Thread-safe. */
final class Freezer {
    private boolean frozen;

    synchronized void freeze() {
        frozen = true;
    }

    synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    synchronized boolean isFrozen() {
        return frozen;
    }

    synchronized void await() throws InterruptedException {
        while (frozen) {
            wait();
        }
    }
}
