package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayPlacement;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the store, the switch and what is published, and has a plan made of it. Changes nothing. Thread-safe. */
final class PlanMaker {
    private static final Logger log = LoggerFactory.getLogger(PlanMaker.class);

    /** So many gateways are asked for one by one rather than all of the switch at once. */
    private static final int FEW = 1000;

    private final GatewayStore store;
    private final GatewaySwitch node;
    private final GatewayPublisher publisher;
    private final Ownership ownership;
    private final PlanPolicy policy;
    private final Supplier<Set<String>> bindingsInDoubt;
    private final GatewayStamp stamp;
    private final Planner planner;
    private final RestoreTurns turns;

    PlanMaker(
            GatewayStore store,
            GatewaySwitch node,
            GatewayPublisher publisher,
            Ownership ownership,
            PlanPolicy policy,
            Supplier<Set<String>> bindingsInDoubt) {
        this.store = store;
        this.node = node;
        this.publisher = publisher;
        this.ownership = ownership;
        this.policy = policy;
        this.bindingsInDoubt = bindingsInDoubt;
        this.stamp = GatewayStamp.under(store.stampSecret());
        publisher.recognizeStamps(stamp::isOurs);
        this.planner = new Planner(stamp, GatewayValidator.create());
        this.turns = new RestoreTurns(policy);
    }

    /**
     * The plan for everything.
     *
     * @param restorable whether a gateway whose binding is in doubt, and that is as wanted otherwise, may be replaced for it now
     */
    Plan whole(Predicate<PlanItem> restorable) {
        Plan plan = turns.limit(busy(plan(name -> true)), restorable);
        return notOurDirectory(plan)
                .map(warning -> plan.withWarnings(List.of(warning)))
                .orElse(plan);
    }

    /** These are about to be restored: of the next plans others come first. */
    void taken(Set<String> gateways) {
        turns.taken(gateways);
    }

    /** Calls are asked for only where something would be killed. That a switch cannot tell them spoils a plan only when they count. */
    private Plan busy(Plan plan) {
        Set<String> kills = plan.kills();
        if (kills.isEmpty()) {
            return plan;
        }
        try {
            Map<String, Integer> calls = node.calls(kills);
            Plan known = plan.withCalls(calls);
            return policy.busy() == PlanPolicy.Busy.SKIP ? known.without(calls.keySet()) : known;
        } catch (SwitchException e) {
            if (policy.busy() != PlanPolicy.Busy.KILL) {
                throw e;
            }
            log.warn("Whether gateways have calls could not be asked: {}", e.getMessage());
            return plan;
        }
    }

    /**
     * A publisher that should remember what it published, and remembers none of the gateways of ours that are live and stay, is very likely
     * pointed to a place that FreeSWITCH does not read: killing would take gateways down and bring nothing up. Those that go say nothing:
     * whoever died before killing them had unpublished them already.
     */
    private Optional<String> notOurDirectory(Plan plan) {
        if (!publisher.outlivesProcess()) {
            return Optional.empty();
        }
        List<String> ours = plan.liveMarks().entrySet().stream()
                .filter(entry -> stamp.isOurs(entry.getValue()))
                .map(Map.Entry::getKey)
                .filter(name -> plan.item(name).orElseThrow().action() != Action.REMOVE)
                .toList();
        boolean remembered =
                ours.stream().anyMatch(name -> publisher.published(name).isPresent());
        return ours.isEmpty() || remembered
                ? Optional.empty()
                : Optional.of("none of the live gateways of this store that stay (" + ours.size() + ") is published in "
                        + publisher + ": is that what profile " + node.profile() + " reads?");
    }

    /**
     * A new plan for these gateways. Few of them are asked for one by one, so that what it costs does not depend on how many the switch
     * has; of those whose stamp can still be read nothing else is needed.
     */
    Plan again(Plan before, Set<String> names) {
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
                bindingsInDoubt.get(),
                policy,
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
                bindingsInDoubt.get(),
                policy,
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
}
