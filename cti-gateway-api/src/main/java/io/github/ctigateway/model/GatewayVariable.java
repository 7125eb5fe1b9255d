package io.github.ctigateway.model;

import java.util.Objects;

/**
 * A variable that mod_sofia sets on the calls of a gateway.
 *
 * @param name the channel variable; a name that begins with {@code p:} sets a field of the caller profile on outbound calls.
 *     FreeSWITCH looks names up without regard to case
 * @param value the value, as given; FreeSWITCH reads an empty one back as none
 * @param direction the calls it is set on
 */
public record GatewayVariable(String name, String value, Direction direction) {
    public GatewayVariable {
        Objects.requireNonNull(name, "name cannot be null");
        Objects.requireNonNull(value, "value cannot be null");
        Objects.requireNonNull(direction, "direction cannot be null");
    }

    /** A variable for calls in both directions. */
    public static GatewayVariable of(String name, String value) {
        return new GatewayVariable(name, value, Direction.BOTH);
    }

    @Override
    public String toString() {
        return name + (direction == Direction.BOTH ? "=" : "(" + direction + ")=") + Secrets.shown(name, value);
    }
}
