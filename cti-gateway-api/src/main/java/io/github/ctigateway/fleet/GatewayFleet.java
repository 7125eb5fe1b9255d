package io.github.ctigateway.fleet;

import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.ReconcileRun;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.store.GatewayStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Many nodes from one store, each with its own plan and outcome: one that is down keeps no other waiting. With leases that several
 * processes share, one of them at a time works on a node, and another takes over when it dies.
 *
 * <p>Either {@link #plan} and {@link #apply}, or {@link #start}. Thread-safe. The store and the leases are the caller's to close.
 */
public final class GatewayFleet implements AutoCloseable {
    private final Map<String, FleetNode> members;
    private final FleetSettings settings;
    private final Consumer<NodeReport> onNode;
    private final BiConsumer<String, ReconcileRun> onRun;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<NodeAgent> agents = new ArrayList<>();
    private final FleetRun once;

    private GatewayFleet(Builder builder) {
        this.members = new LinkedHashMap<>(builder.members);
        this.settings =
                new FleetSettings(builder.store, builder.leases, builder.leaseLimit, builder.patience, builder.clock);
        this.onNode = builder.onNode;
        this.onRun = builder.onRun;
        this.once = new FleetRun(List.copyOf(members.values()), settings.withoutPatience());
    }

    /** Starts a fleet of what this store wants. */
    public static Builder builder(GatewayStore store) {
        return new Builder(store);
    }

    /**
     * Compares every node with the store, all at the same time. Changes nothing. A node that cannot be reached or read has a failure in
     * place of a plan and is tried again at the next call.
     *
     * @throws IllegalStateException when the fleet reconciles by itself
     */
    public FleetPlan plan() {
        idle();
        return once.plan();
    }

    /**
     * Applies each node's plan under the node's lease. One node that fails stops no other, unless it is the canary.
     *
     * @throws IllegalStateException when the fleet reconciles by itself
     */
    public FleetResult apply(FleetPlan plan, FleetOptions options) {
        idle();
        return once.apply(plan, options);
    }

    private void idle() {
        lock.lock();
        try {
            if (!agents.isEmpty()) {
                throw new IllegalStateException("This fleet reconciles by itself");
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps every node as the store says until this fleet is closed ({@link GatewayController#start}). A node that is down is reported
     * and caught up when it returns.
     *
     * @param options how each node is kept; its listener is told of every node's runs
     * @throws IllegalStateException when it was started before
     */
    public void start(ReconcileOptions options) {
        lock.lock();
        try {
            if (!agents.isEmpty()) {
                throw new IllegalStateException("This fleet reconciles by itself already");
            }
            once.close();
            for (FleetNode member : members.values()) {
                ReconcileOptions told = options.withListener(run -> {
                    options.onRun().accept(run);
                    onRun.accept(member.name(), run);
                });
                agents.add(new NodeAgent(member, settings, told, onNode));
            }
            agents.forEach(NodeAgent::start);
        } finally {
            lock.unlock();
        }
    }

    /** How it stands with each node, in the order of the fleet; nothing before {@link #start}. */
    public List<NodeReport> nodes() {
        lock.lock();
        try {
            return agents.stream().map(NodeAgent::report).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What is known of the gateways of all nodes that are reached, whichever process works on them; nothing before {@link #start}. Those of
     * a node stay, not {@link GatewayStatus#current current}, while a lost connection is made again.
     */
    public List<GatewayStatus> statuses() {
        lock.lock();
        try {
            return agents.stream().flatMap(agent -> agent.statuses().stream()).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Ends after what is under way on each node, and gives the leases back. Gateways stay as they are. */
    @Override
    public void close() {
        List<NodeAgent> running;
        lock.lock();
        try {
            running = List.copyOf(agents);
        } finally {
            lock.unlock();
        }
        running.forEach(NodeAgent::close);
        running.forEach(NodeAgent::join);
        once.close();
    }

    /** Collects a fleet's parts. Not thread-safe. */
    public static final class Builder {
        private static final Duration USUAL_LIMIT = Duration.ofSeconds(15);
        private static final Duration USUAL_PATIENCE = Duration.ofSeconds(5);

        private final GatewayStore store;
        private final Map<String, FleetNode> members = new LinkedHashMap<>();
        private Leases leases = InMemoryLeases.create();
        private Duration leaseLimit = USUAL_LIMIT;
        private Duration patience = USUAL_PATIENCE;
        private Clock clock = Clock.systemUTC();
        private Consumer<NodeReport> onNode = report -> {};
        private BiConsumer<String, ReconcileRun> onRun = (node, run) -> {};

        private Builder(GatewayStore store) {
            this.store = Objects.requireNonNull(store, "store cannot be null");
        }

        /**
         * Adds a node; the first is the canary.
         *
         * @param name its name in plans, results and reports; best its switchname
         * @param connect opens the switch, and is called again after a failure; the fleet closes what it opened
         * @param controller begins a controller of the fleet's store for the open switch
         * @throws IllegalArgumentException when the name is taken
         */
        public Builder node(
                String name,
                Supplier<GatewaySwitch> connect,
                Function<GatewaySwitch, GatewayController.Builder> controller) {
            if (members.putIfAbsent(name, new FleetNode(name, connect, controller)) != null) {
                throw new IllegalArgumentException("two nodes have the name " + name);
            }
            return this;
        }

        /** Where processes agree; without it this fleet is alone. */
        public Builder leases(Leases shared) {
            this.leases = Objects.requireNonNull(shared, "shared cannot be null");
            return this;
        }

        /** For how long a node stays a dead process's, at least a second; 15 s unless given. A gateway stays a dead node's twice as long. */
        public Builder leaseLimit(Duration limit) {
            if (limit.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("limit must be at least a second, not " + limit);
            }
            this.leaseLimit = limit;
            return this;
        }

        /** How long a gateway for one node only must be free before a node takes it that does not run it; 5 s unless given. */
        public Builder patience(Duration wait) {
            this.patience = Objects.requireNonNull(wait, "wait cannot be null");
            return this;
        }

        /** Hears of every change in how it stands with a node, on the node's thread. */
        public Builder onNode(Consumer<NodeReport> listener) {
            this.onNode = Objects.requireNonNull(listener, "listener cannot be null");
            return this;
        }

        /** Hears of every reconcile run with the node's name, on the node's thread. */
        public Builder onRun(BiConsumer<String, ReconcileRun> listener) {
            this.onRun = Objects.requireNonNull(listener, "listener cannot be null");
            return this;
        }

        /** The clock of reports and waits; the system's unless given. */
        public Builder clock(Clock newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock cannot be null");
            return this;
        }

        /**
         * Connects to nothing yet.
         *
         * @throws IllegalStateException without a node
         */
        public GatewayFleet build() {
            if (members.isEmpty()) {
                throw new IllegalStateException("node(…) is needed: a fleet has at least one");
            }
            return new GatewayFleet(this);
        }
    }
}
