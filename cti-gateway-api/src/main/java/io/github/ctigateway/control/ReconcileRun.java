package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a reconciling controller.
 *
 * @param made the plan; null when the store or the switch could not be read
 * @param applied how applying it ended; null when there was nothing to apply, or when it was refused or failed. Beside a
 *     {@link MassChangeException}, how gateways were restored whose bindings were in doubt
 * @param error why it was refused or failed; null otherwise. A {@link MassChangeException} or {@link DoubtfulPlanException} waits for
 *     somebody to apply the plan with leave to do so
 */
public record ReconcileRun(
        @Nullable Plan made,
        @Nullable ApplyResult applied,
        @Nullable CtiGatewayException error) {
    /** The plan. */
    public Optional<Plan> plan() {
        return Optional.ofNullable(made);
    }

    /** How applying it ended. */
    public Optional<ApplyResult> result() {
        return Optional.ofNullable(applied);
    }

    /** Why it was refused or failed. */
    public Optional<CtiGatewayException> failure() {
        return Optional.ofNullable(error);
    }
}
