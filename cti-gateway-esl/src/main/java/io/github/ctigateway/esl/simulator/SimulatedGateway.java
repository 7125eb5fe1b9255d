package io.github.ctigateway.esl.simulator;

import org.jspecify.annotations.Nullable;

/** One gateway in the switch's memory (mod_sofia, sofia_gateway). Guarded by the simulator's lock. */
final class SimulatedGateway {
    /** Names and order of mod_sofia's reg_state_t. */
    enum State {
        UNREGED,
        TRYING,
        REGISTER,
        REGED,
        UNREGISTER,
        FAILED,
        FAIL_WAIT,
        EXPIRED,
        NOREG,
        DOWN,
        TIMEOUT
    }

    final GatewaySettings settings;
    final SimulatedProfile profile;

    State state = State.UNREGED;
    boolean up;
    boolean deleted;
    /** The SIP stack's registration; null before the first REGISTER and after it was given up. */
    @Nullable
    RegistrationHandle handle;

    /** When {@link #up} became true, µs since 1970. */
    long upSince;
    /** The next are seconds since 1970. */
    long expires;

    long retry;
    long registerTimeout;
    long ping;

    int failures;
    int failureStatus;
    int pingCount;
    boolean pinging;
    long pingSent;
    double pingMillis;

    String networkIp = "";
    int networkPort;

    long callsIn;
    long callsOut;
    long failedCallsIn;
    long failedCallsOut;

    SimulatedGateway(GatewaySettings settings, SimulatedProfile profile) {
        this.settings = settings;
        this.profile = profile;
    }

    String name() {
        return settings.name();
    }

    String status() {
        return up ? "UP" : "DOWN";
    }

    /** Whether status reports say when it tries again. */
    boolean waitsToRetry() {
        return state == State.FAILED || state == State.FAIL_WAIT || state == State.TRYING;
    }

    /** Marks it for deletion (mod_sofia, sofia_glue_del_gateway). */
    void delete() {
        if (!deleted) {
            if (state != State.NOREG) {
                retry = 0;
                state = State.UNREGISTER;
            }
            deleted = true;
        }
    }
}
