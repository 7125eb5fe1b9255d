package io.github.ctigateway.control;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step forward in an apply, for a progress bar.
 *
 * @param step the step that goes on
 * @param done how many gateways are through this step
 * @param total how many go through it
 * @param gateway the gateway that just got its outcome; null when the step itself advanced
 * @param ended its outcome; null when the step itself advanced
 */
public record ApplyProgress(
        ApplyStep step,
        int done,
        int total,
        @Nullable String gateway,
        @Nullable Outcome ended) {
    /** The outcome that was just reached. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(ended);
    }
}
