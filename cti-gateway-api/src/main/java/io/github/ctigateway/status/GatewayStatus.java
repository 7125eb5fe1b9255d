package io.github.ctigateway.status;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one gateway on one node.
 *
 * @param gateway the gateway
 * @param node the node that runs it
 * @param profile the profile; null until an event or a snapshot named it
 * @param state the registration
 * @param ping the ping status
 * @param since when the state began, by the node's clock where an event told it
 * @param sipReason the registrar's last answer that was a refusal; null when there was none since the gateway last registered
 * @param networkAddress {@code ip:port} that the registrar last answered from; null until it did
 * @param updated when anything was last heard of it
 */
public record GatewayStatus(
        String gateway,
        String node,
        @Nullable String profile,
        RegistrationState state,
        PingStatus ping,
        Instant since,
        @Nullable SipReason sipReason,
        @Nullable String networkAddress,
        Instant updated) {
    public GatewayStatus {
        Objects.requireNonNull(gateway, "gateway cannot be null");
        Objects.requireNonNull(node, "node cannot be null");
        Objects.requireNonNull(state, "state cannot be null");
        Objects.requireNonNull(ping, "ping cannot be null");
        Objects.requireNonNull(since, "since cannot be null");
        Objects.requireNonNull(updated, "updated cannot be null");
    }

    /** Why the registrar refused. */
    public Optional<SipReason> reason() {
        return Optional.ofNullable(sipReason);
    }
}
