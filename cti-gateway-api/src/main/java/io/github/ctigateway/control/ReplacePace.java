package io.github.ctigateway.control;

/** When a replaced gateway's new definition may be started. */
public enum ReplacePace {
    /** Once the old gateway is gone from the switch. Safe whatever the network does. */
    VERIFIED,
    /**
     * Once the old gateway's {@code gateway_state} DOWN is seen, for those that register; the others are awaited until they are gone.
     * It saves about a second. The old un-REGISTER went out a second before the new REGISTER; a network that delays packets by more
     * than that can make the registrar forget the new binding. For a moment the name stands twice in {@code xmlstatus}, and
     * {@code gateway_add} comes before {@code gateway_delete}.
     */
    FAST
}
