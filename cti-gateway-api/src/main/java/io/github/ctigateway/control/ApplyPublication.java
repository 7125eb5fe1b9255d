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
    private boolean whole = true;
    private boolean forStart = true;

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

    /**
     * Makes ready what the next start reads, if it is not: all but what is still going down, which a start would bring up beside itself.
     *
     * @param pending the names that the start is for
     */
    void prepareStart(Set<String> stillGoing, Set<String> pending) {
        if (stillGoing.isEmpty() && forStart) {
            return;
        }
        Map<String, Gateway> rest = new TreeMap<>(definitions);
        rest.keySet().removeAll(stillGoing);
        forStart = true;
        whole = false;
        try {
            publisher.publish(rest.values(), pending);
        } catch (CtiGatewayException e) {
            // The others are down because of us: one started too early does less harm than all of them left down.
            log.warn("Gateways that did not go are started beside themselves: {}", e.getMessage());
        } catch (RuntimeException e) {
            // The same for a defect of the publisher's.
            log.error("Gateways that did not go are started beside themselves", e);
        }
    }

    /** Whether all that is wanted is readable. */
    boolean isWhole() {
        return whole;
    }

    /** Makes all that is wanted readable after a start for which some of it was not: FreeSWITCH may restart before the next apply. */
    void makeWhole() {
        forStart = false;
        // An interrupted thread cannot write; and after an interrupt, as by Ctrl-C, there may be no next apply.
        boolean interrupted = Thread.interrupted();
        try {
            publisher.publish(definitions.values(), Set.of());
            whole = true;
        } catch (CtiGatewayException e) {
            log.warn("Gateways that did not go are not readable until the next plan is applied: {}", e.getMessage());
        } catch (RuntimeException e) {
            // A defect of the publisher's: it must not hide how the apply went.
            log.error("Gateways that did not go are not readable until the next plan is applied", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gateways of ours that somebody else defines too, with where. */
    Map<String, String> clashes() {
        return clashes;
    }
}
