package io.github.ctigateway.status;

/** The states of a gateway in mod_sofia (sofia_state_names), and one for a word that we do not know. */
public enum RegistrationState {
    /** Not registered; the next tick tries. */
    UNREGED,
    /** A REGISTER is under way. */
    TRYING,
    /** The registrar accepted; the next tick makes it {@link #REGED}. */
    REGISTER,
    /** Registered. */
    REGED,
    /** About to un-register. */
    UNREGISTER,
    /** The registrar refused, or did not answer. */
    FAILED,
    /** Waiting to try again after a failure. */
    FAIL_WAIT,
    /** The registration ran out. */
    EXPIRED,
    /** Does not register by its definition. */
    NOREG,
    /** Un-registered, about to be removed or left down. */
    DOWN,
    /** The registrar did not answer in time. */
    TIMEOUT,
    /** FreeSWITCH used a word that this version does not know. */
    UNKNOWN;

    /** The state of this word. */
    public static RegistrationState of(String word) {
        for (RegistrationState state : values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return UNKNOWN;
    }

    /** Whether the last attempt to register failed. */
    public boolean isFailure() {
        return this == FAILED || this == FAIL_WAIT || this == TIMEOUT;
    }
}
