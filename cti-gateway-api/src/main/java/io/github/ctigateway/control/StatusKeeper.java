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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the statuses of a node's gateways from its events, and hands the events on to the sinks, which it closes. Thread-safe. */
final class StatusKeeper implements SwitchListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StatusKeeper.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final GatewaySwitch node;
    private final List<StatusSink> sinks;
    private final Clock clock;
    private final StatusTracker tracker;
    private final GatewaySwitch.Subscription subscription;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean retrying = new AtomicBoolean();
    private volatile String nodeName = "";
    private volatile boolean connected = true;
    private volatile boolean closed;

    /** Before the statuses are read again. */
    private volatile Duration pause = FIRST_PAUSE;

    /**
     * Begins to listen and reads the statuses once.
     *
     * @param timer where statuses are read again later; the keeper's own from now on
     * @throws SwitchException when the switch could not be read
     */
    StatusKeeper(
            GatewaySwitch node,
            List<StatusSink> sinks,
            Consumer<StatusChange> onChange,
            Clock clock,
            ScheduledExecutorService timer) {
        this.node = node;
        this.sinks = List.copyOf(sinks);
        this.clock = clock;
        this.timer = timer;
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
            end();
            throw e;
        }
        tellGap();
    }

    /** A timer whose thread starts when it is needed. What is asked of it after its end is not done. */
    static ScheduledExecutorService timer(String profile) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread thread = new Thread(work, "cti-gateway-status-" + profile);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    private LiveNames liveNames() {
        return new LiveNames(node.identity().node(), node.namesOnAllProfiles());
    }

    List<GatewayStatus> all() {
        return tracker.statuses();
    }

    /** As {@link StatusTracker#bindingsInDoubt}. */
    Set<String> bindingsInDoubt() {
        return tracker.bindingsInDoubt(nodeName);
    }

    /**
     * Looks at the switch when a binding is in doubt, which ends those doubts that come of nothing but a late event. Calls listeners.
     *
     * @throws SwitchException when the switch could not be read
     */
    void confirmDoubts() {
        if (!bindingsInDoubt().isEmpty()) {
            refresh();
        }
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
        List<ObservedGateway> observed =
                node.live().stream().map(LiveGateway::observed).toList();
        nodeName = identity.node();
        tracker.accept(identity.node(), identity.coreUuid(), observed, asked);
    }

    /**
     * Reads the statuses after events were lost, or before any came; when that fails again after a while. A lost connection ends in a gap
     * of its own.
     */
    private void catchUp() {
        try {
            refresh();
            pause = FIRST_PAUSE;
        } catch (CtiGatewayException e) {
            log.warn("Events may be missing, and the statuses could not be read: {}", e.getMessage());
            later();
        } catch (RuntimeException e) {
            // A defect of ours or of an adapter: the statuses must not stay old for it.
            log.error("Events may be missing, and reading the statuses failed", e);
            later();
        }
    }

    private void later() {
        if (!closed && retrying.compareAndSet(false, true)) {
            // It logs what goes wrong, so there is nothing that this could tell.
            Future<?> unused = timer.schedule(this::retry, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void retry() {
        retrying.set(false);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        if (connected && !closed) {
            catchUp();
        }
    }

    @Override
    public void onEvent(GatewayEvent event) {
        tracker.accept(event);
        forEachSink("an event of gateway " + event.gateway(), sink -> sink.accept(event));
    }

    @Override
    public void onGap(String reason) {
        log.debug("The statuses are read again: {}", reason);
        connected = true;
        tracker.gap(nodeName);
        tellGap();
    }

    private void tellGap() {
        forEachSink("missed events", StatusSink::gap);
    }

    private void forEachSink(String what, Consumer<StatusSink> call) {
        for (StatusSink sink : sinks) {
            try {
                call.accept(sink);
            } catch (CtiGatewayException e) {
                log.warn("A status sink did not take {}: {}", what, e.getMessage());
            } catch (RuntimeException e) {
                // A defect of the application's: it must not keep the other sinks from being told.
                log.error("A status sink failed at {}", what, e);
            }
        }
    }

    @Override
    public void onDisconnected() {
        connected = false;
        tracker.disconnected(nodeName);
    }

    @Override
    public void close() {
        end();
        for (StatusSink sink : sinks) {
            try {
                sink.close();
            } catch (RuntimeException e) {
                log.error("A status sink could not be closed", e);
            }
        }
    }

    private void end() {
        closed = true;
        timer.shutdown();
        subscription.close();
    }
}
