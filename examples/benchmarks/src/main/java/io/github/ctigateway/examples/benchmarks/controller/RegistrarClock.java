package io.github.ctigateway.examples.benchmarks.controller;

import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import java.util.Set;

/** How long the registrar takes: from the first REGISTER that is sent to the last answer that is told. Thread-safe. */
final class RegistrarClock implements SwitchListener {
    private Set<String> gateways = Set.of();
    private long firstSent;
    private long lastAnswered;

    /** From now on these count: others refresh their registrations meanwhile. */
    synchronized void begin(Set<String> counted) {
        gateways = Set.copyOf(counted);
        firstSent = 0;
        lastAnswered = 0;
    }

    @Override
    public synchronized void onEvent(GatewayEvent event) {
        if (event instanceof GatewayEvent.StateChanged changed && gateways.contains(changed.gateway())) {
            if (changed.state() == RegistrationState.TRYING && firstSent == 0) {
                firstSent = System.nanoTime();
            } else if (changed.state() == RegistrationState.REGISTER) {
                lastAnswered = System.nanoTime();
            }
        }
    }

    /** Milliseconds since the last beginning; 0 when nothing registered. */
    synchronized double milliseconds() {
        return firstSent == 0 || lastAnswered == 0 ? 0 : (lastAnswered - firstSent) / 1e6;
    }

    /** What is measured is then seen to be nothing. */
    @Override
    public void onGap(String reason) {
        begin(Set.of());
    }

    @Override
    public void onDisconnected() {
        begin(Set.of());
    }
}
