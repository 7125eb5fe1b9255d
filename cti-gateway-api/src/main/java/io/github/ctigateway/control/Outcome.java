package io.github.ctigateway.control;

import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.SipReason;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How applying a plan ended for one gateway. Each is proven by an event or a read-back, never by a command's answer. */
public sealed interface Outcome {
    /** Whether the gateway is now as the plan wanted it. */
    boolean isSuccess();

    /**
     * The switch runs the wanted definition.
     *
     * @param state REGED for one that registers, NOREG for one that does not
     * @param took from the start of the apply
     */
    record Applied(RegistrationState state, Duration took) implements Outcome {
        @Override
        public boolean isSuccess() {
            return true;
        }

        @Override
        public String toString() {
            return "Applied["
                    + (state == RegistrationState.NOREG ? "does not register" : state + " in " + seconds(took)) + "]";
        }
    }

    /** The store holds it now as the switch runs it; nothing was sent for it. */
    record Adopted() implements Outcome {
        @Override
        public boolean isSuccess() {
            return true;
        }

        @Override
        public String toString() {
            return "Adopted";
        }
    }

    /**
     * The gateway is gone from the switch.
     *
     * @param took from the start of the apply
     */
    record Removed(Duration took) implements Outcome {
        @Override
        public boolean isSuccess() {
            return true;
        }

        @Override
        public String toString() {
            return "Removed[in " + seconds(took) + "]";
        }
    }

    /**
     * The switch ran it as wanted before; nothing was sent for it. It is no success while its registration fails.
     *
     * @param state the state in which it was seen
     */
    record Unchanged(RegistrationState state) implements Outcome {
        static Unchanged of(PlanItem item) {
            RegistrationState state = item.liveState();
            return new Unchanged(state == null ? RegistrationState.UNKNOWN : state);
        }

        @Override
        public boolean isSuccess() {
            return !state.isFailure();
        }

        @Override
        public String toString() {
            return "Unchanged[" + state + "]";
        }
    }

    /**
     * The switch runs the wanted definition, and the registrar refused it or did not answer; FreeSWITCH goes on trying.
     *
     * @param state the state it is in
     * @param sipReason what the registrar said; null when it said nothing or the answer was not seen
     */
    record RegistrationFailed(
            RegistrationState state, @Nullable SipReason sipReason) implements Outcome {
        @Override
        public boolean isSuccess() {
            return false;
        }

        /** What the registrar said. */
        public Optional<SipReason> reason() {
            return Optional.ofNullable(sipReason);
        }

        @Override
        public String toString() {
            return "RegistrationFailed[" + (sipReason == null ? state : sipReason) + "]";
        }
    }

    /**
     * FreeSWITCH did not take the gateway in, or runs another definition under its name.
     *
     * @param reason what was found, and what to look at
     */
    record Rejected(String reason) implements Outcome {
        @Override
        public boolean isSuccess() {
            return false;
        }

        @Override
        public String toString() {
            return "Rejected[" + reason + "]";
        }
    }

    /**
     * A step did not end in its time. What it waited for may still come.
     *
     * @param step the step
     * @param after how long it was waited for
     */
    record TimedOut(ApplyStep step, Duration after) implements Outcome {
        @Override
        public boolean isSuccess() {
            return false;
        }

        @Override
        public String toString() {
            return "TimedOut[" + step.toString().toLowerCase(Locale.ROOT) + " after " + seconds(after) + "]";
        }
    }

    /**
     * The switch was lost on the way: a new plan tells what it runs.
     *
     * @param step the step at which it was lost
     * @param reason why
     */
    record Unknown(ApplyStep step, String reason) implements Outcome {
        @Override
        public boolean isSuccess() {
            return false;
        }

        @Override
        public String toString() {
            return "Unknown[" + step.toString().toLowerCase(Locale.ROOT) + ": " + reason + "]";
        }
    }

    /**
     * Nothing was sent for it.
     *
     * @param action why: OFF, INVALID, CLASH or UNMANAGED; or the change that was held back
     * @param reason the plan's reason
     */
    record Skipped(Action action, String reason) implements Outcome {
        /** An unmanaged gateway is none of our business, and one that is off is as wanted, so they spoil nothing. */
        @Override
        public boolean isSuccess() {
            return action == Action.UNMANAGED || action == Action.OFF;
        }

        @Override
        public String toString() {
            return "Skipped[" + action + ": " + reason + "]";
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
