package io.github.ctigateway.control;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a plan is applied. Immutable.
 *
 * @param allowMassChange whether more than {@link #MASS_SHARE} of the live gateways, and more than {@link #MASS_COUNT}, may be
 *     killed, and whether a plan with warnings may kill
 * @param pace when the new definition of a replaced gateway is started
 * @param removalTimeout how long killed gateways are awaited while none of them goes; two or three ticks of a second are usual
 * @param readBackTimeout how long started gateways are awaited
 * @param registrationTimeout how long registrations are awaited while none of them ends; those left are TimedOut, and FreeSWITCH goes on
 *     trying
 * @param reconnectTimeout how long a switch that is lost on the way is awaited, all its absences together, before what is not through
 *     ends as Unknown; zero gives up at once
 * @param onProgress called on the applying thread
 */
public record ApplyOptions(
        boolean allowMassChange,
        ReplacePace pace,
        Duration removalTimeout,
        Duration readBackTimeout,
        Duration registrationTimeout,
        Duration reconnectTimeout,
        Consumer<ApplyProgress> onProgress) {
    /** Killing up to this many gateways is never a mass change. */
    public static final int MASS_COUNT = 5;

    /** Killing up to this share of the live gateways is never a mass change. */
    public static final double MASS_SHARE = 0.30;

    public ApplyOptions {
        Objects.requireNonNull(pace, "pace cannot be null");
        Objects.requireNonNull(removalTimeout, "removalTimeout cannot be null");
        Objects.requireNonNull(readBackTimeout, "readBackTimeout cannot be null");
        Objects.requireNonNull(registrationTimeout, "registrationTimeout cannot be null");
        Objects.requireNonNull(reconnectTimeout, "reconnectTimeout cannot be null");
        Objects.requireNonNull(onProgress, "onProgress cannot be null");
    }

    /**
     * No mass change; waits for each deletion; 30 s for removals, 3 s for read-backs, 15 s for registrations, 30 s for a switch that is
     * lost.
     */
    public static ApplyOptions defaults() {
        return new ApplyOptions(
                false,
                ReplacePace.VERIFIED,
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                progress -> {});
    }

    /** The same, but a mass change is allowed or not. */
    public ApplyOptions withMassChange(boolean allowed) {
        return new ApplyOptions(
                allowed, pace, removalTimeout, readBackTimeout, registrationTimeout, reconnectTimeout, onProgress);
    }

    /** The same at another pace. */
    public ApplyOptions withPace(ReplacePace newPace) {
        return new ApplyOptions(
                allowMassChange,
                newPace,
                removalTimeout,
                readBackTimeout,
                registrationTimeout,
                reconnectTimeout,
                onProgress);
    }

    /** The same with another wait for registrations. */
    public ApplyOptions withRegistrationTimeout(Duration timeout) {
        return new ApplyOptions(
                allowMassChange, pace, removalTimeout, readBackTimeout, timeout, reconnectTimeout, onProgress);
    }

    /** The same with another wait for removals. */
    public ApplyOptions withRemovalTimeout(Duration timeout) {
        return new ApplyOptions(
                allowMassChange, pace, timeout, readBackTimeout, registrationTimeout, reconnectTimeout, onProgress);
    }

    /** The same with another wait for read-backs. */
    public ApplyOptions withReadBackTimeout(Duration timeout) {
        return new ApplyOptions(
                allowMassChange, pace, removalTimeout, timeout, registrationTimeout, reconnectTimeout, onProgress);
    }

    /** The same with another wait for a switch that is lost. */
    public ApplyOptions withReconnectTimeout(Duration timeout) {
        return new ApplyOptions(
                allowMassChange, pace, removalTimeout, readBackTimeout, registrationTimeout, timeout, onProgress);
    }

    /** The same with a listener for progress. */
    public ApplyOptions withProgress(Consumer<ApplyProgress> listener) {
        return new ApplyOptions(
                allowMassChange,
                pace,
                removalTimeout,
                readBackTimeout,
                registrationTimeout,
                reconnectTimeout,
                listener);
    }
}
