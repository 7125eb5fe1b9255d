package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One apply of one plan: publish, kill all at once, wait until all are gone, start once, read the stamps back, wait for the
 * registrations. When the switch is lost on the way it waits for it, reads the truth, and does what is left.
 */
final class ApplyRun {
    private static final Logger log = LoggerFactory.getLogger(ApplyRun.class);

    /** How often a switch that is lost is asked whether it is back. */
    private static final Duration TRY_EVERY = Duration.ofMillis(200);

    /** A switch that is lost more often than this in one apply is not waited for again. */
    private static final int MAX_LOSSES = 5;

    private final Plan plan;
    private final Function<Set<String>, Plan> planAgain;
    private final GatewaySwitch node;
    private final GatewayPublisher publisher;
    private final BooleanSupplier authority;
    private final ApplyOptions options;
    private final ApplyWatch watch;
    private final ApplyRecord record;

    /** Those that are wanted and did not go in time, so that they could not be started. */
    private final Set<String> stillGoing = new TreeSet<>();

    private Duration patience;
    private int losses;

    /**
     * @param planAgain a new plan for some gateways
     * @param authority whether this controller is in charge; asked before each step that changes anything
     */
    ApplyRun(
            Plan plan,
            Function<Set<String>, Plan> planAgain,
            GatewaySwitch node,
            GatewayPublisher publisher,
            BooleanSupplier authority,
            ApplyOptions options) {
        this.plan = plan;
        this.planAgain = planAgain;
        this.node = node;
        this.publisher = publisher;
        this.authority = authority;
        this.options = options;
        this.watch = new ApplyWatch(node.profile());
        this.record = new ApplyRecord(plan, options);
        this.patience = options.reconnectTimeout();
    }

    ApplyResult run() {
        untouched();
        inCharge(ApplyStep.PUBLISH);
        ApplyWork work = ApplyWork.of(plan);
        ApplyPublication publication = published(work.start());
        run(work, publication);
        return new ApplyResult(record.outcomes(), publication.clashes(), record.elapsed());
    }

    private ApplyPublication published(Set<String> pending) {
        try {
            ApplyPublication publication = new ApplyPublication(plan, publisher);
            record.enter(ApplyStep.PUBLISH, publication.size());
            publication.publish(pending);
            return publication;
        } catch (PublisherException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
            // A publisher tells of an interrupt as of any other failure; who applies hears what every other step tells.
            InterruptedException interrupt = new InterruptedException(e.getMessage());
            interrupt.initCause(e);
            throw new ApplyInterruptedException(interrupt, record.down());
        }
    }

    private void run(ApplyWork work, ApplyPublication publication) {
        try (GatewaySwitch.Subscription subscription = node.subscribe(watch)) {
            Objects.requireNonNull(subscription);
            untilThrough(work, publication);
        } catch (SwitchException e) {
            log.warn("Applying stopped at {}: {}", record.step(), e.getMessage());
            record.endOpen(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApplyInterruptedException(e, record.down());
        } finally {
            try {
                makeWhole(publication);
            } finally {
                record.warnOfDown();
            }
        }
    }

    private void untilThrough(ApplyWork all, ApplyPublication publication) throws InterruptedException {
        ApplyWork work = all;
        while (true) {
            try {
                change(work, publication);
                return;
            } catch (SwitchUnavailableException e) {
                work = whatIsLeft(e);
            }
        }
    }

    private void change(ApplyWork work, ApplyPublication publication) throws InterruptedException {
        work.lost().forEach((name, why) -> record.end(name, new Outcome.Unknown(record.step(), why)));
        if (!work.kill().isEmpty()) {
            inCharge(ApplyStep.KILL);
            record.enter(ApplyStep.KILL, work.kill().size());
            watch.forget();
            record.killing(work.kill());
            node.kill(work.kill());
        }
        Removal removal = new Removal(plan, node, options, watch, record, () -> inCharge(ApplyStep.START));
        Set<String> leaving = new TreeSet<>(work.kill());
        leaving.addAll(work.vanish());
        leaving.removeAll(work.start());
        boolean together =
                options.pace() == ReplacePace.VERIFIED || work.start().isEmpty();
        Set<String> first = new TreeSet<>(work.start());
        if (together) {
            first.addAll(leaving);
        }
        Set<String> killed = new TreeSet<>(work.kill());
        killed.retainAll(first);
        Set<String> startable = new TreeSet<>(work.start());
        Set<String> notGone = removal.await(killed, first);
        startable.removeAll(notGone);
        stillGoing.addAll(notGone);
        stillGoing.retainAll(plan.wanted().keySet());
        Set<String> running = new TreeSet<>(work.running());
        record.running(running);
        running.addAll(start(startable, publication));
        if (!together && !leaving.isEmpty()) {
            removal.await(Set.of(), leaving);
        }
        new Registrations(plan, node, options, watch, record).await(running);
    }

    /** Those of these that run afterwards what was published. */
    private Set<String> start(Set<String> startable, ApplyPublication publication) throws InterruptedException {
        if (startable.isEmpty()) {
            return Set.of();
        }
        inCharge(ApplyStep.START);
        if (losses > 0 && !stillGoing.isEmpty()) {
            stillGoing.retainAll(node.names());
        }
        publication.prepareStart(stillGoing, startable);
        watch.forgetStates();
        record.enter(ApplyStep.START, startable.size());
        node.start(publisher.startCommand());
        Rejections rejections = new Rejections(plan, node, publisher, publication.clashes());
        Set<String> running = new ReadBack(plan, node, options, watch, record, rejections).await(startable);
        // Not in a finally: a start whose answer was lost, and that is done again, may be reading still.
        makeWhole(publication);
        return running;
    }

    /** Makes readable again what was withheld from a start, if this controller is still in charge. */
    private void makeWhole(ApplyPublication publication) {
        // Whoever is in charge now publishes what it wants.
        if (!publication.isWhole() && authority.getAsBoolean()) {
            publication.makeWhole();
        }
    }

    /**
     * Waits until the switch is back and reads the truth.
     *
     * @throws SwitchUnavailableException when it does not come back in time
     */
    private ApplyWork whatIsLeft(SwitchUnavailableException loss) throws InterruptedException {
        notInterrupted();
        losses++;
        if (losses > MAX_LOSSES) {
            throw loss;
        }
        log.warn("The switch was lost at {} ({}); it is awaited for {}", record.step(), loss.getMessage(), patience);
        long lostAt = System.nanoTime();
        Deadline deadline = Deadline.in(patience);
        while (!deadline.isOver()) {
            watch.pause(deadline.remainingAtMost(TRY_EVERY));
            watch.reconnected();
            try {
                Set<String> open = record.open();
                ApplyWork left = ApplyWork.left(plan, open, planAgain.apply(open));
                // Of the same loss the listener may be told only now.
                watch.reconnected();
                patience = patience.minusNanos(System.nanoTime() - lostAt);
                return left;
            } catch (SwitchUnavailableException e) {
                notInterrupted();
                log.debug("The switch is not back yet: {}", e.getMessage());
            } catch (SwitchException e) {
                throw e;
            } catch (CtiGatewayException e) {
                log.warn("After the switch was back it could not be planned again: {}", e.getMessage());
                throw loss;
            }
        }
        throw loss;
    }

    /** The switch says "unavailable" too when the thread that waits for its answer is interrupted. */
    private static void notInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting for the switch");
        }
    }

    private void inCharge(ApplyStep next) {
        if (!authority.getAsBoolean()) {
            throw new NoAuthorityException(next, record.down());
        }
    }

    private void untouched() {
        for (PlanItem item : plan.items()) {
            if (item.action() == Action.KEEP) {
                record.untouched(item.gateway(), Outcome.Unchanged.of(item));
            } else if (!item.action().isChange()) {
                record.untouched(item.gateway(), new Outcome.Skipped(item.action(), item.reason()));
            } else if (plan.isHeld(item.gateway())) {
                record.untouched(item.gateway(), new Outcome.Skipped(item.action(), heldBack(item)));
            }
        }
    }

    private static String heldBack(PlanItem item) {
        return "its change was held back" + (item.calls() > 0 ? ": calls go through it: " + item.calls() : "");
    }
}
