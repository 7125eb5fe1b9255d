package io.github.ctigateway.control;

import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.validation.Violation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is planned for one gateway.
 *
 * @param gateway its name
 * @param action what will be done
 * @param reason why, for people
 * @param differences for REPLACE: what differs, as far as it can be known
 * @param violations what the validator found; for INVALID the reasons
 * @param liveState the registration of the gateway of this name that is live on the profile; null when there is none
 * @param calls how many calls go through it, asked for gateways that would be killed; 0 when not asked
 */
public record PlanItem(
        String gateway,
        Action action,
        String reason,
        List<Difference> differences,
        List<Violation> violations,
        @Nullable RegistrationState liveState,
        int calls) {
    public PlanItem {
        Objects.requireNonNull(gateway, "gateway cannot be null");
        Objects.requireNonNull(action, "action cannot be null");
        Objects.requireNonNull(reason, "reason cannot be null");
        differences = List.copyOf(differences);
        violations = List.copyOf(violations);
    }

    /** Whether the action takes down a gateway that is registered now. */
    public boolean dropsRegistration() {
        return action.kills() && (liveState == RegistrationState.REGED || liveState == RegistrationState.REGISTER);
    }

    PlanItem withCalls(int count) {
        return new PlanItem(gateway, action, reason, differences, violations, liveState, count);
    }

    /** One line of a diff. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder()
                .append(action.sign())
                .append(' ')
                .append(gateway)
                .append("  ")
                .append(action)
                .append(": ")
                .append(reason);
        if (dropsRegistration()) {
            line.append(" [drops a registration]");
        }
        if (calls > 0) {
            line.append(calls == 1 ? " [1 call]" : " [" + calls + " calls]");
        }
        return line.toString();
    }
}
