package io.github.ctigateway.control;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** When each gateway that could not be brought to what is wanted may be tried again. Used by one thread. */
final class RetryClock {
    private final Duration first;
    private final Duration last;
    private final Map<String, Wait> waits = new HashMap<>();

    RetryClock(Duration first, Duration last) {
        this.first = first;
        this.last = last;
    }

    /** One whose wait would last longer than it was set for is due, too: the clock was put back. */
    boolean isDue(String gateway, Instant now) {
        Wait wait = waits.get(gateway);
        return wait == null
                || !now.isBefore(wait.until)
                || Duration.between(now, wait.until).compareTo(wait.length) > 0;
    }

    /** Doubles the gateway's wait. */
    void failed(String gateway, Instant now) {
        Wait before = waits.get(gateway);
        Duration wait = before == null ? first : min(before.length.multipliedBy(2), last);
        waits.put(gateway, new Wait(now.plus(wait), wait));
    }

    void succeeded(String gateway) {
        waits.remove(gateway);
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
     * The next moment at which a gateway may be tried again.
     *
     * @param looked when it was last looked for gateways that are due: one that was due then and was not tried waits for something else
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
