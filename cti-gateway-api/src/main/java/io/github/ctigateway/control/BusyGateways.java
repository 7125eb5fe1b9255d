package io.github.ctigateway.control;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gateways that have to be killed and have calls: each is done once it has none, or when the limit is over. */
final class BusyGateways {
    private static final Logger log = LoggerFactory.getLogger(BusyGateways.class);
    private static final int ASK_EVERY_SECONDS = 1;

    private final Plan plan;
    private final GatewaySwitch node;
    private final Duration limit;
    private final CountDownLatch closed;
    private final Function<Set<String>, ApplyResult> apply;

    /**
     * @param closed ends the waiting
     * @param apply does what is planned for some gateways
     */
    BusyGateways(
            Plan plan,
            GatewaySwitch node,
            Duration limit,
            CountDownLatch closed,
            Function<Set<String>, ApplyResult> apply) {
        this.plan = plan;
        this.node = node;
        this.limit = limit;
        this.closed = closed;
        this.apply = apply;
    }

    /**
     * Waits for these.
     *
     * @param others how the others ended
     * @return how all ended
     */
    ApplyResult await(Collection<String> busy, ApplyResult others) {
        Set<String> waiting = new TreeSet<>(busy);
        ApplyResult result = others;
        Deadline deadline = Deadline.in(limit);
        log.info("Calls go through {}: waiting up to {} for them to end", waiting, limit);
        try {
            while (!waiting.isEmpty()) {
                if (closed.await(ASK_EVERY_SECONDS, TimeUnit.SECONDS)) {
                    return result.with(skipped(waiting, "calls go through it, and the controller was closed"));
                }
                Set<String> ready = new TreeSet<>(waiting);
                if (!deadline.isOver()) {
                    ready.removeAll(node.calls(waiting).keySet());
                }
                if (!ready.isEmpty()) {
                    waiting.removeAll(ready);
                    result = result.with(ended(ready));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApplyInterruptedException(e);
        } catch (SwitchException e) {
            Map<String, Outcome> unknown = new TreeMap<>();
            waiting.forEach(
                    name -> unknown.put(name, new Outcome.Unknown(ApplyStep.KILL, String.valueOf(e.getMessage()))));
            return result.with(unknown);
        }
        return result;
    }

    private Map<String, Outcome> ended(Set<String> ready) {
        try {
            Map<String, Outcome> ended = new TreeMap<>(apply.apply(ready).outcomes());
            ended.keySet().retainAll(ready);
            return ended;
        } catch (StalePlanException e) {
            return skipped(ready, "it changed while its calls were waited for: plan again");
        } catch (NoAuthorityException e) {
            if (!e.down().isEmpty()) {
                throw e;
            }
            return skipped(ready, "this controller was no longer in charge when its calls had ended");
        }
    }

    private Map<String, Outcome> skipped(Set<String> gateways, String reason) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        gateways.forEach(name -> outcomes.put(
                name, new Outcome.Skipped(plan.item(name).orElseThrow().action(), reason)));
        return outcomes;
    }
}
