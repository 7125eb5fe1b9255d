package io.github.ctigateway.status;

/** What mod_sofia calls the status of a gateway ({@code Ping-Status}); also set by the registration when nothing is pinged. */
public enum PingStatus {
    UP,
    DOWN,
    /** FreeSWITCH used another word, or has said none yet. */
    UNKNOWN;

    /** The status of this word. */
    public static PingStatus of(String word) {
        return switch (word) {
            case "UP" -> UP;
            case "DOWN" -> DOWN;
            default -> UNKNOWN;
        };
    }

    /**
     * Whether a gateway with this status and this registration can be used: mod_sofia sends calls to one that is UP, and to no other
     * (sofia_outgoing_channel); and its registration has not failed, run out or been ended, so that calls come in too. One whose
     * registration is being refreshed can be used.
     */
    public boolean isUsable(RegistrationState state) {
        return this == UP && Verdict.of(state, this) != Verdict.BAD;
    }
}
