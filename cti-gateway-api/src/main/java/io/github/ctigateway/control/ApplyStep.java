package io.github.ctigateway.control;

/** The steps of an apply, in their order. */
public enum ApplyStep {
    /** Definitions are made readable to FreeSWITCH. */
    PUBLISH,
    /** Gateways are marked for deletion, all at once. */
    KILL,
    /** Each killed gateway's {@code gateway_delete} is awaited, and a read-back that shows it gone. */
    REMOVAL,
    /** FreeSWITCH takes in what is published, once. */
    START,
    /** Stamps are read back until each started gateway runs what was published. */
    READ_BACK,
    /** Each gateway that registers is awaited until it does or fails. */
    REGISTRATION
}
