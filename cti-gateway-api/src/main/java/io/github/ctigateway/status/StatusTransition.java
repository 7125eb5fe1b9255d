package io.github.ctigateway.status;

import java.util.Objects;

/**
 * What somebody should be told of a gateway.
 *
 * @param kind what happened
 * @param status how the gateway is now
 */
public record StatusTransition(Kind kind, GatewayStatus status) {
    /** What can happen to a gateway. */
    public enum Kind {
        /** It is registered, and nothing was told of it yet; so also once for each gateway when the process starts. */
        REGISTERED,
        /** It was usable and is not any more: its registration failed, ran out or was ended, or its pings are not answered. */
        LOST,
        /** It fails, and was never told to be usable. */
        FAILING,
        /** It is usable again after it was told LOST or FAILING. */
        RECOVERED
    }

    public StatusTransition {
        Objects.requireNonNull(kind, "kind cannot be null");
        Objects.requireNonNull(status, "status cannot be null");
    }

    /** The gateway's name. */
    public String gateway() {
        return status.gateway();
    }

    /** The node that runs it. */
    public String node() {
        return status.node();
    }

    @Override
    public String toString() {
        String reason = status.reason().map(why -> " (" + why + ")").orElse("");
        return gateway() + " on " + node() + ": " + kind + reason;
    }
}
