package io.github.ctigateway.fleet;

import io.github.ctigateway.control.SwitchIdentity;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one node.
 *
 * @param name the node's name in the fleet
 * @param state what the fleet does with it
 * @param known which FreeSWITCH it is; null while it was never reached
 * @param reason why it is not worked on; empty when it is
 * @param cause the failure that this is the reason of, a defect too; null when there is none
 * @param since when this began
 */
public record NodeReport(
        String name,
        NodeState state,
        @Nullable SwitchIdentity known,
        String reason,
        @Nullable RuntimeException cause,
        Instant since) {
    public NodeReport {
        Objects.requireNonNull(name, "name cannot be null");
        Objects.requireNonNull(state, "state cannot be null");
        Objects.requireNonNull(reason, "reason cannot be null");
        Objects.requireNonNull(since, "since cannot be null");
    }

    /** Which FreeSWITCH it is, if it was ever reached. */
    public Optional<SwitchIdentity> identity() {
        return Optional.ofNullable(known);
    }

    /** The failure for which it is not worked on, if there is one. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(cause);
    }

    /** Whether this is another situation, not only another time. */
    boolean differsFrom(NodeReport other) {
        return state != other.state || !reason.equals(other.reason) || !Objects.equals(known, other.known);
    }

    @Override
    public String toString() {
        return name + " " + state + (reason.isEmpty() ? "" : ": " + reason);
    }
}
