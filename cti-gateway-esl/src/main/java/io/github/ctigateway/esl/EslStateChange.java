package io.github.ctigateway.esl;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connection went from one state to another.
 *
 * @param from the state before
 * @param to the state now
 * @param cause why, when something went wrong
 */
public record EslStateChange(
        EslConnectionState from,
        EslConnectionState to,
        @Nullable EslException cause) {
    public EslStateChange {
        Objects.requireNonNull(from, "from cannot be null");
        Objects.requireNonNull(to, "to cannot be null");
    }
}
