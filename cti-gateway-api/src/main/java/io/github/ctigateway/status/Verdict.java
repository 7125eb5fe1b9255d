package io.github.ctigateway.status;

/** What a registration and a ping status say about a gateway. */
enum Verdict {
    /** It is as it should be. */
    GOOD,
    /** It is in trouble. */
    BAD,
    /**
     * Nothing new: what it was before still holds. A registration is refreshed by way of UNREGED and TRYING, so that these two are no
     * loss (mod_sofia, sofia_reg_check_gateway).
     */
    OPEN;

    static Verdict of(RegistrationState state, PingStatus ping) {
        return switch (state) {
            case REGED, NOREG -> ping == PingStatus.DOWN ? BAD : GOOD;
            case REGISTER -> ping == PingStatus.DOWN ? OPEN : GOOD;
            case UNREGISTER, FAILED, FAIL_WAIT, EXPIRED, DOWN, TIMEOUT -> BAD;
            case UNREGED, TRYING, UNKNOWN -> OPEN;
        };
    }

    static Verdict of(GatewayStatus status) {
        return of(status.state(), status.ping());
    }
}
