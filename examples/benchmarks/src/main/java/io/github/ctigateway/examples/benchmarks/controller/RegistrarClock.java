package io.github.ctigateway.examples.benchmarks.controller;

import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;

/** How long the registrar takes: from the first REGISTER that is sent to the last answer that is told. Thread-safe. */
final class RegistrarClock implements SwitchListener {
    private long firstSent;
    private long lastAnswered;

    synchronized void reset() {
        firstSent = 0;
        lastAnswered = 0;
    }

    @Override
    public synchronized void onEvent(GatewayEvent event) {
        if (event instanceof GatewayEvent.StateChanged changed) {
            if (changed.state() == RegistrationState.TRYING && firstSent == 0) {
                firstSent = System.nanoTime();
            } else if (changed.state() == RegistrationState.REGISTER) {
                lastAnswered = System.nanoTime();
            }
        }
    }

    /** Milliseconds since the last reset; 0 when nothing registered. */
    synchronized double milliseconds() {
        return firstSent == 0 || lastAnswered == 0 ? 0 : (lastAnswered - firstSent) / 1e6;
    }

    @Override
    public void onGap(String reason) {
        throw new IllegalStateException("events were lost: " + reason);
    }

    @Override
    public void onDisconnected() {
        throw new IllegalStateException("the connection was lost");
    }
}
