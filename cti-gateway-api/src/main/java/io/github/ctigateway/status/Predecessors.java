package io.github.ctigateway.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The older gateways of a tracked one's name, and whether they may have taken its binding with them
 * ({@link StatusTracker#bindingsInDoubt}). Guarded by the tracker's lock.
 */
final class Predecessors {
    /** By so much the event of a deletion may come after a look that found the gateway gone. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private int leaving;
    private boolean sawOne;
    private boolean toldRegistered;
    private boolean doubt;

    /** When it was first seen to be alone before an older one was seen or told of. */
    private @Nullable Instant aloneAt;

    private Predecessors(int leaving, boolean doubt) {
        this.leaving = leaving;
        this.doubt = doubt;
    }

    static Predecessors none() {
        return new Predecessors(0, false);
    }

    /**
     * Those of the gateway that an addition tells of.
     *
     * @param beside whether the gateway that has these was still there then; otherwise it is the same one
     * @param before its state
     */
    Predecessors next(boolean beside, RegistrationState before) {
        // Not on top of an earlier doubt, or a deletion that was lost would never let it end.
        return beside ? new Predecessors(leaving + 1, unregistersLater(before)) : this;
    }

    /** Whether a gateway that is removed still has to unregister: DOWN comes with the un-REGISTER. */
    private static boolean unregistersLater(RegistrationState state) {
        return state != RegistrationState.NOREG && state != RegistrationState.DOWN;
    }

    boolean bindingInDoubt() {
        return doubt && !isUnfounded();
    }

    /** As by a clock ahead of ours, which makes a late addition look like a replacement. A deletion that is told yet proves the doubt. */
    private boolean isUnfounded() {
        return aloneAt != null && !sawOne;
    }

    /** Whether older ones are known to be there still. */
    boolean areLeaving() {
        return leaving > 0;
    }

    /** A gateway of the name is gone. Whether it was one of these: a guess when none {@link #areLeaving are known to be leaving}. */
    boolean oneGoes(Instant now) {
        boolean late = doubt && aloneAt != null && now.isBefore(aloneAt.plus(LATE));
        if (leaving == 0 && (sawOne || !late)) {
            return false;
        }
        leaving = Math.max(0, leaving - 1);
        sawOne = true;
        return true;
    }

    /** An event told this state of the gateway. */
    void told(RegistrationState state) {
        // Of a refresh by the SIP stack itself only REGISTER is told, when the registrar took it.
        boolean anew = state == RegistrationState.TRYING || (state == RegistrationState.REGISTER && toldRegistered);
        toldRegistered |= state == RegistrationState.REGED;
        if (anew && leaving == 0 && !isUnfounded()) {
            // Nobody is left to undo it.
            doubt = false;
        }
    }

    /** The switch was asked then and had these beside it on its profile, in these states. */
    void seen(Collection<RegistrationState> states, Instant asked) {
        leaving = states.size();
        sawOne |= leaving > 0;
        doubt |= states.stream().anyMatch(Predecessors::unregistersLater);
        if (leaving == 0 && aloneAt == null) {
            aloneAt = asked;
        }
    }
}
