package io.github.ctigateway.status;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's status became another.
 *
 * @param gateway the gateway
 * @param node the node
 * @param before what it was; null when it was not known
 * @param after what it is; null when it is gone
 */
public record StatusChange(
        String gateway,
        String node,
        @Nullable GatewayStatus before,
        @Nullable GatewayStatus after) {
    /** What it was, if it was known. */
    public Optional<GatewayStatus> previous() {
        return Optional.ofNullable(before);
    }

    /** What it is, unless it is gone. */
    public Optional<GatewayStatus> current() {
        return Optional.ofNullable(after);
    }

    @Override
    public String toString() {
        String reason = after == null || after.sipReason() == null ? "" : " (" + after.sipReason() + ")";
        return gateway + " on " + node + ": " + (before == null ? "-" : before.state()) + " -> "
                + (after == null ? "gone" : after.state()) + reason;
    }
}
