package io.github.ctigateway.control;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A field in which a live gateway differs from what is wanted. Holds no secret.
 *
 * @param field {@code param.realm}, {@code variable.sip_sticky_contact}, {@code subscriptions}, an element of {@code xmlstatus}, or
 *     {@code unknown} when the stamp differs and the switch shows no field that does
 * @param before the value that is live; null when there is none, or when it is secret or unknown
 * @param after the value that is wanted; null when there is none, or when it is secret or unknown
 */
public record Difference(
        String field, @Nullable String before, @Nullable String after) {
    public Difference {
        Objects.requireNonNull(field, "field cannot be null");
    }

    @Override
    public String toString() {
        if (before == null && after == null) {
            return field + " changed";
        }
        if (before == null) {
            return field + " set to '" + after + "'";
        }
        return after == null ? field + " '" + before + "' removed" : field + " '" + before + "' -> '" + after + "'";
    }
}
