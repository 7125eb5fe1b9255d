package io.github.ctigateway.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The gateways of which nothing but their addition is known: whether they register is not said yet. Guarded by the tracker's lock. */
final class SilentGateways {
    /**
     * A gateway that registers says so on one of the first ticks after it was added, one a second; one that does not register says
     * nothing more.
     */
    private static final Duration OF_NOREG = Duration.ofSeconds(3);

    /** When each was added, the first in front. */
    private final Map<String, Instant> additions = new LinkedHashMap<>();

    /** Whether one that was added then and has said nothing until now does not register. */
    private static boolean isOfNoreg(Instant added, Instant now) {
        return Duration.between(added, now).compareTo(OF_NOREG) >= 0;
    }

    /** This one was added; false when its silence is over already, so that it does not register. */
    boolean added(String gateway, Instant added, Instant now) {
        additions.remove(gateway);
        if (isOfNoreg(added, now)) {
            return false;
        }
        additions.put(gateway, added);
        return true;
    }

    /** Forgets this one; whether only its addition was known. */
    boolean forget(String gateway) {
        return additions.remove(gateway) != null;
    }

    /** Whether it has been silent for so long that it does not register. */
    boolean doesNotRegister(String gateway, Instant now) {
        Instant added = additions.get(gateway);
        return added != null && isOfNoreg(added, now);
    }

    /** Takes out those that have been silent for so long that they do not register. */
    List<String> takeNotRegistering(Instant now) {
        List<String> over = new ArrayList<>();
        Iterator<Map.Entry<String, Instant>> next = additions.entrySet().iterator();
        while (next.hasNext()) {
            Map.Entry<String, Instant> addition = next.next();
            if (!isOfNoreg(addition.getValue(), now)) {
                break;
            }
            next.remove();
            over.add(addition.getKey());
        }
        return over;
    }
}
