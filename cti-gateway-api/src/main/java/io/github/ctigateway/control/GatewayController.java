package io.github.ctigateway.control;

import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.StatusChange;
import io.github.ctigateway.status.StatusSink;
import io.github.ctigateway.status.StatusTracker;
import io.github.ctigateway.store.GatewayStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes one profile of one FreeSWITCH node run what a store says, proves it, and keeps the status of its gateways.
 *
 * <p>Thread-safe; one plan is applied at a time. The store and the switch are the caller's to close; the publisher and the sinks belong
 * to the controller and are closed with it.
 */
public final class GatewayController implements AutoCloseable {
    private final GatewayStore store;
    private final GatewaySwitch node;
    private final GatewayPublisher publisher;
    private final Clock clock;
    private final PlanPolicy policy;
    private final PlanMaker plans;
    private final StatusKeeper statuses;
    private final PlanApplier applier;
    private final AtomicReference<@Nullable Reconciler> reconciler = new AtomicReference<>();

    private GatewayController(Builder builder, GatewayPublisher publisher) {
        this.store = builder.store;
        this.node = builder.node;
        this.publisher = publisher;
        this.clock = builder.clock;
        this.policy = builder.policy;
        this.plans = new PlanMaker(store, node, publisher, builder.ownership, policy, this::bindingsInDoubt);
        this.applier = new PlanApplier(
                plans, this::plan, store, node, publisher, builder.authority, policy, this::bindingsInDoubt);
        this.statuses =
                new StatusKeeper(node, builder.sinks, builder.onStatus, clock, StatusKeeper.timer(node.profile()));
    }

    private Set<String> bindingsInDoubt() {
        return statuses.bindingsInDoubt();
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
        return plan(item -> true);
    }

    /**
     * As {@link #plan()}, but restores only some of the bindings in doubt. It looks at the switch first, which ends the doubts that came of
     * a late event.
     *
     * @param restorable whether a gateway may be replaced now because its binding is in doubt
     */
    Plan plan(Predicate<PlanItem> restorable) {
        statuses.confirmDoubts();
        return plans.whole(restorable);
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
     *     published, killed or started, or while a removal is awaited; nothing more is sent
     * @throws PublisherException when definitions could not be published; nothing is sent to the switch
     * @throws ApplyInterruptedException when the thread was interrupted; its interrupt flag is set, and the exception names what is down
     */
    public ApplyResult apply(Plan plan, ApplyOptions options) {
        return toldOfNotRegistering(applier.applyAndRestore(plan, options));
    }

    /**
     * As {@link #apply(Plan, ApplyOptions)}, but with another word on calls, and gateways that come up beside themselves meanwhile are left
     * to the next plan.
     */
    ApplyResult apply(Plan plan, ApplyOptions options, PlanPolicy.Busy busy) {
        return toldOfNotRegistering(applier.apply(plan, options, busy));
    }

    /** Tells the statuses which gateways do not register. Called under no lock, since it calls listeners. */
    private ApplyResult toldOfNotRegistering(ApplyResult result) {
        result.outcomes().forEach((name, outcome) -> {
            if (outcome instanceof Outcome.Applied applied && applied.state() == RegistrationState.NOREG) {
                statuses.doesNotRegister(name);
            }
        });
        return result;
    }

    /**
     * Keeps the node as the store says until this controller is closed: plans and applies at once, after every change of the store,
     * after the switch was away or restarted, when somebody deletes a gateway, and every so often. Gateways that fail are tried again,
     * each on its own clock.
     *
     * @throws IllegalStateException when it was started before
     */
    public void start(ReconcileOptions options) {
        Reconciler fresh = new Reconciler(this, store, node, policy, options, clock);
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
        return statuses.all();
    }

    /**
     * Reads every gateway's status from the switch.
     *
     * @throws SwitchException when the switch could not be read
     */
    public void refreshStatuses() {
        statuses.refresh();
    }

    /**
     * Ends reconciling after the run that is under way, stops listening, and closes the publisher and the sinks. Gateways stay as they
     * are.
     */
    @Override
    public void close() {
        applier.close();
        Reconciler running = reconciler.get();
        if (running != null) {
            running.close();
        }
        try {
            publisher.close();
        } finally {
            statuses.close();
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
        private PlanPolicy policy = PlanPolicy.usual();

        private Builder(GatewayStore store, GatewaySwitch node) {
            this.store = Objects.requireNonNull(store, "store cannot be null");
            this.node = Objects.requireNonNull(node, "node cannot be null");
        }

        /** How definitions are made readable to FreeSWITCH; needed. The controller closes it. */
        public Builder publisher(GatewayPublisher gatewayPublisher) {
            this.publisher = Objects.requireNonNull(gatewayPublisher, "gatewayPublisher cannot be null");
            return this;
        }

        /**
         * Hears of changes, of which and how as {@link StatusTracker} says. {@link io.github.ctigateway.status.StatusAlerts} is such a
         * listener. A second one takes the first one's place: join them with {@link Consumer#andThen}.
         */
        public Builder onStatus(Consumer<StatusChange> listener) {
            this.onStatus = Objects.requireNonNull(listener, "listener cannot be null");
            return this;
        }

        /** Takes every gateway event somewhere; several may be given. The controller closes it. */
        public Builder sink(StatusSink sink) {
            sinks.add(Objects.requireNonNull(sink, "sink cannot be null"));
            return this;
        }

        /** The clock of statuses: of snapshots, flaps and silence; the system's unless given. */
        public Builder clock(Clock newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock cannot be null");
            return this;
        }

        /**
         * Says whether this controller is in charge of the node at this moment; asked before each step that changes anything, and once
         * a second while removals are awaited. Always, unless given.
         */
        public Builder authority(BooleanSupplier inCharge) {
            this.authority = Objects.requireNonNull(inCharge, "inCharge cannot be null");
            return this;
        }

        /** What is done with gateways that are not in the store, and with those that have calls; usual unless given. */
        public Builder policy(PlanPolicy newPolicy) {
            this.policy = Objects.requireNonNull(newPolicy, "newPolicy cannot be null");
            return this;
        }

        /** Says which of the gateways that only one node may run are this node's; all of them unless given. */
        public Builder ownership(Ownership newOwnership) {
            this.ownership = Objects.requireNonNull(newOwnership, "newOwnership cannot be null");
            return this;
        }

        /**
         * Begins to listen and reads the statuses once. When that fails the publisher and the sinks are closed, as they would be with the
         * controller.
         *
         * @throws IllegalStateException without a publisher
         * @throws SwitchException when the switch could not be read
         * @throws io.github.ctigateway.store.StoreException when the store's secret could not be read
         */
        public GatewayController build() {
            if (publisher == null) {
                throw new IllegalStateException("publisher(…) is needed: say how FreeSWITCH reads the definitions");
            }
            try {
                return new GatewayController(this, publisher);
            } catch (RuntimeException e) {
                // They would have been the controller's: whoever tries again makes new ones, and finds the place of the
                // old ones free.
                List<Runnable> closings = new ArrayList<>(List.of(publisher::close));
                sinks.forEach(sink -> closings.add(sink::close));
                for (Runnable closing : closings) {
                    try {
                        closing.run();
                    } catch (RuntimeException another) {
                        e.addSuppressed(another);
                    }
                }
                throw e;
            }
        }
    }
}
