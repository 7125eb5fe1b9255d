package io.github.ctigateway.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds events and snapshots into one status per gateway and node. Thread-safe.
 *
 * <p>It does not believe the order in which news arrives: within one Core-UUID an event that is not newer than the last one for its
 * gateway changes nothing; an event of an older FreeSWITCH run changes nothing, and a new run starts anew; a snapshot changes nothing
 * about a gateway that was heard of after the node was asked, and nothing at all after one that was asked for later; and when a name was
 * added again before its old gateway was deleted, as happens when a gateway is killed and started at once, the deletion leaves the new one
 * in place.
 *
 * <p>A gateway of which nothing but its addition is known counts as {@link RegistrationState#UNREGED}, and as
 * {@link RegistrationState#NOREG} once it has said nothing for three seconds, since one that registers would have. Listeners hear of
 * that with the node's next news.
 *
 * <p>Listeners are called after the fold and under no lock, one call at a time, in the order of the changes, on a thread that brings
 * news, though not always on the one that brought this. {@link StatusAlerts}, a listener itself, makes of the changes the few that
 * somebody should be told of.
 */
public final class StatusTracker {
    /** The window in which {@link GatewayStatus#flaps} are counted, unless another is given. */
    public static final Duration FLAP_WINDOW = Duration.ofMinutes(10);

    private final Consumer<StatusChange> onChange;
    private final Consumer<String> onSnapshotWanted;
    private final Duration flapWindow;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Deliveries deliveries = new Deliveries();
    private final Map<String, NodeView> nodes = new HashMap<>();

    private StatusTracker(Builder builder) {
        this.onChange = builder.onChange;
        this.onSnapshotWanted = builder.onSnapshotWanted;
        this.flapWindow = builder.flapWindow;
        this.clock = builder.clock;
    }

    /** A tracker that nobody listens to. */
    public static StatusTracker create() {
        return builder().build();
    }

    /** A tracker that tells its listener of every change. */
    public static StatusTracker create(Consumer<StatusChange> listener) {
        return builder().onChange(listener).build();
    }

    /** Begins a tracker. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes in an event. A snapshot of its node is wanted when it is the first of a run of FreeSWITCH, or tells of a deletion that may be of
     * the gateway or of an older one of its name.
     */
    public void accept(GatewayEvent event) {
        EventOrigin origin = event.origin();
        news(now -> {
            NodeView view = nodes.get(origin.node());
            boolean first = view == null || !view.coreUuid.equals(origin.coreUuid());
            if (view != null && first && view.isOlder(origin)) {
                return;
            }
            if (view == null || first) {
                view = began(view, origin.node(), origin.coreUuid(), origin.time());
                wantSnapshot(origin.node());
            }
            if (view.fold(event, now)) {
                wantSnapshot(origin.node());
            }
            view.settle(now);
        });
    }

    /**
     * Takes in everything that a node runs; what it does not run any more is gone.
     *
     * @param node the node
     * @param coreUuid the run of FreeSWITCH that was asked
     * @param gateways its gateways; a name that stands twice is one being removed and its successor
     * @param asked the time just before it was asked, by the tracker's clock
     */
    public void accept(String node, String coreUuid, Collection<ObservedGateway> gateways, Instant asked) {
        news(now -> {
            NodeView view = nodes.get(node);
            if (view != null && (view.isEarlierRun(coreUuid) || view.hasLaterSnapshot(asked, now))) {
                return;
            }
            if (view == null || !view.coreUuid.equals(coreUuid)) {
                view = began(view, node, coreUuid, asked);
            }
            view.replaceWith(gateways, asked, now);
            view.settle(now);
        });
    }

    /**
     * Tells that no node runs this gateway any more, though no event said so; as when what holds the statuses of all nodes was read again
     * and does not hold it. Its events until now change nothing if they come late; one that is newer brings it back.
     */
    public void gone(String gateway) {
        news(now -> nodes.values().forEach(view -> view.lose(gateway)));
    }

    /**
     * Events of this node were lost, or may have been: what is known of it is not {@link GatewayStatus#current} until more is heard, and
     * a snapshot of it is wanted.
     */
    public void gap(String node) {
        news(now -> {
            fallBehind(node, now);
            wantSnapshot(node);
        });
    }

    /** As {@link #gap}, of a node that cannot be asked now: no snapshot is wanted before its gap is told. */
    public void disconnected(String node) {
        news(now -> fallBehind(node, now));
    }

    /**
     * Tells what no event says: that a gateway does not register by its definition, so that it need not be silent for a while before it
     * counts as {@link RegistrationState#NOREG}. Changes nothing about one of which more than its addition is known.
     */
    public void doesNotRegister(String node, String gateway) {
        news(now -> {
            NodeView view = nodes.get(node);
            if (view != null) {
                view.settle(gateway, now);
            }
        });
    }

    /**
     * The gateways of a node that may be REGED for FreeSWITCH while their registrar has no binding of them: each came up beside an older one
     * of its name on the same profile that had not unregistered yet, as after {@code killgw} and {@code rescan} in a hurry, so that its
     * REGISTER may have gone out before the older one's un-REGISTER. It is in doubt until it registers anew or is gone.
     */
    public Set<String> bindingsInDoubt(String node) {
        lock.lock();
        try {
            NodeView view = nodes.get(node);
            return view == null ? Set.of() : view.bindingsInDoubt();
        } finally {
            lock.unlock();
        }
    }

    /** Every status, by gateway and then by node. */
    public List<GatewayStatus> statuses() {
        Instant now = clock.instant();
        lock.lock();
        try {
            return nodes.values().stream()
                    .flatMap(view -> view.statuses(now))
                    .sorted(Comparator.comparing(GatewayStatus::gateway).thenComparing(GatewayStatus::node))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The status of a gateway on a node. */
    public Optional<GatewayStatus> status(String node, String gateway) {
        Instant now = clock.instant();
        lock.lock();
        try {
            return Optional.ofNullable(nodes.get(node)).flatMap(view -> view.status(gateway, now));
        } finally {
            lock.unlock();
        }
    }

    private void news(Consumer<Instant> fold) {
        lock.lock();
        try {
            fold.accept(clock.instant());
        } finally {
            lock.unlock();
        }
        deliveries.deliver();
    }

    private NodeView began(@Nullable NodeView old, String node, String coreUuid, Instant time) {
        NodeView view = old == null
                ? new NodeView(
                        node, coreUuid, time, flapWindow, change -> deliveries.add(() -> onChange.accept(change)))
                : old.next(coreUuid, time);
        nodes.put(node, view);
        return view;
    }

    private void fallBehind(String node, Instant now) {
        NodeView view = nodes.get(node);
        if (view != null) {
            view.fallBehind(now);
        }
    }

    private void wantSnapshot(String node) {
        deliveries.add(() -> onSnapshotWanted.accept(node));
    }

    /** Collects what a tracker works with. Not thread-safe. */
    public static final class Builder {
        private Consumer<StatusChange> onChange = change -> {};
        private Consumer<String> onSnapshotWanted = node -> {};
        private Duration flapWindow = FLAP_WINDOW;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /**
         * Hears when a gateway comes or goes, and when its state, ping, profile, reason or address changes. Failures, flaps and whether it
         * is current change without being told.
         */
        public Builder onChange(Consumer<StatusChange> listener) {
            this.onChange = Objects.requireNonNull(listener, "listener cannot be null");
            return this;
        }

        /**
         * Is given the name of a node that events alone do not tell enough of; it should ask the node what it runs, now or soon, and hand
         * that to {@link StatusTracker#accept(String, String, Collection, Instant)}. Called like a listener.
         */
        public Builder onSnapshotWanted(Consumer<String> reader) {
            this.onSnapshotWanted = Objects.requireNonNull(reader, "reader cannot be null");
            return this;
        }

        /**
         * The window in which flaps are counted; {@link #FLAP_WINDOW} unless given.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder flapWindow(Duration window) {
            if (window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException("window must be positive, not " + window);
            }
            this.flapWindow = window;
            return this;
        }

        /** The clock of what is heard; the system's unless given. */
        public Builder clock(Clock newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock cannot be null");
            return this;
        }

        /** The tracker. */
        public StatusTracker build() {
            return new StatusTracker(this);
        }
    }
}
