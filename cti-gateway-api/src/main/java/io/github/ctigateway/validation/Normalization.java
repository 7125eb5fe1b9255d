package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import java.util.List;
import java.util.Objects;

/**
 * A repaired copy of a gateway, and everything that is different in it.
 *
 * @param gateway the repaired copy
 * @param changes what was changed, in order; unmodifiable
 */
public record Normalization(Gateway gateway, List<Change> changes) {
    public Normalization {
        Objects.requireNonNull(gateway, "gateway cannot be null");
        changes = List.copyOf(changes);
    }

    /**
     * One change.
     *
     * @param path the place, such as {@code param.proxy}
     * @param before the text before, secrets masked; empty when there was none
     * @param after the text after, secrets masked; empty when it is gone
     */
    public record Change(String path, String before, String after) {
        public Change {
            Objects.requireNonNull(path, "path cannot be null");
            Objects.requireNonNull(before, "before cannot be null");
            Objects.requireNonNull(after, "after cannot be null");
        }

        @Override
        public String toString() {
            return path + ": '" + before + "' -> '" + after + "'";
        }
    }
}
