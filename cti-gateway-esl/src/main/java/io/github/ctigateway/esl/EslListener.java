package io.github.ctigateway.esl;

/**
 * Hears what an {@link EslClient} receives, over all its connections. All listeners of a client are called on one thread of its own, in the
 * order of the wire. A callback may call the client and may block: reading goes on meanwhile, and when the queue between is full, a
 * {@link Gap} stands for what was dropped. What a callback throws is logged and harms nobody else.
 */
public interface EslListener {
    /** An event came. */
    void onEvent(EslEvent event);

    /** Events were dropped here, because the listeners were too slow. */
    default void onGap(Gap gap) {}

    /**
     * The connection changed its state. After the way back to {@link EslConnectionState#READY} whatever happened in between is unknown:
     * FreeSWITCH replays nothing.
     */
    default void onStateChange(EslStateChange change) {}
}
