package io.github.ctigateway.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds events and snapshots into one status per gateway and node. Thread-safe; the listener is called on the thread that brings the
 * news, after the fold, in the order of the changes.
 *
 * <p>It does not believe the order in which news arrives: within one Core-UUID an event that is not newer than the last one for its
 * gateway changes nothing; an event of an older FreeSWITCH run changes nothing; and when a name was added again before its old
 * gateway was deleted, as happens when a gateway is killed and started at once, the deletion leaves the new one in place.
 */
public final class StatusTracker {
    private final Consumer<StatusChange> listener;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Map<String, NodeView> nodes = new HashMap<>();

    private StatusTracker(Consumer<StatusChange> listener) {
        this.listener = listener;
    }

    /** A tracker that nobody listens to. */
    public static StatusTracker create() {
        return new StatusTracker(change -> {});
    }

    /** A tracker that tells its listener of every change. */
    public static StatusTracker create(Consumer<StatusChange> listener) {
        return new StatusTracker(Objects.requireNonNull(listener, "listener cannot be null"));
    }

    /** Takes in an event. */
    public void accept(GatewayEvent event) {
        lock.lock();
        try {
            node(event.origin()).ifPresent(view -> view.fold(event));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes in everything that a node runs; what it does not run any more is gone.
     *
     * @param node the node
     * @param coreUuid the run of FreeSWITCH that was asked
     * @param gateways its gateways; a name that stands twice is one being removed and its successor
     * @param taken when it was asked, by our clock
     */
    public void accept(String node, String coreUuid, Collection<ObservedGateway> gateways, Instant taken) {
        lock.lock();
        try {
            NodeView view = nodes.get(node);
            if (view == null || !view.coreUuid.equals(coreUuid)) {
                view = restarted(view, node, coreUuid, taken);
            }
            view.replaceWith(gateways, taken);
        } finally {
            lock.unlock();
        }
    }

    /** Every status, by gateway and then by node. */
    public List<GatewayStatus> statuses() {
        lock.lock();
        try {
            return nodes.values().stream()
                    .flatMap(view -> view.entries.values().stream())
                    .map(entry -> entry.status)
                    .sorted(Comparator.comparing(GatewayStatus::gateway).thenComparing(GatewayStatus::node))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The status of a gateway on a node. */
    public Optional<GatewayStatus> status(String node, String gateway) {
        lock.lock();
        try {
            return Optional.ofNullable(nodes.get(node))
                    .map(view -> view.entries.get(gateway))
                    .map(entry -> entry.status);
        } finally {
            lock.unlock();
        }
    }

    private Optional<NodeView> node(EventOrigin origin) {
        NodeView view = nodes.get(origin.node());
        if (view != null && view.coreUuid.equals(origin.coreUuid())) {
            return Optional.of(view);
        }
        if (view != null
                && (view.earlierRuns.contains(origin.coreUuid())
                        || origin.time().isBefore(view.began))) {
            return Optional.empty();
        }
        return Optional.of(restarted(view, origin.node(), origin.coreUuid(), origin.time()));
    }

    private NodeView restarted(@Nullable NodeView old, String node, String coreUuid, Instant began) {
        NodeView fresh = new NodeView(node, coreUuid, began);
        if (old != null) {
            fresh.earlierRuns.addAll(old.earlierRuns);
            fresh.earlierRuns.add(old.coreUuid);
            old.clear();
        }
        nodes.put(node, fresh);
        return fresh;
    }

    /** One run of FreeSWITCH on one node. */
    private final class NodeView {
        final String node;
        final String coreUuid;
        final Instant began;
        final Set<String> earlierRuns = new HashSet<>();
        final Map<String, Entry> entries = new HashMap<>();
        final Map<String, Long> lastSequences = new HashMap<>();

        NodeView(String node, String coreUuid, Instant began) {
            this.node = node;
            this.coreUuid = coreUuid;
            this.began = began;
        }

        void fold(GatewayEvent event) {
            long sequence = event.origin().sequence();
            Long last = lastSequences.get(event.gateway());
            if (last != null && sequence <= last) {
                return;
            }
            lastSequences.put(event.gateway(), sequence);
            Entry entry = entries.get(event.gateway());
            if (event instanceof GatewayEvent.Added added) {
                add(added, entry);
            } else if (event instanceof GatewayEvent.StateChanged changed) {
                change(changed, entry);
            } else if (entry != null) {
                delete(entry);
            }
        }

        private void add(GatewayEvent.Added event, @Nullable Entry old) {
            Instant time = event.origin().time();
            int replaced = old == null ? 0 : old.beingRemoved + 1;
            put(
                    old,
                    new GatewayStatus(
                            event.gateway(),
                            node,
                            event.profile(),
                            RegistrationState.NOREG,
                            PingStatus.UP,
                            time,
                            null,
                            null,
                            time),
                    replaced);
        }

        private void change(GatewayEvent.StateChanged event, @Nullable Entry old) {
            Instant time = event.origin().time();
            GatewayStatus before = old == null ? null : old.status;
            SipReason reason = event.sipReason();
            if (event.state() == RegistrationState.REGED || event.state() == RegistrationState.REGISTER) {
                reason = null;
            } else if (reason == null && before != null) {
                reason = before.sipReason();
            }
            put(
                    old,
                    new GatewayStatus(
                            event.gateway(),
                            node,
                            before == null ? null : before.profile(),
                            event.state(),
                            event.ping(),
                            sinceWhen(before, event.state(), time),
                            reason,
                            event.networkAddress(),
                            time),
                    old == null ? 0 : old.beingRemoved);
        }

        private void delete(Entry entry) {
            if (entry.beingRemoved > 0) {
                entry.beingRemoved--;
            } else {
                remove(entry);
            }
        }

        void replaceWith(Collection<ObservedGateway> gateways, Instant taken) {
            Map<String, List<ObservedGateway>> byName = new HashMap<>();
            gateways.forEach(seen -> byName.computeIfAbsent(seen.gateway(), name -> new ArrayList<>())
                    .add(seen));
            for (Entry entry : List.copyOf(entries.values())) {
                if (!byName.containsKey(entry.status.gateway())) {
                    remove(entry);
                }
            }
            byName.forEach((name, seen) -> observe(seen.get(0), seen.size() - 1, taken));
        }

        /** The newest gateway of a name stands first: mod_sofia puts each one in front of its list. */
        private void observe(ObservedGateway seen, int beingRemoved, Instant taken) {
            Entry old = entries.get(seen.gateway());
            GatewayStatus before = old == null ? null : old.status;
            put(
                    old,
                    new GatewayStatus(
                            seen.gateway(),
                            node,
                            seen.profile(),
                            seen.state(),
                            seen.ping(),
                            sinceWhen(before, seen.state(), taken),
                            before == null || seen.state() == RegistrationState.REGED ? null : before.sipReason(),
                            before == null ? null : before.networkAddress(),
                            taken),
                    beingRemoved);
        }

        private void put(@Nullable Entry old, GatewayStatus status, int beingRemoved) {
            entries.put(status.gateway(), new Entry(status, beingRemoved));
            GatewayStatus before = old == null ? null : old.status;
            if (before == null || !sameButForTime(before, status)) {
                listener.accept(new StatusChange(status.gateway(), node, before, status));
            }
        }

        private void remove(Entry entry) {
            entries.remove(entry.status.gateway());
            listener.accept(new StatusChange(entry.status.gateway(), node, entry.status, null));
        }

        void clear() {
            List.copyOf(entries.values()).forEach(this::remove);
        }
    }

    private static Instant sinceWhen(@Nullable GatewayStatus before, RegistrationState state, Instant now) {
        return before != null && before.state() == state ? before.since() : now;
    }

    private static boolean sameButForTime(GatewayStatus one, GatewayStatus other) {
        return one.state() == other.state()
                && one.ping() == other.ping()
                && Objects.equals(one.sipReason(), other.sipReason())
                && Objects.equals(one.networkAddress(), other.networkAddress())
                && Objects.equals(one.profile(), other.profile());
    }

    private static final class Entry {
        final GatewayStatus status;
        int beingRemoved;

        Entry(GatewayStatus status, int beingRemoved) {
            this.status = status;
            this.beingRemoved = beingRemoved;
        }
    }
}
