package io.github.ctigateway.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When each gateway may be tried again that something had to be done about, longer after each time. Used by one thread. */
final class RetryClock {
    private final Duration first;
    private final Duration last;
    private final Map<String, Wait> waits = new HashMap<>();

    RetryClock(Duration first, Duration last) {
        this.first = first;
        this.last = last;
    }

    /** Whether it may be tried now. It may, too, when more is left of its wait than the whole of it: the clock was put back. */
    boolean isDue(String gateway, Instant now) {
        Wait wait = waits.get(gateway);
        return wait == null
                || !now.isBefore(wait.until)
                || Duration.between(now, wait.until).compareTo(wait.length) > 0;
    }

    /** Something had to be done about it now: it waits, and twice as long as the last time. */
    void waitLonger(String gateway, Instant now) {
        Wait before = waits.get(gateway);
        Duration wait = before == null ? first : min(before.length.multipliedBy(2), last);
        waits.put(gateway, new Wait(now.plus(wait), wait));
    }

    void succeeded(String gateway) {
        waits.remove(gateway);
    }

    /** Forgets each gateway but these whose wait has been over for as long as the longest wait: it has stayed good. */
    void forgetRested(Set<String> but, Instant now) {
        waits.entrySet()
                .removeIf(wait -> !but.contains(wait.getKey())
                        && !now.isBefore(wait.getValue().until.plus(last)));
    }

    /** Somebody changed these gateways: what failed before says nothing about them now. */
    void forget(Set<String> gateways) {
        waits.keySet().removeAll(gateways);
    }

    /** These are the only gateways that still differ: the others need no retry any more. */
    void keepOnly(Set<String> gateways) {
        waits.keySet().retainAll(gateways);
    }

    /**
     * The next moment at which a wait ends.
     *
     * @param looked the last look at which those that were due were tried; whose wait was over then and who was not tried waits for
     *     something else than time
     */
    Optional<Instant> nextAfter(Instant looked) {
        return waits.values().stream()
                .map(Wait::until)
                .filter(until -> until.isAfter(looked))
                .min(Instant::compareTo);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private record Wait(Instant until, Duration length) {}
}
