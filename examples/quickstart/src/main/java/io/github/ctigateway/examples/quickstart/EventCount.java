package io.github.ctigateway.examples.quickstart;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.status.GatewayEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what FreeSWITCH says about each gateway. */
final class EventCount implements SwitchListener, AutoCloseable {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final GatewaySwitch.Subscription subscription;

    EventCount(GatewaySwitch node) {
        subscription = node.subscribe(this);
    }

    @Override
    public void onEvent(GatewayEvent event) {
        counts.merge(event.gateway(), 1, Integer::sum);
    }

    int of(String gateway) {
        return counts.getOrDefault(gateway, 0);
    }

    void reset() {
        counts.clear();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
