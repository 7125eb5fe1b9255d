package io.github.ctigateway.status;

import java.time.Instant;

/** What a tracker is told in its tests, of one node. */
final class StatusNews {
    static final Instant START = Instant.parse("2026-11-22T21:45:24Z");

    private StatusNews() {}

    static ObservedGateway observed(String gateway) {
        return new ObservedGateway(gateway, "external", RegistrationState.REGED, PingStatus.UP);
    }

    static GatewayEvent ping(String gateway, PingStatus ping, long sequence) {
        return new GatewayEvent.StateChanged(
                gateway, RegistrationState.NOREG, ping, null, null, origin("core-1", sequence), "{}");
    }

    static GatewayEvent added(String gateway, String core, long sequence) {
        return new GatewayEvent.Added(gateway, "external", origin(core, sequence), "{}");
    }

    static GatewayEvent deleted(String gateway, String core, long sequence) {
        return new GatewayEvent.Deleted(gateway, "external", origin(core, sequence), "{}");
    }

    static GatewayEvent state(String gateway, RegistrationState state, SipReason reason, String core, long sequence) {
        return new GatewayEvent.StateChanged(gateway, state, PingStatus.UP, null, reason, origin(core, sequence), "{}");
    }

    private static EventOrigin origin(String core, long sequence) {
        return new EventOrigin(
                "ai", core, sequence, START.plusSeconds(core.equals("core-1") ? sequence : 100 + sequence));
    }
}
