package io.github.ctigateway.esl.simulator;

/** What the SIP stack keeps for a gateway's registration (a nua handle). Guarded by the simulator's lock. */
final class RegistrationHandle {
    final String gateway;
    /** Answers no longer reach mod_sofia. */
    boolean destroyed;
    /** A challenge was answered before, so requests go out with credentials. */
    boolean authenticates;
    /** When the stack registers again by itself, seconds since 1970; 0 is never. */
    long refreshAt;

    RegistrationHandle(String gateway) {
        this.gateway = gateway;
    }
}
