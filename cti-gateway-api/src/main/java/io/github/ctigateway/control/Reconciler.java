package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.store.GatewayStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs plan and apply whenever the store changes, the switch was away or restarted, somebody else deleted a gateway, a retry is due, or
 * the interval is over. Whatever happens while a run is under way leads to one more run, never to two at a time.
 */
final class Reconciler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    /** How often calls are counted that are waited for. */
    private static final Duration BUSY_EVERY = Duration.ofSeconds(2);

    private final GatewayController controller;
    private final PlanPolicy policy;
    private final ReconcileOptions options;
    private final Clock clock;
    private final RetryClock retries;

    /** Of those that were replaced for a doubt about their bindings: somebody restarts them carelessly, perhaps again and again. */
    private final RetryClock restores;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Set<String> edited = new HashSet<>();
    private final GatewayStore.Watch watch;
    private final GatewaySwitch.Subscription subscription;
    private final Thread thread;
    private final Map<String, Instant> busySince = new HashMap<>();
    private Instant looked = Instant.MIN;
    private boolean failed;
    private boolean due = true;
    private boolean closed;

    Reconciler(
            GatewayController controller,
            GatewayStore store,
            GatewaySwitch node,
            PlanPolicy policy,
            ReconcileOptions options,
            Clock clock) {
        this.controller = controller;
        this.policy = policy;
        this.options = options;
        this.clock = clock;
        this.retries = new RetryClock(options.firstRetry(), options.lastRetry());
        this.restores = new RetryClock(options.firstRetry(), options.lastRetry());
        this.watch = store.watch(this::edited);
        this.subscription = node.subscribe(new Listener());
        this.thread = new Thread(this::loop, "cti-gateway-reconcile-" + node.profile());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void edited(String gateway) {
        lock.lock();
        try {
            edited.add(gateway);
            wake();
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            due = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        try {
            while (awaitDue()) {
                runOnce();
            }
        } catch (InterruptedException e) {
            log.info("Reconciling was interrupted");
            Thread.currentThread().interrupt();
        }
    }

    /** False when closed. */
    private boolean awaitDue() throws InterruptedException {
        lock.lock();
        try {
            long nanos = untilNextLook().toNanos();
            while (!due && !closed && nanos > 0) {
                nanos = woken.awaitNanos(nanos);
            }
            nanos = due && !closed ? options.settle().toNanos() : 0;
            while (!closed && nanos > 0) {
                nanos = woken.awaitNanos(nanos);
            }
            due = false;
            retries.forget(edited);
            restores.forget(edited);
            edited.clear();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private Duration untilNextLook() {
        if (failed) {
            return min(options.firstRetry(), options.every());
        }
        Duration every = busySince.isEmpty() ? options.every() : min(BUSY_EVERY, options.every());
        return Stream.concat(retries.nextAfter(looked).stream(), restores.nextAfter(looked).stream())
                .min(Comparator.naturalOrder())
                .map(at -> min(Duration.between(clock.instant(), at), every))
                .orElse(every);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void runOnce() {
        Plan plan = null;
        ApplyResult result = null;
        CtiGatewayException failure = null;
        boolean refused = false;
        looked = clock.instant();
        try {
            Plan made = controller.plan(this::mayBeRestored);
            plan = made;
            retries.keepOnly(made.differing());
            restores.forgetRested(made.differing(), looked);
            busySince.keySet().retainAll(made.differing());
            // Of the whole, before some of it is put off: many small steps are a mass change too.
            MassChangeException mass = massChange(made);
            Set<String> ready = made.changes().stream()
                    .filter(item -> retries.isDue(item.gateway(), looked))
                    .filter(item -> !waitsForCalls(item, looked))
                    .map(PlanItem::gateway)
                    .collect(Collectors.toSet());
            if (mass != null) {
                // A store gone wrong does not want what runs; bindings that were lost need no person's leave.
                ready.retainAll(made.toRestore());
            }
            if (!ready.isEmpty()) {
                Plan now = made.only(ready);
                Set<String> restored = now.toRestore();
                result = controller.apply(now, options.apply(), busyNow());
                result.outcomes().forEach((gateway, outcome) -> learn(gateway, outcome, restored.contains(gateway)));
            }
            if (mass != null) {
                throw mass;
            }
        } catch (StalePlanException e) {
            failure = e;
            wake();
        } catch (MassChangeException | DoubtfulPlanException e) {
            // It waits for a person, so looking again soon would only read the whole switch for nothing.
            failure = e;
            refused = true;
            log.warn("The store is not applied: {}", e.getMessage());
        } catch (CtiGatewayException e) {
            failure = e;
            log.warn("Reconciling did not get through: {}", e.getMessage());
        } catch (RuntimeException e) {
            // A defect of ours or of an adapter: it must not end the only thread that would repair what it left behind.
            log.error("Reconciling failed", e);
        }
        failed = plan == null || (failure != null && !refused);
        report(new ReconcileRun(plan, result, failure));
    }

    private @Nullable MassChangeException massChange(Plan made) {
        try {
            Guards.massChange(made, options.apply());
            return null;
        } catch (MassChangeException e) {
            return e;
        }
    }

    private boolean mayBeRestored(PlanItem item) {
        return retries.isDue(item.gateway(), looked)
                && restores.isDue(item.gateway(), looked)
                && !waitsForCalls(item, looked);
    }

    /** Applying must not wait for calls here: it would keep every other change waiting. So it is looked again, and soon. */
    private boolean waitsForCalls(PlanItem item, Instant now) {
        if (policy.busy() != PlanPolicy.Busy.WAIT || item.calls() == 0) {
            busySince.remove(item.gateway());
            return false;
        }
        Instant since = busySince.computeIfAbsent(item.gateway(), name -> now);
        return since.plus(policy.busyLimit()).isAfter(now);
    }

    private PlanPolicy.Busy busyNow() {
        return policy.busy() == PlanPolicy.Busy.WAIT ? PlanPolicy.Busy.KILL : policy.busy();
    }

    private void learn(String gateway, Outcome outcome, boolean restored) {
        boolean again = outcome instanceof Outcome.Rejected
                || outcome instanceof Outcome.Unknown
                || (outcome instanceof Outcome.TimedOut timedOut && timedOut.step() != ApplyStep.REGISTRATION);
        if (again) {
            retries.waitLonger(gateway, clock.instant());
        } else if (!(outcome instanceof Outcome.Skipped)) {
            retries.succeeded(gateway);
        }
        if (restored && !(outcome instanceof Outcome.Skipped) && !(outcome instanceof Outcome.Unchanged)) {
            restores.waitLonger(gateway, clock.instant());
        }
    }

    private void report(ReconcileRun run) {
        try {
            options.onRun().accept(run);
        } catch (RuntimeException e) {
            log.warn("The listener of a reconcile run failed", e);
        }
    }

    /** Ends after the run that is under way: a gateway is not left killed because we stop. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        watch.close();
        subscription.close();
        joinUninterruptibly(thread);
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements SwitchListener {
        private @Nullable String coreUuid;

        @Override
        public void onEvent(GatewayEvent event) {
            boolean restarted =
                    coreUuid != null && !coreUuid.equals(event.origin().coreUuid());
            coreUuid = event.origin().coreUuid();
            if (restarted || event instanceof GatewayEvent.Deleted) {
                wake();
            }
        }

        @Override
        public void onGap(String reason) {
            wake();
        }
    }
}
