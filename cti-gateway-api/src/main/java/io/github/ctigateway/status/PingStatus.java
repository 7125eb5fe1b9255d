package io.github.ctigateway.status;

/** What mod_sofia calls the status of a gateway ({@code Ping-Status}); also set by the registration when nothing is pinged. */
public enum PingStatus {
    UP,
    DOWN,
    /** FreeSWITCH used another word. */
    UNKNOWN;

    /** The status of this word. */
    public static PingStatus of(String word) {
        return switch (word) {
            case "UP" -> UP;
            case "DOWN" -> DOWN;
            default -> UNKNOWN;
        };
    }
}
