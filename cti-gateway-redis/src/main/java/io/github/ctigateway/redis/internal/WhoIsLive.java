package io.github.ctigateway.redis.internal;

import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.LiveNames;
import io.github.ctigateway.status.StatusTracker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a deleted gateway is gone. What events say is not enough: an addition that nobody here heard of may stand before the
 * deletion. A node takes a gateway out of its memory before it fires {@code gateway_delete} (mod_sofia, sofia_reg_check_gateway), so
 * that what it shows after such an event is another gateway of that name. Not thread-safe but for {@link #consult}.
 */
final class WhoIsLive {
    private static final Logger log = LoggerFactory.getLogger(WhoIsLive.class);

    private final StatusTracker told = StatusTracker.create();
    private final Set<String> nodes = new HashSet<>();
    private final List<Supplier<LiveNames>> sources = new CopyOnWriteArrayList<>();
    private final List<LiveNames> answers = new ArrayList<>();
    private boolean silence;

    void consult(Supplier<LiveNames> source) {
        sources.add(source);
    }

    /** Asks all nodes when one of these events is a deletion; else forgets what they said. */
    void askAfter(List<GatewayEvent> events) {
        if (events.stream().anyMatch(GatewayEvent.Deleted.class::isInstance)) {
            ask();
        } else {
            answers.clear();
            silence = false;
        }
    }

    /** Asks all nodes; what they say counts until they are asked again. */
    private void ask() {
        answers.clear();
        silence = false;
        for (Supplier<LiveNames> source : sources) {
            try {
                answers.add(source.get());
            } catch (RuntimeException e) {
                silence = true;
                log.warn(
                        "A node could not say what it runs; of its deleted gateways the status stays: {}",
                        e.getMessage());
            }
        }
    }

    /** Asks all nodes, and says what each runs; nothing when one of them cannot be asked. */
    List<LiveNames> askAll() {
        ask();
        return silence ? List.of() : List.copyOf(answers);
    }

    void accept(GatewayEvent event) {
        told.accept(event);
        nodes.add(event.origin().node());
    }

    /** Whether the gateway of this event, its node's last one, is left on no node. */
    boolean isGone(GatewayEvent last) {
        String its = last.origin().node();
        Set<String> others = new HashSet<>(nodes);
        answers.forEach(answer -> others.add(answer.node()));
        others.remove(its);
        // One that cannot be asked may run it; what it left is looked for when it is back.
        return !silence
                && isGoneFromItsNode(last)
                && others.stream().noneMatch(node -> isOn(node, last.gateway(), false));
    }

    /** Whether the gateway of this event, its node's last one, is not left on that node. */
    boolean isGoneFromItsNode(GatewayEvent last) {
        return !isOn(last.origin().node(), last.gateway(), silence);
    }

    /** The node's own word counts more than what was heard of it, since an event may have been missed. */
    private boolean isOn(String node, String gateway, boolean inDoubt) {
        boolean on = inDoubt || told.status(node, gateway).isPresent();
        for (LiveNames answer : answers) {
            if (answer.node().equals(node)) {
                on = answer.gateways().contains(gateway);
            }
        }
        return on;
    }
}
