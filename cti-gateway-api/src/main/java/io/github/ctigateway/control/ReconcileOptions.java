package io.github.ctigateway.control;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a controller keeps a node as the store says by itself. Immutable.
 *
 * @param every how often it looks even when nothing was told
 * @param settle how long it waits after a change for more of them, so that an editor's many saves are one apply
 * @param firstRetry how long a gateway that was not taken in, or did not go, is left alone before it is tried again; and one that was
 *     replaced because its binding was in doubt, before it is replaced for that again. Doubles each time
 * @param lastRetry the longest such wait; a gateway whose binding was in doubt and that has been good for so long begins anew
 * @param apply how each plan is applied
 * @param onRun called after each run, on the reconciling thread
 */
public record ReconcileOptions(
        Duration every,
        Duration settle,
        Duration firstRetry,
        Duration lastRetry,
        ApplyOptions apply,
        Consumer<ReconcileRun> onRun) {
    public ReconcileOptions {
        Objects.requireNonNull(every, "every cannot be null");
        Objects.requireNonNull(settle, "settle cannot be null");
        Objects.requireNonNull(firstRetry, "firstRetry cannot be null");
        Objects.requireNonNull(lastRetry, "lastRetry cannot be null");
        Objects.requireNonNull(apply, "apply cannot be null");
        Objects.requireNonNull(onRun, "onRun cannot be null");
    }

    /** Every 30 s and 200 ms after a change; retries after 5 s, growing to 5 minutes; no mass change. */
    public static ReconcileOptions defaults() {
        return new ReconcileOptions(
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                ApplyOptions.defaults(),
                run -> {});
    }

    /** The same, looking this often. */
    public ReconcileOptions withEvery(Duration interval) {
        return new ReconcileOptions(interval, settle, firstRetry, lastRetry, apply, onRun);
    }

    /** The same with other waits before a gateway is tried again. */
    public ReconcileOptions withRetry(Duration first, Duration last) {
        return new ReconcileOptions(every, settle, first, last, apply, onRun);
    }

    /** The same, applying each plan so. */
    public ReconcileOptions withApply(ApplyOptions options) {
        return new ReconcileOptions(every, settle, firstRetry, lastRetry, options, onRun);
    }

    /** The same with a listener. */
    public ReconcileOptions withListener(Consumer<ReconcileRun> listener) {
        return new ReconcileOptions(every, settle, firstRetry, lastRetry, apply, listener);
    }
}
