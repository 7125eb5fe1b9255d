package io.github.ctigateway.status;

import java.util.Collection;

/**
 * The older gateways of a tracked one's name, and whether they may have taken its binding with them
 * ({@link StatusTracker#bindingsInDoubt}). Guarded by the tracker's lock.
 */
final class Predecessors {
    private int leaving;
    private boolean sawOne;
    private boolean toldRegistered;
    private boolean bindingInDoubt;

    private Predecessors(int leaving, boolean bindingInDoubt) {
        this.leaving = leaving;
        this.bindingInDoubt = bindingInDoubt;
    }

    static Predecessors none() {
        return new Predecessors(0, false);
    }

    /**
     * Those of the next gateway of the name.
     *
     * @param beside whether it was added while the one that had these was still there
     * @param before the state of that one
     */
    Predecessors next(boolean beside, RegistrationState before) {
        // Not on top of an earlier doubt, or a deletion that was lost would never let it end.
        return new Predecessors(leaving + (beside ? 1 : 0), beside ? unregistersLater(before) : bindingInDoubt);
    }

    /** Whether a gateway that is removed still has to unregister: DOWN comes with the un-REGISTER. */
    private static boolean unregistersLater(RegistrationState state) {
        return state != RegistrationState.NOREG && state != RegistrationState.DOWN;
    }

    boolean bindingInDoubt() {
        return bindingInDoubt;
    }

    /** A gateway of the name is gone; whether it was one of these. */
    boolean oneGoes() {
        if (leaving == 0) {
            return false;
        }
        leaving--;
        sawOne = true;
        return true;
    }

    /** An event told this state of the gateway. */
    void told(RegistrationState state) {
        // The SIP stack refreshes a registration by itself, and the first that is told of it is that the registrar took
        // it.
        boolean anew = state == RegistrationState.TRYING || (state == RegistrationState.REGISTER && toldRegistered);
        toldRegistered |= state == RegistrationState.REGED;
        if (anew && leaving == 0) {
            // Nobody is left to undo it.
            bindingInDoubt = false;
        }
    }

    /** The switch was seen to have these beside it, in these states. */
    void seen(Collection<RegistrationState> states) {
        leaving = states.size();
        sawOne |= leaving > 0;
        if (states.stream().anyMatch(Predecessors::unregistersLater)) {
            bindingInDoubt = true;
        } else if (!sawOne) {
            // There never was an older one: by a clock ahead of ours a late addition looked like a replacement.
            bindingInDoubt = false;
        }
    }
}
