package io.github.ctigateway.control;

import io.github.ctigateway.status.GatewayEvent;

/**
 * Hears what happens on a {@link GatewaySwitch}. Called on one thread at a time, in order; a call may use the switch and may block, but
 * while it does nothing else is told.
 */
public interface SwitchListener {
    /** A gateway event. */
    void onEvent(GatewayEvent event);

    /**
     * Events were lost: the connection was down and is back, or they came faster than they were taken. Whoever keeps a view must read
     * {@link GatewaySwitch#live()} again.
     *
     * @param reason for people
     */
    default void onGap(String reason) {}

    /** The connection to FreeSWITCH is lost; {@link #onGap} follows when it is back. */
    default void onDisconnected() {}
}
