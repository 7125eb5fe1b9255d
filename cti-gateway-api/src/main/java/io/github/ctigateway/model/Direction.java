package io.github.ctigateway.model;

/** The calls that a gateway's variable is set on (mod_sofia, parse_gateways: the attribute {@code direction}). */
public enum Direction {
    /** Calls that come in from the carrier: {@code direction="inbound"}. */
    INBOUND,
    /** Calls that go out to the carrier: {@code direction="outbound"}. */
    OUTBOUND,
    /** Every call: no {@code direction} attribute. */
    BOTH
}
