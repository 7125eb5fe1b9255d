package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.model.Gateway;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an apply makes readable to FreeSWITCH, before it kills anything: whoever else has FreeSWITCH read its XML from then on, by a rescan
 * or a restart, brings up what is wanted. Used by the applying thread.
 */
final class ApplyPublication {
    private static final Logger log = LoggerFactory.getLogger(ApplyPublication.class);

    private final GatewayPublisher publisher;
    private final Map<String, Gateway> definitions;
    private Map<String, String> clashes = Map.of();

    /** What a plan wants, but of gateways whose change is held back what is published already: a start would take them in. */
    ApplyPublication(Plan plan, GatewayPublisher publisher) {
        this.publisher = publisher;
        this.definitions = new TreeMap<>(plan.wanted());
        for (PlanItem item : plan.items()) {
            if (plan.isHeld(item.gateway())) {
                definitions.remove(item.gateway());
                publisher.published(item.gateway()).ifPresent(before -> definitions.put(item.gateway(), before));
            }
        }
    }

    int size() {
        return definitions.size();
    }

    /**
     * Makes it readable.
     *
     * @param pending the names that the next start is for
     * @throws PublisherException when that failed; each definition is then as before or as wanted
     */
    void publish(Set<String> pending) {
        clashes = publisher.publish(definitions.values(), pending).clashes();
    }

    /** Takes back those of these that may not be started: a start would bring them up beside what is still going down. */
    void withhold(Set<String> wanted, Set<String> startable) {
        definitions.keySet().removeIf(name -> wanted.contains(name) && !startable.contains(name));
        try {
            publisher.publish(definitions.values(), startable);
        } catch (CtiGatewayException e) {
            // The others are down because of us: one started too early does less harm than all of them left down.
            log.warn("Gateways that did not go are started beside themselves: {}", e.getMessage());
        } catch (RuntimeException e) {
            // The same for a defect of the publisher's.
            log.error("Gateways that did not go are started beside themselves", e);
        }
    }

    /** Gateways of ours that somebody else defines too, with where. */
    Map<String, String> clashes() {
        return clashes;
    }
}
