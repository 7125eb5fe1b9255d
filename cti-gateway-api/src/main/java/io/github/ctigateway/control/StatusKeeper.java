package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.LiveNames;
import io.github.ctigateway.status.ObservedGateway;
import io.github.ctigateway.status.StatusChange;
import io.github.ctigateway.status.StatusSink;
import io.github.ctigateway.status.StatusTracker;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the statuses of a node's gateways from its events, and hands the events on to the sinks, which it closes. Thread-safe. */
final class StatusKeeper implements SwitchListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusKeeper.class);

    private final GatewaySwitch node;
    private final List<StatusSink> sinks;
    private final Clock clock;
    private final StatusTracker tracker;
    private final GatewaySwitch.Subscription subscription;
    private volatile String nodeName = "";

    /**
     * Begins to listen and reads the statuses once.
     *
     * @throws SwitchException when the switch could not be read
     */
    StatusKeeper(GatewaySwitch node, List<StatusSink> sinks, Consumer<StatusChange> onChange, Clock clock) {
        this.node = node;
        this.sinks = List.copyOf(sinks);
        this.clock = clock;
        this.tracker = StatusTracker.builder()
                .clock(clock)
                .onChange(onChange)
                .onSnapshotWanted(name -> catchUp())
                .build();
        sinks.forEach(sink -> sink.consult(this::liveNames));
        this.subscription = node.subscribe(this);
        try {
            refresh();
        } catch (RuntimeException e) {
            subscription.close();
            throw e;
        }
    }

    private LiveNames liveNames() {
        return new LiveNames(
                node.identity().node(),
                node.live().stream().map(LiveGateway::name).collect(Collectors.toUnmodifiableSet()));
    }

    List<GatewayStatus> all() {
        return tracker.statuses();
    }

    /** Of such a gateway no event ever tells that it is as it should be. */
    void doesNotRegister(String gateway) {
        tracker.doesNotRegister(nodeName, gateway);
    }

    /**
     * Reads every gateway's status from the switch.
     *
     * @throws SwitchException when the switch could not be read
     */
    void refresh() {
        Instant asked = clock.instant();
        SwitchIdentity identity = node.identity();
        List<ObservedGateway> observed = node.live().stream()
                .map(live -> new ObservedGateway(live.name(), live.profile(), live.state(), live.ping()))
                .toList();
        nodeName = identity.node();
        tracker.accept(identity.node(), identity.coreUuid(), observed, asked);
    }

    /** Reads the statuses after events were lost, or before any came. */
    private void catchUp() {
        try {
            refresh();
        } catch (CtiGatewayException e) {
            log.warn("Events may be missing, and the statuses could not be read: {}", e.getMessage());
        }
    }

    @Override
    public void onEvent(GatewayEvent event) {
        tracker.accept(event);
        for (StatusSink sink : sinks) {
            try {
                sink.accept(event);
            } catch (CtiGatewayException e) {
                log.warn("A status sink did not take an event of gateway {}: {}", event.gateway(), e.getMessage());
            } catch (RuntimeException e) {
                // A defect of the application's: it must not keep the other sinks from being told.
                log.error("A status sink failed at an event of gateway {}", event.gateway(), e);
            }
        }
    }

    @Override
    public void onGap(String reason) {
        log.debug("The statuses are read again: {}", reason);
        tracker.gap(nodeName);
    }

    @Override
    public void onDisconnected() {
        tracker.disconnected(nodeName);
    }

    @Override
    public void close() {
        subscription.close();
        for (StatusSink sink : sinks) {
            try {
                sink.close();
            } catch (RuntimeException e) {
                log.error("A status sink could not be closed", e);
            }
        }
    }
}
