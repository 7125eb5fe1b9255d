package io.github.ctigateway.fleet;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyProgress;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * How a fleet's plan is applied. Immutable.
 *
 * @param apply how each node's plan is applied
 * @param canary whether the first node with changes must end well before any other is touched
 * @param atOnce on how many nodes at a time, at least one
 * @param onProgress called with the node's name on the thread that applies to it; nodes call at the same time
 */
public record FleetOptions(
        ApplyOptions apply, boolean canary, int atOnce, BiConsumer<String, ApplyProgress> onProgress) {
    private static final int USUAL_AT_ONCE = 16;

    public FleetOptions {
        Objects.requireNonNull(apply, "apply cannot be null");
        Objects.requireNonNull(onProgress, "onProgress cannot be null");
        if (atOnce < 1) {
            throw new IllegalArgumentException("atOnce must be at least 1, not " + atOnce);
        }
    }

    /** {@link ApplyOptions#defaults()}, without a canary, 16 nodes at a time. */
    public static FleetOptions defaults() {
        return new FleetOptions(ApplyOptions.defaults(), false, USUAL_AT_ONCE, (node, progress) -> {});
    }

    /** The same, applying each plan so. */
    public FleetOptions withApply(ApplyOptions options) {
        return new FleetOptions(options, canary, atOnce, onProgress);
    }

    /** The same with a canary or without. */
    public FleetOptions withCanary(boolean wanted) {
        return new FleetOptions(apply, wanted, atOnce, onProgress);
    }

    /** The same on so many nodes at a time; 1 goes from node to node. */
    public FleetOptions withAtOnce(int nodes) {
        return new FleetOptions(apply, canary, nodes, onProgress);
    }

    /** The same with a listener for every node's progress. */
    public FleetOptions withProgress(BiConsumer<String, ApplyProgress> listener) {
        return new FleetOptions(apply, canary, atOnce, listener);
    }
}
