package io.github.ctigateway.esl;

/**
 * The life of an {@link EslClient}'s connection.
 *
 * <pre>
 *                 connect()
 *        IDLE ─────────────────► CONNECTING ◄───────────────────┐
 *          ▲                         │ socket open              │ back-off over
 *          │ first attempt           ▼                          │
 *          ├─────────────────  AUTHENTICATING ──► REFUSED       │
 *          │ failed                  │ +OK accepted             │
 *          │                         ▼                          │
 *          └──────────────────  SUBSCRIBING ────────────────► WAITING
 *                                    │ subscriptions and        ▲
 *                                    ▼ filters are sent         │
 *                                  READY ───────────────────────┘
 *                                         lost
 * </pre>
 *
 * <p>Once it was READY, a failed attempt in CONNECTING, AUTHENTICATING or SUBSCRIBING leads to WAITING too. REFUSED is a wrong password or
 * the access list: nothing is tried again until {@link EslClient#connect()} is called. {@link EslClient#close()} leads from everywhere to
 * CLOSED, which is final.
 */
public enum EslConnectionState {
    /** Not connected, and not trying. */
    IDLE,
    /** Resolving the name, opening the socket, agreeing on TLS. */
    CONNECTING,
    /** The socket is open; the password is on its way. */
    AUTHENTICATING,
    /** Let in; the subscriptions and filters are sent. */
    SUBSCRIBING,
    /** Commands are taken and events come. */
    READY,
    /** The connection is lost; the next attempt comes after a while. */
    WAITING,
    /** FreeSWITCH does not let us in. */
    REFUSED,
    /** Closed by its user. */
    CLOSED;

    /** Whether the picture has this arrow. */
    public boolean leadsTo(EslConnectionState next) {
        return switch (next) {
            case IDLE -> this == CONNECTING || this == AUTHENTICATING || this == SUBSCRIBING || this == READY;
            case CONNECTING -> this == IDLE || this == WAITING || this == REFUSED;
            case AUTHENTICATING -> this == CONNECTING;
            case SUBSCRIBING -> this == AUTHENTICATING;
            case READY -> this == SUBSCRIBING;
            case WAITING -> this == CONNECTING || this == AUTHENTICATING || this == SUBSCRIBING || this == READY;
            case REFUSED -> this == AUTHENTICATING;
            case CLOSED -> this != CLOSED;
        };
    }
}
