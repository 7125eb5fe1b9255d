package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayPlacement;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.LiveNames;
import io.github.ctigateway.status.ObservedGateway;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.StatusChange;
import io.github.ctigateway.status.StatusSink;
import io.github.ctigateway.status.StatusTracker;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one profile of one FreeSWITCH node run what a store says, proves it, and keeps the status of its gateways.
 *
 * <p>Thread-safe; one plan is applied at a time. The store and the switch are the caller's to close; the publisher and the sinks belong
 * to the controller and are closed with it.
 */
public final class GatewayController implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GatewayController.class);

    /** Up to so many gateways are asked for one by one; for more of them the whole list costs the switch less. */
    private static final int FEW = 1000;

    private final GatewayStore store;
    private final GatewaySwitch node;
    private final GatewayPublisher publisher;
    private final List<StatusSink> sinks;
    private final Clock clock;
    private final BooleanSupplier authority;
    private final Ownership ownership;
    private final GatewayStamp stamp;
    private final Planner planner;
    private final StatusTracker tracker;
    private final ReentrantLock applying = new ReentrantLock(true);
    private final GatewaySwitch.Subscription subscription;
    private final AtomicReference<@Nullable Reconciler> reconciler = new AtomicReference<>();

    private GatewayController(Builder builder, GatewayPublisher publisher) {
        this.store = builder.store;
        this.node = builder.node;
        this.publisher = publisher;
        this.sinks = List.copyOf(builder.sinks);
        this.clock = builder.clock;
        this.authority = builder.authority;
        this.ownership = builder.ownership;
        this.stamp = GatewayStamp.under(store.stampSecret());
        this.planner = new Planner(stamp, GatewayValidator.create());
        this.tracker = StatusTracker.create(change -> tell(builder.onStatus, change));
        sinks.forEach(sink -> sink.consult(() -> liveNames(node)));
        this.subscription = node.subscribe(new Listener());
        try {
            refreshStatuses();
        } catch (SwitchException e) {
            subscription.close();
            throw e;
        }
    }

    private static LiveNames liveNames(GatewaySwitch node) {
        return new LiveNames(
                node.identity().node(),
                node.live().stream().map(LiveGateway::name).collect(Collectors.toUnmodifiableSet()));
    }

    /** A listener that throws must not keep the statuses from being folded, nor the sinks from being told. */
    private static void tell(Consumer<StatusChange> listener, StatusChange change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            log.warn("The status listener failed at {}", change, e);
        }
    }

    /** Starts a controller of what this store wants on this node. */
    public static Builder builder(GatewayStore store, GatewaySwitch node) {
        return new Builder(store, node);
    }

    /**
     * Compares the store with the switch. Changes nothing.
     *
     * @throws io.github.ctigateway.store.StoreException when the store could not be read: nothing is taken for "remove everything"
     * @throws SwitchException when the switch could not be read
     */
    public Plan plan() {
        Plan plan = plan(name -> true);
        return notOurDirectory(plan)
                .map(warning -> plan.withWarnings(List.of(warning)))
                .orElse(plan);
    }

    /**
     * A publisher that should remember what it published, and remembers none of the gateways of ours that are live, is very likely pointed
     * to a place that FreeSWITCH does not read: killing would take gateways down and bring nothing up.
     */
    private Optional<String> notOurDirectory(Plan plan) {
        if (!publisher.outlivesProcess()) {
            return Optional.empty();
        }
        List<String> ours = plan.liveStamps().entrySet().stream()
                .filter(entry -> stamp.isOurs(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        boolean remembered =
                ours.stream().anyMatch(name -> publisher.published(name).isPresent());
        return ours.isEmpty() || remembered
                ? Optional.empty()
                : Optional.of("none of the " + ours.size() + " live gateways of this store is published in " + publisher
                        + ": is that what profile " + node.profile() + " reads?");
    }

    /**
     * A new plan for these gateways. Few of them are asked for one by one, so that what it costs does not depend on how many the switch
     * has; of those whose stamp can still be read nothing else is needed.
     */
    private Plan planAgain(Plan before, Set<String> names) {
        if (names.size() > FEW) {
            return plan(names::contains);
        }
        SwitchIdentity identity = node.identity();
        StoreSnapshot whole = store.snapshot();
        Map<String, String> stamps = node.variables(names, GatewayValidator.STAMP_VARIABLE);
        Set<String> unstamped = new HashSet<>(names);
        unstamped.removeAll(stamps.keySet());
        List<LiveGateway> live = new ArrayList<>(unstamped.isEmpty() ? List.of() : node.find(unstamped));
        for (String name : stamps.keySet()) {
            RegistrationState state = before.item(name).map(PlanItem::liveState).orElse(RegistrationState.UNKNOWN);
            live.add(new LiveGateway(name, node.profile(), state, PingStatus.UNKNOWN, Map.of()));
        }
        Set<String> here = live.stream()
                .filter(gateway -> gateway.profile().equals(node.profile()))
                .map(LiveGateway::name)
                .collect(Collectors.toCollection(HashSet::new));
        unstamped.retainAll(here);
        unstamped.removeAll(node.present(unstamped));
        return planner.plan(new PlannerInput(
                identity,
                node.profile(),
                whole.only(names::contains),
                live,
                stamps,
                unstamped,
                publisher.definedElsewhere(),
                ownedElsewhere(whole, identity.node(), here),
                name -> Optional.empty()));
    }

    private Plan plan(Predicate<String> concerned) {
        SwitchIdentity identity = node.identity();
        StoreSnapshot whole = store.snapshot();
        StoreSnapshot snapshot = whole.only(concerned);
        List<LiveGateway> live = node.live().stream()
                .filter(gateway -> concerned.test(gateway.name()))
                .toList();
        Set<String> here = new HashSet<>();
        live.stream()
                .filter(gateway -> gateway.profile().equals(node.profile()))
                .forEach(gateway -> here.add(gateway.name()));
        Map<String, String> stamps = node.variables(here, GatewayValidator.STAMP_VARIABLE);
        Set<String> removing = new HashSet<>(here);
        removing.removeAll(stamps.keySet());
        removing.removeAll(node.present(removing));
        return planner.plan(new PlannerInput(
                identity,
                node.profile(),
                snapshot,
                live,
                stamps,
                removing,
                publisher.definedElsewhere(),
                ownedElsewhere(whole, identity.node(), here),
                publisher::published));
    }

    /** Of all that only one node may run and this one could: claims are kept for all of them, whatever the plan is about. */
    private Set<String> ownedElsewhere(StoreSnapshot whole, String switchname, Set<String> live) {
        Set<String> shared = new HashSet<>();
        for (StoredGateway stored : whole.gateways().values()) {
            Gateway gateway = stored.gateway();
            boolean placed = !gateway.additionalMembers().isEmpty()
                    && GatewayPlacement.malformed(gateway).isEmpty();
            if (placed && gateway.placement().oneNode() && gateway.placement().allows(switchname)) {
                shared.add(gateway.name());
            }
        }
        Set<String> liveHere = new HashSet<>(shared);
        liveHere.retainAll(live);
        shared.removeAll(ownership.owned(Set.copyOf(shared), liveHere));
        return shared;
    }

    /** Applies a plan with {@link ApplyOptions#defaults()}. */
    public ApplyResult apply(Plan plan) {
        return apply(plan, ApplyOptions.defaults());
    }

    /**
     * Applies a plan and waits until every gateway has its outcome. What changed since the plan was made and is not in it
     * stays for the next plan.
     *
     * <p>When the switch is lost on the way it is awaited ({@link ApplyOptions#reconnectTimeout}), and what is left is done as long as the
     * store still wants the same. Otherwise the gateways that were not through end as {@link Outcome.Unknown}: plan again. Gateways that
     * were killed and not seen to run again are named in the log as a warning.
     *
     * @throws StalePlanException when the store or the switch changed meanwhile in what the plan touches; nothing is sent
     * @throws MassChangeException when it would kill too many gateways and the options do not allow it; nothing is sent
     * @throws DoubtfulPlanException when it has warnings, would kill, and the options do not allow a mass change; nothing is sent
     * @throws NoAuthorityException when this controller is not in charge of the node ({@link Builder#authority}) before something would be
     *     published, killed or started; nothing more is sent
     * @throws PublisherException when definitions could not be published; nothing is sent to the switch
     * @throws ApplyInterruptedException when the thread was interrupted; its interrupt flag is set, and the exception names what is down
     */
    public ApplyResult apply(Plan plan, ApplyOptions options) {
        applying.lock();
        try {
            Set<String> touched = new TreeSet<>();
            plan.changes().forEach(item -> touched.add(item.gateway()));
            Plan fresh = planAgain(plan, touched);
            List<String> stale =
                    touched.stream().filter(name -> !plan.sameFor(name, fresh)).toList();
            if (!stale.isEmpty()) {
                throw new StalePlanException(stale);
            }
            guardMassChange(plan, options);
            guardWarnings(plan, options);
            return new ApplyRun(plan, names -> planAgain(plan, names), node, publisher, authority, options).run();
        } finally {
            applying.unlock();
        }
    }

    private static void guardWarnings(Plan plan, ApplyOptions options) {
        boolean kills = plan.changes().stream().anyMatch(item -> item.action() != Action.CREATE);
        if (kills && !plan.warnings().isEmpty() && !options.allowMassChange()) {
            throw new DoubtfulPlanException(plan.warnings());
        }
    }

    private static void guardMassChange(Plan plan, ApplyOptions options) {
        int kills = Math.toIntExact(plan.changes().stream()
                .filter(item -> item.action() != Action.CREATE)
                .count());
        boolean mass = kills > ApplyOptions.MASS_COUNT && kills > ApplyOptions.MASS_SHARE * plan.liveCount();
        if (mass && !options.allowMassChange()) {
            throw new MassChangeException(kills, plan.liveCount());
        }
    }

    /**
     * Keeps the node as the store says until this controller is closed: plans and applies at once, after every change of the store,
     * after the switch was away or restarted, when somebody deletes a gateway, and every so often. Gateways that fail are tried again,
     * each on its own clock.
     *
     * @throws IllegalStateException when it was started before
     */
    public void start(ReconcileOptions options) {
        Reconciler fresh = new Reconciler(this, store, node, options, clock);
        if (!reconciler.compareAndSet(null, fresh)) {
            fresh.close();
            throw new IllegalStateException("This controller reconciles already");
        }
        fresh.start();
    }

    /** Has a controller that was started look again soon, as after a change of the store. Does nothing when it was not started. */
    public void reconcileSoon() {
        Reconciler running = reconciler.get();
        if (running != null) {
            running.wake();
        }
    }

    /** What is known now of every gateway of the node, on all its profiles. */
    public List<GatewayStatus> statuses() {
        return tracker.statuses();
    }

    /**
     * Reads every gateway's status from the switch.
     *
     * @throws SwitchException when the switch could not be read
     */
    public void refreshStatuses() {
        SwitchIdentity identity = node.identity();
        List<ObservedGateway> observed = node.live().stream()
                .map(live -> new ObservedGateway(live.name(), live.profile(), live.state(), live.ping()))
                .toList();
        tracker.accept(identity.node(), identity.coreUuid(), observed, clock.instant());
    }

    /**
     * Ends reconciling after the run that is under way, stops listening, and closes the publisher and the sinks. Gateways stay as they
     * are.
     */
    @Override
    public void close() {
        Reconciler running = reconciler.get();
        if (running != null) {
            running.close();
        }
        subscription.close();
        publisher.close();
        sinks.forEach(StatusSink::close);
    }

    private final class Listener implements SwitchListener {
        @Override
        public void onEvent(GatewayEvent event) {
            tracker.accept(event);
            for (StatusSink sink : sinks) {
                try {
                    sink.accept(event);
                } catch (CtiGatewayException e) {
                    log.warn("A status sink did not take an event of gateway {}: {}", event.gateway(), e.getMessage());
                }
            }
        }

        @Override
        public void onGap(String reason) {
            try {
                refreshStatuses();
            } catch (CtiGatewayException e) {
                log.warn("After a gap ({}) the statuses could not be read: {}", reason, e.getMessage());
            }
        }
    }

    /** Collects a controller's parts. Not thread-safe. */
    public static final class Builder {
        private final GatewayStore store;
        private final GatewaySwitch node;
        private final List<StatusSink> sinks = new ArrayList<>();
        private @Nullable GatewayPublisher publisher;
        private Consumer<StatusChange> onStatus = change -> {};
        private Clock clock = Clock.systemUTC();
        private BooleanSupplier authority = () -> true;
        private Ownership ownership = Ownership.ALL;

        private Builder(GatewayStore store, GatewaySwitch node) {
            this.store = Objects.requireNonNull(store, "store cannot be null");
            this.node = Objects.requireNonNull(node, "node cannot be null");
        }

        /** How definitions are made readable to FreeSWITCH; needed. The controller closes it. */
        public Builder publisher(GatewayPublisher gatewayPublisher) {
            this.publisher = Objects.requireNonNull(gatewayPublisher, "gatewayPublisher cannot be null");
            return this;
        }

        /** Hears of every change of a status, on the switch's thread. */
        public Builder onStatus(Consumer<StatusChange> listener) {
            this.onStatus = Objects.requireNonNull(listener, "listener cannot be null");
            return this;
        }

        /** Takes every gateway event somewhere; several may be given. The controller closes it. */
        public Builder sink(StatusSink sink) {
            sinks.add(Objects.requireNonNull(sink, "sink cannot be null"));
            return this;
        }

        /** The clock of snapshots; the system's unless given. */
        public Builder clock(Clock newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock cannot be null");
            return this;
        }

        /**
         * Says whether this controller is in charge of the node at this moment; asked before each step that changes anything. Always,
         * unless given.
         */
        public Builder authority(BooleanSupplier inCharge) {
            this.authority = Objects.requireNonNull(inCharge, "inCharge cannot be null");
            return this;
        }

        /** Says which of the gateways that only one node may run are this node's; all of them unless given. */
        public Builder ownership(Ownership newOwnership) {
            this.ownership = Objects.requireNonNull(newOwnership, "newOwnership cannot be null");
            return this;
        }

        /**
         * Begins to listen and reads the statuses once.
         *
         * @throws IllegalStateException without a publisher
         * @throws SwitchException when the switch could not be read
         * @throws io.github.ctigateway.store.StoreException when the store's secret could not be read
         */
        public GatewayController build() {
            if (publisher == null) {
                throw new IllegalStateException("publisher(…) is needed: say how FreeSWITCH reads the definitions");
            }
            return new GatewayController(this, publisher);
        }
    }
}
