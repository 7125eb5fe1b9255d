package io.github.ctigateway.esl;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: the delay doubles from the first to the longest, and a random share of it is taken off, so that
 * many clients do not come back at once (FreeSWITCH's listen backlog is 5).
 *
 * @param first the longest wait before the first attempt
 * @param longest the cap
 * @param jitter the share that chance takes off, 0 to 1
 * @param enabled whether to try again at all
 */
public record ReconnectPolicy(Duration first, Duration longest, double jitter, boolean enabled) {
    private static final int MAX_DOUBLINGS = 30;

    public ReconnectPolicy {
        Objects.requireNonNull(first, "first cannot be null");
        Objects.requireNonNull(longest, "longest cannot be null");
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("first must not be negative and longest not shorter than first");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be 0 to 1");
        }
    }

    /** Half a second, doubling to half a minute, half of it by chance. */
    public static ReconnectPolicy standard() {
        return of(Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /** From {@code first}, doubling to {@code longest}, half of it by chance. */
    public static ReconnectPolicy of(Duration first, Duration longest) {
        return new ReconnectPolicy(first, longest, 0.5, true);
    }

    /** A lost connection stays lost until {@link EslClient#connect()} is called. */
    public static ReconnectPolicy never() {
        return new ReconnectPolicy(Duration.ZERO, Duration.ZERO, 0, false);
    }

    /**
     * The wait before an attempt.
     *
     * @param failures how many attempts in a row have failed; 0 right after the loss
     */
    public Duration delay(int failures, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures, 0), MAX_DOUBLINGS);
        long nanos = saturatedShift(first.toNanos(), doublings);
        nanos = Math.min(nanos, longest.toNanos());
        return Duration.ofNanos(nanos - (long) (nanos * jitter * random.nextDouble()));
    }

    private static long saturatedShift(long value, int bits) {
        return value > (Long.MAX_VALUE >> bits) ? Long.MAX_VALUE : value << bits;
    }
}
