package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.model.Gateway;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an apply makes readable to FreeSWITCH: prepared before anything is killed, and readable before anything is started. In between it
 * costs nothing, for killed gateways take a second to go. Used by the applying thread.
 */
final class ApplyPublication implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ApplyPublication.class);

    private final GatewayPublisher publisher;
    private final Map<String, Gateway> definitions;
    private final GatewayPublisher.Staged staged;
    private boolean published;
    private Map<String, String> clashes = Map.of();
    private @Nullable String failure;

    private ApplyPublication(
            GatewayPublisher publisher, Map<String, Gateway> definitions, GatewayPublisher.Staged staged) {
        this.publisher = publisher;
        this.definitions = definitions;
        this.staged = staged;
    }

    /**
     * Prepares what a plan wants, but of gateways whose change is held back what is published already: a start would take them in.
     *
     * @throws PublisherException when it cannot be made readable
     */
    static ApplyPublication prepare(Plan plan, GatewayPublisher publisher, Set<String> pending) {
        Map<String, Gateway> definitions = new TreeMap<>(plan.wanted());
        for (PlanItem item : plan.items()) {
            if (plan.isHeld(item.gateway())) {
                definitions.remove(item.gateway());
                publisher.published(item.gateway()).ifPresent(before -> definitions.put(item.gateway(), before));
            }
        }
        return new ApplyPublication(publisher, definitions, publisher.stage(definitions.values(), pending));
    }

    int size() {
        return definitions.size();
    }

    /**
     * Makes it readable; does nothing when called again, also after a failure.
     *
     * @throws PublisherException when that failed; each definition is then as before or as wanted
     */
    void publish() {
        if (!published) {
            published = true;
            clashes = staged.publish().clashes();
        }
    }

    /** As {@link #publish}, when gateways are down because of us: whatever can be read then must be started all the same. */
    void publishWhileDown() {
        try {
            publish();
        } catch (CtiGatewayException e) {
            failed(e);
            log.warn("What was killed is started from what can be read: {}", failure);
        } catch (RuntimeException e) {
            // A defect of the publisher's: it must not leave what was killed down.
            failed(e);
            log.error("What was killed is started from what can be read", e);
        }
    }

    private void failed(RuntimeException e) {
        failure = e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Why FreeSWITCH can still read the definition of a gateway that was to go: it would take it in again. */
    Optional<String> whyStillReadable(String gateway) {
        if (failure == null) {
            return Optional.empty();
        }
        try {
            return publisher
                    .published(gateway)
                    .map(left -> "it is gone, but FreeSWITCH can still read its definition: " + failure);
        } catch (CtiGatewayException e) {
            return Optional.of(
                    "it is gone, but whether FreeSWITCH can still read its definition is not known: " + failure);
        }
    }

    /** Takes back those of these that may not be started: a start would bring them up beside what is still going down. */
    void withhold(Set<String> wanted, Set<String> startable) {
        definitions.keySet().removeIf(name -> wanted.contains(name) && !startable.contains(name));
        try {
            publisher.publish(definitions.values(), startable);
        } catch (PublisherException e) {
            // The others are down because of us: one started too early does less harm than all of them left down.
            log.warn("Gateways that did not go are started beside themselves: {}", e.getMessage());
        }
    }

    /** Gateways of ours that somebody else defines too, with where. */
    Map<String, String> clashes() {
        return clashes;
    }

    /** Why not all of it could be made readable. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        staged.close();
    }
}
