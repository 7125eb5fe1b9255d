package io.github.ctigateway.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one gateway on one node. Immutable; the tracker that made it knows more with the next event.
 *
 * @param gateway the gateway
 * @param node the node that runs it
 * @param profile the profile; null until an event or a snapshot named it
 * @param state the registration
 * @param ping the ping status
 * @param since when the state began, by the node's clock where an event told it
 * @param sipReason the registrar's last answer that was a refusal; null when there was none since the gateway last registered
 * @param networkAddress {@code ip:port} that the registrar last answered from; null until it did
 * @param failures how many attempts to register failed in a row, as far as they were seen; 0 once it is registered
 * @param flaps how often it stopped being usable by itself within the tracker's window; refreshing a registration, which passes through
 *     {@link RegistrationState#UNREGED}, is none, nor is being un-registered or killed by command
 * @param current whether nothing is known to be missing: false after a gap or a lost connection, until the gateway's next event or its
 *     node's next snapshot
 * @param updated when anything was last heard of it, by the node's clock where an event told it. A gateway that stays registered says
 *     nothing between two refreshes, so that an old time alone is no bad sign
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
        int failures,
        int flaps,
        boolean current,
        Instant updated) {
    public GatewayStatus {
        Objects.requireNonNull(gateway, "gateway cannot be null");
        Objects.requireNonNull(node, "node cannot be null");
        Objects.requireNonNull(state, "state cannot be null");
        Objects.requireNonNull(ping, "ping cannot be null");
        Objects.requireNonNull(since, "since cannot be null");
        Objects.requireNonNull(updated, "updated cannot be null");
    }

    /**
     * What follows on another status, or on nothing: since when it is so, and how many attempts have failed, depends on what was before.
     */
    static GatewayStatus after(
            @Nullable GatewayStatus before,
            String gateway,
            String node,
            @Nullable String profile,
            RegistrationState state,
            PingStatus ping,
            @Nullable SipReason reason,
            @Nullable String address,
            Instant time) {
        Instant since = before != null && before.state == state ? before.since : time;
        int failures = failures(before, state);
        return new GatewayStatus(gateway, node, profile, state, ping, since, reason, address, failures, 0, true, time);
    }

    private static int failures(@Nullable GatewayStatus before, RegistrationState state) {
        if (state == RegistrationState.REGED
                || state == RegistrationState.REGISTER
                || state == RegistrationState.NOREG) {
            return 0;
        }
        int soFar = before == null ? 0 : before.failures;
        // FAIL_WAIT after FAILED, and FAILED after TIMEOUT, belong to one attempt.
        boolean another = state.isFailure() && (before == null || !before.state.isFailure());
        return another ? soFar + 1 : soFar;
    }

    /** Why the registrar refused. */
    public Optional<SipReason> reason() {
        return Optional.ofNullable(sipReason);
    }

    /** Whether it can be used now, see {@link PingStatus#isUsable}. */
    public boolean isUsable() {
        return ping.isUsable(state);
    }

    /** How long ago anything was last heard of it; never negative, though clocks differ. */
    public Duration age(Instant now) {
        return updated.isAfter(now) ? Duration.ZERO : Duration.between(updated, now);
    }

    /** The same as it is shown now. */
    GatewayStatus shown(RegistrationState stateNow, PingStatus pingNow, int flapsNow, boolean currentNow) {
        return new GatewayStatus(
                gateway,
                node,
                profile,
                stateNow,
                pingNow,
                since,
                sipReason,
                networkAddress,
                failures,
                flapsNow,
                currentNow,
                updated);
    }

    /** Whether a listener would hear nothing new. */
    boolean saysTheSameAs(GatewayStatus other) {
        return state == other.state
                && ping == other.ping
                && Objects.equals(sipReason, other.sipReason)
                && Objects.equals(networkAddress, other.networkAddress)
                && Objects.equals(profile, other.profile);
    }
}
