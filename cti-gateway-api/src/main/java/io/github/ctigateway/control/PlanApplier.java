package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.RevisionConflictException;
import io.github.ctigateway.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies plans, one at a time: sees that they hold and may be applied, stores what is adopted, waits for calls as the policy says, and
 * restores the bindings that were lost on the way. Thread-safe.
 */
final class PlanApplier implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PlanApplier.class);

    private final PlanMaker plans;
    private final Function<Predicate<PlanItem>, Plan> planNow;
    private final GatewayStore store;
    private final GatewaySwitch node;
    private final GatewayPublisher publisher;
    private final BooleanSupplier authority;
    private final PlanPolicy policy;
    private final Supplier<Set<String>> bindingsInDoubt;
    private final ReentrantLock applying = new ReentrantLock(true);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param planNow the plan for everything, with only those restored that may be; called under no lock
     * @param bindingsInDoubt as far as events told
     */
    PlanApplier(
            PlanMaker plans,
            Function<Predicate<PlanItem>, Plan> planNow,
            GatewayStore store,
            GatewaySwitch node,
            GatewayPublisher publisher,
            BooleanSupplier authority,
            PlanPolicy policy,
            Supplier<Set<String>> bindingsInDoubt) {
        this.plans = plans;
        this.planNow = planNow;
        this.store = store;
        this.node = node;
        this.publisher = publisher;
        this.authority = authority;
        this.policy = policy;
        this.bindingsInDoubt = bindingsInDoubt;
    }

    /** As {@link GatewayController#apply(Plan, ApplyOptions)}. */
    ApplyResult applyAndRestore(Plan plan, ApplyOptions options) {
        ApplyResult result;
        Set<String> since;
        applying.lock();
        try {
            Set<String> before = bindingsInDoubt.get();
            result = apply(plan, options, policy.busy());
            since = new TreeSet<>(bindingsInDoubt.get());
            since.removeAll(before);
        } finally {
            applying.unlock();
        }
        return since.isEmpty() ? result : restoreBindings(result, since, options);
    }

    /** Applies a plan and leaves to the next one what came up beside itself meanwhile. */
    ApplyResult apply(Plan plan, ApplyOptions options, PlanPolicy.Busy busy) {
        applying.lock();
        try {
            Current current =
                    current(plan, plan.changes().stream().map(PlanItem::gateway).collect(Collectors.toSet()));
            Guards.massChange(current.plan, options);
            Guards.warnings(current.plan, options);
            if (!authority.getAsBoolean()) {
                throw new NoAuthorityException(ApplyStep.PUBLISH, Set.of());
            }
            Map<String, Outcome> adopted = adopt(current.plan);
            plans.taken(current.plan.toRestore());
            return applyToSwitch(current.plan.without(adopted.keySet()), options, busy)
                    .with(adopted)
                    .with(current.unchanged);
        } finally {
            applying.unlock();
        }
    }

    private ApplyResult applyToSwitch(Plan plan, ApplyOptions options, PlanPolicy.Busy busy) {
        if (busy == PlanPolicy.Busy.KILL || plan.kills().isEmpty()) {
            return run(plan, options);
        }
        Map<String, Integer> calls = node.calls(plan.kills());
        Plan known = plan.withCalls(calls);
        ApplyResult idle = run(known.without(calls.keySet()), options);
        return busy == PlanPolicy.Busy.SKIP || calls.isEmpty()
                ? idle
                : new BusyGateways(known, node, policy.busyLimit(), closed, ready -> {
                            Current current = current(known.only(ready), ready);
                            return run(current.plan, options).with(current.unchanged);
                        })
                        .await(calls.keySet(), idle);
    }

    private ApplyResult run(Plan plan, ApplyOptions options) {
        return new ApplyRun(plan, names -> plans.again(plan, names), node, publisher, authority, options).run();
    }

    /**
     * A plan as it holds now.
     *
     * @param unchanged the outcomes of gateways that need nothing any more; their changes are held back
     */
    private record Current(Plan plan, Map<String, Outcome> unchanged) {}

    /**
     * What of a plan is still to be done for these gateways. A doubt about a binding ends by itself when the gateway registers anew, which
     * must not spoil the plan for the others.
     *
     * @throws StalePlanException when anything else changed
     */
    private Current current(Plan plan, Set<String> touched) {
        Plan fresh = plans.again(plan, touched);
        Map<String, Outcome> unchanged = new TreeMap<>();
        Set<String> stale = new TreeSet<>();
        for (String name : touched) {
            if (plan.doubtEnded(name, fresh)) {
                unchanged.put(name, Outcome.Unchanged.of(fresh.item(name).orElseThrow()));
            } else if (!plan.sameFor(name, fresh)) {
                stale.add(name);
            }
        }
        if (!stale.isEmpty()) {
            throw new StalePlanException(List.copyOf(stale));
        }
        return new Current(plan.without(unchanged.keySet()), unchanged);
    }

    /**
     * Replaces once more those that came up beside older ones of their names during an apply: somebody else killed them just before its start,
     * or started them just after its kill. What fails here is logged and must not hide that the first apply is through, except when it
     * leaves gateways down: {@link NoAuthorityException} and {@link ApplyInterruptedException} say which, and are thrown.
     */
    private ApplyResult restoreBindings(ApplyResult result, Set<String> since, ApplyOptions options) {
        boolean spareCalls = policy.busy() != PlanPolicy.Busy.KILL;
        try {
            Plan whole = planNow.apply(item -> since.contains(item.gateway()) && !(spareCalls && item.calls() > 0));
            Set<String> names = whole.toRestore();
            Set<String> left = since.stream().filter(whole::isHeld).collect(Collectors.toCollection(TreeSet::new));
            if (!left.isEmpty()) {
                log.warn("The bindings of {} stay in doubt: too many at once, or calls go through them", left);
            }
            if (names.isEmpty()) {
                return result;
            }
            log.warn(
                    "Gateways {} of profile {} came up beside older ones of their names, so their registrars may have no"
                            + " bindings of them: they are replaced once more",
                    names,
                    whole.profile());
            // Whoever waits for this apply has waited for calls already, if the policy says so: that is not done twice.
            PlanPolicy.Busy busy = spareCalls ? PlanPolicy.Busy.SKIP : PlanPolicy.Busy.KILL;
            return result.then(apply(whole.only(names), options, busy), names);
        } catch (NoAuthorityException e) {
            if (!e.down().isEmpty()) {
                throw e;
            }
            log.warn("The bindings of {} stay in doubt: {}", since, e.getMessage());
            return result;
        } catch (StoreException | SwitchException | PublisherException | StalePlanException | DoubtfulPlanException e) {
            log.warn("The bindings of {} stay in doubt: {}", since, e.getMessage());
            return result;
        }
    }

    /** Stores what is adopted, where nobody stored anything meanwhile. */
    private Map<String, Outcome> adopt(Plan plan) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (PlanItem item : plan.changes()) {
            Gateway definition = plan.adopted().get(item.gateway());
            if (item.action() != Action.ADOPT || definition == null) {
                continue;
            }
            try {
                store.saveIfUnchanged(definition, "");
                outcomes.put(item.gateway(), new Outcome.Adopted());
            } catch (RevisionConflictException e) {
                outcomes.put(item.gateway(), new Outcome.Skipped(Action.ADOPT, "somebody stored another meanwhile"));
            }
        }
        return outcomes;
    }

    /** Waits for no more calls. */
    @Override
    public void close() {
        closed.countDown();
    }
}
