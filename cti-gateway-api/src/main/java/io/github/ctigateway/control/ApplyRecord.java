package io.github.ctigateway.control;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an apply knows of itself: the step it is at, how gateways ended, and which it took down. Used by the applying thread. */
final class ApplyRecord {
    private static final Logger log = LoggerFactory.getLogger(ApplyRecord.class);

    private final Plan plan;
    private final ApplyOptions options;
    private final long began = System.nanoTime();
    private final int items;
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private final Set<String> down = new TreeSet<>();
    private ApplyStep step = ApplyStep.PUBLISH;

    ApplyRecord(Plan plan, ApplyOptions options) {
        this.plan = plan;
        this.options = options;
        this.items = plan.items().size();
    }

    ApplyStep step() {
        return step;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    Map<String, Outcome> outcomes() {
        return outcomes;
    }

    void enter(ApplyStep next, int total) {
        step = next;
        through(0, total);
    }

    /** So many gateways are through this step. */
    void through(int done, int total) {
        tell(new ApplyProgress(step, done, total, null, null));
    }

    /** Nothing is done for this gateway, so nobody is told of it. */
    void untouched(String gateway, Outcome outcome) {
        outcomes.put(gateway, outcome);
    }

    void end(String gateway, Outcome outcome) {
        outcomes.put(gateway, outcome);
        tell(new ApplyProgress(step, outcomes.size(), items, gateway, outcome));
    }

    /** The changes that have no outcome yet. */
    Set<String> open() {
        Set<String> open = new TreeSet<>();
        for (PlanItem item : plan.changes()) {
            if (!outcomes.containsKey(item.gateway())) {
                open.add(item.gateway());
            }
        }
        return open;
    }

    /** These are about to be killed; those that the plan wants live must be started again. */
    void killing(Collection<String> gateways) {
        for (String gateway : gateways) {
            if (plan.item(gateway).map(PlanItem::action).orElse(Action.KEEP) != Action.REMOVE) {
                down.add(gateway);
            }
        }
    }

    /** These were seen to run what is wanted. */
    void running(Collection<String> gateways) {
        down.removeAll(gateways);
    }

    /** Those that were killed, are wanted, and were not seen to run again. */
    Set<String> down() {
        return Set.copyOf(down);
    }

    /** Nobody may have to look for a gateway that we took down. */
    void warnOfDown() {
        if (!down.isEmpty()) {
            log.warn(
                    "After {} these gateways of profile {} were killed and not seen to run again: {}."
                            + " They are down until the next plan is applied",
                    step,
                    plan.profile(),
                    down);
        }
    }

    /** A listener that throws must not leave gateways killed and not started. */
    private void tell(ApplyProgress progress) {
        try {
            options.onProgress().accept(progress);
        } catch (RuntimeException e) {
            log.warn("The progress listener failed at {}", step, e);
        }
    }

    /** Ends all that is open: nobody knows what became of it. */
    void endOpen(@Nullable String reason) {
        open().forEach(name -> end(name, new Outcome.Unknown(step, String.valueOf(reason))));
    }
}
