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
    private final GatewayStore store;
    private final GatewaySwitch node;
    private final GatewayPublisher publisher;
    private final BooleanSupplier authority;
    private final PlanPolicy policy;
    private final Supplier<Set<String>> bindingsInDoubt;
    private final ReentrantLock applying = new ReentrantLock(true);
    private final CountDownLatch closed = new CountDownLatch(1);

    PlanApplier(
            PlanMaker plans,
            GatewayStore store,
            GatewaySwitch node,
            GatewayPublisher publisher,
            BooleanSupplier authority,
            PlanPolicy policy,
            Supplier<Set<String>> bindingsInDoubt) {
        this.plans = plans;
        this.store = store;
        this.node = node;
        this.publisher = publisher;
        this.authority = authority;
        this.policy = policy;
        this.bindingsInDoubt = bindingsInDoubt;
    }

    /** As {@link GatewayController#apply(Plan, ApplyOptions)}. */
    ApplyResult apply(Plan plan, ApplyOptions options, PlanPolicy.Busy busy) {
        applying.lock();
        try {
            Set<String> touched = new TreeSet<>();
            plan.changes().forEach(item -> touched.add(item.gateway()));
            List<String> stale = stale(plan, touched);
            if (!stale.isEmpty()) {
                throw new StalePlanException(stale);
            }
            Guards.massChange(plan, options);
            Guards.warnings(plan, options);
            if (!authority.getAsBoolean()) {
                throw new NoAuthorityException(ApplyStep.PUBLISH, Set.of());
            }
            Map<String, Outcome> adopted = adopt(plan);
            Set<String> before = bindingsInDoubt.get();
            ApplyResult result = applyToSwitch(plan.without(adopted.keySet()), options, busy);
            Set<String> since = new TreeSet<>(bindingsInDoubt.get());
            since.removeAll(before);
            return (since.isEmpty() ? result : restoreBindings(result, since, options, busy)).with(adopted);
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
                            List<String> stale = stale(known, ready);
                            if (!stale.isEmpty()) {
                                throw new StalePlanException(stale);
                            }
                            return run(known.only(ready), options);
                        })
                        .await(calls.keySet(), idle);
    }

    private ApplyResult run(Plan plan, ApplyOptions options) {
        return new ApplyRun(plan, names -> plans.again(plan, names), node, publisher, authority, options).run();
    }

    private List<String> stale(Plan plan, Set<String> touched) {
        Plan fresh = plans.again(plan, touched);
        return touched.stream().filter(name -> !plan.sameFor(name, fresh)).toList();
    }

    /**
     * Replaces once more those that came up beside older ones of their names during an apply: somebody else killed them just before its start,
     * or started them just after its kill. That the first apply is through must not be hidden by what fails here.
     */
    private ApplyResult restoreBindings(
            ApplyResult result, Set<String> since, ApplyOptions options, PlanPolicy.Busy busy) {
        try {
            Plan whole = plans.whole();
            Guards.warnings(whole, options);
            Set<String> names = whole.toRestore().stream()
                    .filter(since::contains)
                    .filter(name -> policy.busy() == PlanPolicy.Busy.KILL || !hasCalls(whole, name))
                    .collect(Collectors.toSet());
            if (names.isEmpty() || !authority.getAsBoolean()) {
                return result;
            }
            log.warn(
                    "Gateways {} of profile {} came up beside older ones of their names, so their registrars may have no"
                            + " bindings of them: they are replaced once more",
                    names,
                    whole.profile());
            return result.then(applyToSwitch(whole.only(names), options, busy), names);
        } catch (StoreException | SwitchException | PublisherException | StalePlanException | DoubtfulPlanException e) {
            log.warn("The bindings of {} stay in doubt: {}", since, e.getMessage());
            return result;
        }
    }

    private static boolean hasCalls(Plan plan, String gateway) {
        return plan.item(gateway).filter(item -> item.calls() > 0).isPresent();
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
