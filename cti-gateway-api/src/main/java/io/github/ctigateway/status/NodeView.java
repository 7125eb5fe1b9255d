package io.github.ctigateway.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of FreeSWITCH on one node, as far as it is known. Guarded by the tracker's lock. */
final class NodeView {
    /** How long an event of a gateway that is gone may be late and still be known for late. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** An event is taken for as old as it says only beyond this: the node's clock may be a little behind ours. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** Events that leave open what is true may come in thousands, and one look at the switch answers for all. */
    private static final Duration LOOKS_APART = Duration.ofSeconds(5);

    final String coreUuid;
    private final String node;
    private final Instant began;
    private final Duration flapWindow;
    private final Consumer<StatusChange> changed;
    private final Set<String> earlierRuns = new HashSet<>();
    private final Map<String, TrackedGateway> gateways = new HashMap<>();
    private final Map<String, Heard> lastHeard = new HashMap<>();
    private final SilentGateways silentGateways = new SilentGateways();

    private @Nullable Instant behindSince;

    /** When an event last left open what is true. */
    private Instant lookWanted = Instant.MIN;

    /** When the node was asked for the newest snapshot. */
    private Instant newestSnapshot = Instant.MIN;

    /** The last event of a gateway, and when it came by our clock. */
    private record Heard(long sequence, Instant at) {}

    /** The first run that is known of a node. */
    NodeView(String node, String coreUuid, Instant began, Duration flapWindow, Consumer<StatusChange> changed) {
        this.node = node;
        this.coreUuid = coreUuid;
        this.began = began;
        this.flapWindow = flapWindow;
        this.changed = changed;
    }

    /** The run after this one; of this one nothing is left. */
    NodeView next(String newCoreUuid, Instant newBegan) {
        NodeView next = new NodeView(node, newCoreUuid, newBegan, flapWindow, changed);
        next.earlierRuns.addAll(earlierRuns);
        next.earlierRuns.add(coreUuid);
        next.newestSnapshot = newestSnapshot;
        List.copyOf(gateways.values()).forEach(this::remove);
        return next;
    }

    /** Whether this run of FreeSWITCH came before. */
    boolean isEarlierRun(String otherCoreUuid) {
        return earlierRuns.contains(otherCoreUuid);
    }

    /** Whether an event of another run is a late one of an earlier run. */
    boolean isOlder(EventOrigin origin) {
        return isEarlierRun(origin.coreUuid()) || origin.time().isBefore(began);
    }

    /** Whether a snapshot is known that was asked for after this time. */
    boolean hasLaterSnapshot(Instant asked, Instant now) {
        return isLater(newestSnapshot, asked, now);
    }

    void fallBehind(Instant now) {
        behindSince = now;
    }

    Stream<GatewayStatus> statuses(Instant now) {
        return gateways.values().stream().map(gateway -> shown(gateway, now));
    }

    Optional<GatewayStatus> status(String gateway, Instant now) {
        return Optional.ofNullable(gateways.get(gateway)).map(tracked -> shown(tracked, now));
    }

    Set<String> bindingsInDoubt() {
        return gateways.values().stream()
                .filter(gateway -> gateway.predecessors.bindingInDoubt())
                .map(gateway -> gateway.status().gateway())
                .collect(Collectors.toUnmodifiableSet());
    }

    private GatewayStatus shown(TrackedGateway gateway, Instant now) {
        GatewayStatus status = gateway.status();
        boolean doesNotRegister = silentGateways.doesNotRegister(status.gateway(), now);
        return status.shown(
                doesNotRegister ? RegistrationState.NOREG : status.state(),
                doesNotRegister ? PingStatus.UP : status.ping(),
                gateway.flaps(now),
                isCurrent(status.gateway()));
    }

    private boolean isCurrent(String gateway) {
        Heard last = lastHeard.get(gateway);
        return behindSince == null || (last != null && last.at.isAfter(behindSince));
    }

    /** Takes in an event; whether it leaves open what is true, so that the node should be asked. */
    boolean fold(GatewayEvent event, Instant now) {
        long sequence = event.origin().sequence();
        Heard last = lastHeard.get(event.gateway());
        if (last != null && sequence <= last.sequence) {
            return false;
        }
        lastHeard.put(event.gateway(), new Heard(sequence, now));
        TrackedGateway old = gateways.get(event.gateway());
        if (event instanceof GatewayEvent.Added added) {
            add(added, old, now);
        } else if (event instanceof GatewayEvent.StateChanged changedState) {
            change(changedState, old, now);
        } else if (event instanceof GatewayEvent.Deleted deleted
                && old != null
                && !isElsewhere(old, deleted.profile())) {
            return delete(old, now);
        }
        return false;
    }

    /** Whether which one went was only guessed, and no look at the switch was asked for a moment ago. */
    private boolean delete(TrackedGateway old, Instant now) {
        boolean guessed = !old.predecessors.areLeaving();
        if (!old.predecessors.oneGoes(now)) {
            remove(old);
            return false;
        }
        boolean wanted = guessed && lookWanted.isBefore(now.minus(LOOKS_APART));
        if (wanted) {
            lookWanted = now;
        }
        return wanted;
    }

    /** One of the name on another profile: it registers another contact. */
    private static boolean isElsewhere(TrackedGateway gateway, String profile) {
        String known = gateway.status().profile();
        return known != null && !known.equals(profile);
    }

    private void add(GatewayEvent.Added event, @Nullable TrackedGateway old, Instant now) {
        Instant time = event.origin().time();
        boolean registers =
                silentGateways.added(event.gateway(), time.isBefore(now.minus(CLOCKS_DIFFER)) ? time : now, now);
        GatewayStatus status = GatewayStatus.after(
                null,
                event.gateway(),
                node,
                event.profile(),
                registers ? RegistrationState.UNREGED : RegistrationState.NOREG,
                registers ? PingStatus.UNKNOWN : PingStatus.UP,
                null,
                null,
                time);
        Predecessors predecessors = old == null || isElsewhere(old, event.profile())
                ? Predecessors.none()
                : old.predecessors.next(!wasSeenSince(old, time), old.status().state());
        gateways.put(event.gateway(), new TrackedGateway(status, predecessors, flapWindow));
        changed.accept(new StatusChange(event.gateway(), node, old == null ? null : old.status(), status));
    }

    /** Whether what was seen to run is the one whose addition is told only now, rather than one that it replaces. */
    private static boolean wasSeenSince(TrackedGateway gateway, Instant added) {
        return gateway.seenAt != null && !added.isAfter(gateway.seenAt);
    }

    private void change(GatewayEvent.StateChanged event, @Nullable TrackedGateway old, Instant now) {
        GatewayStatus before = old == null ? null : old.status();
        RegistrationState state = event.state();
        SipReason reason = event.sipReason();
        if (old != null) {
            old.predecessors.told(state);
        }
        if (state == RegistrationState.REGED || state == RegistrationState.REGISTER) {
            reason = null;
        } else if (reason == null && before != null) {
            reason = before.sipReason();
        }
        Instant time = event.origin().time();
        become(
                old,
                GatewayStatus.after(
                        before,
                        event.gateway(),
                        node,
                        before == null ? null : before.profile(),
                        state,
                        event.ping(),
                        reason,
                        event.networkAddress(),
                        time),
                now);
    }

    /**
     * Takes in everything that the node runs; what it does not run any more is gone. Of a gateway that was heard of after the node was
     * asked, its events know better.
     */
    void replaceWith(Collection<ObservedGateway> observed, Instant asked, Instant now) {
        newestSnapshot = asked;
        Map<String, List<ObservedGateway>> byName = new HashMap<>();
        observed.forEach(seen -> byName.computeIfAbsent(seen.gateway(), name -> new ArrayList<>())
                .add(seen));
        for (TrackedGateway gateway : List.copyOf(gateways.values())) {
            String name = gateway.status().gateway();
            if (!byName.containsKey(name) && !heardAfter(name, asked, now)) {
                remove(gateway);
            }
        }
        byName.forEach((name, seen) -> {
            if (!heardAfter(name, asked, now)) {
                observe(seen.get(0), seen.subList(1, seen.size()), asked, now);
            }
        });
        if (behindSince != null && !isLater(behindSince, asked, now)) {
            behindSince = null;
        }
        lastHeard
                .entrySet()
                .removeIf(entry -> !gateways.containsKey(entry.getKey())
                        && entry.getValue().at.isBefore(now.minus(REMEMBERED)));
    }

    private boolean heardAfter(String gateway, Instant asked, Instant now) {
        Heard last = lastHeard.get(gateway);
        return last != null && isLater(last.at, asked, now);
    }

    /** Whether what is known was learnt after the node was asked; what lies ahead of now is from before the clock was put back. */
    private static boolean isLater(Instant known, Instant asked, Instant now) {
        return known.isAfter(asked) && !known.isAfter(now);
    }

    /** The newest gateway of a name stands first: mod_sofia puts each one in front of its list. */
    private void observe(ObservedGateway seen, List<ObservedGateway> older, Instant asked, Instant now) {
        TrackedGateway old = gateways.get(seen.gateway());
        GatewayStatus before = old == null ? null : old.status();
        boolean registered = seen.state() == RegistrationState.REGED;
        become(
                old,
                GatewayStatus.after(
                        before,
                        seen.gateway(),
                        node,
                        seen.profile(),
                        seen.state(),
                        seen.ping(),
                        before == null || registered ? null : before.sipReason(),
                        before == null ? null : before.networkAddress(),
                        asked),
                now);
        TrackedGateway gateway = tracked(seen.gateway());
        List<RegistrationState> beside = older.stream()
                .filter(one -> one.profile().equals(seen.profile()))
                .map(ObservedGateway::state)
                .toList();
        gateway.predecessors.seen(beside, asked);
        gateway.seenAt = now;
    }

    private void become(@Nullable TrackedGateway old, GatewayStatus status, Instant now) {
        GatewayStatus before = old == null ? null : old.status();
        TrackedGateway gateway = old == null ? new TrackedGateway(status, Predecessors.none(), flapWindow) : old;
        gateway.become(status, now);
        gateway.seenAt = null;
        silentGateways.forget(status.gateway());
        gateways.put(status.gateway(), gateway);
        if (before == null || !before.saysTheSameAs(status)) {
            changed.accept(new StatusChange(status.gateway(), node, before, gateway.status()));
        }
    }

    /** Takes it for gone. */
    void lose(String name) {
        TrackedGateway gateway = gateways.get(name);
        if (gateway != null) {
            remove(gateway);
        }
    }

    /** Takes those that have said nothing since they were added for gateways that do not register. */
    void settle(Instant now) {
        silentGateways.takeNotRegistering(now).forEach(gateway -> doesNotRegister(gateway, now));
    }

    /** Takes this one for a gateway that does not register, if nothing is known of it but its addition. */
    void settle(String gateway, Instant now) {
        if (silentGateways.forget(gateway)) {
            doesNotRegister(gateway, now);
        }
    }

    private void doesNotRegister(String name, Instant now) {
        TrackedGateway gateway = tracked(name);
        GatewayStatus before = gateway.status();
        gateway.become(before.shown(RegistrationState.NOREG, PingStatus.UP, 0, true), now);
        changed.accept(new StatusChange(name, node, before, gateway.status()));
    }

    private TrackedGateway tracked(String gateway) {
        TrackedGateway tracked = gateways.get(gateway);
        if (tracked == null) {
            throw new IllegalStateException("gateway " + gateway + " is not tracked");
        }
        return tracked;
    }

    private void remove(TrackedGateway gateway) {
        GatewayStatus last = gateway.status();
        gateways.remove(last.gateway());
        silentGateways.forget(last.gateway());
        changed.accept(new StatusChange(last.gateway(), node, last, null));
    }
}
