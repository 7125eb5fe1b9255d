package io.github.ctigateway.control;

import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.validation.GatewayValidator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Waits until killed gateways are gone. Events say when to look; gone is what the switch no longer lists. Waiting for it before anything is
 * started is what keeps the registrar's binding: a REGISTER that overtakes the old gateway's un-REGISTER leaves FreeSWITCH saying REGED and
 * the registrar with nothing.
 */
final class Removal {
    private final Plan plan;
    private final GatewaySwitch node;
    private final ApplyOptions options;
    private final ApplyWatch watch;
    private final ApplyRecord record;
    private final Runnable inCharge;

    /** How many deletions were told of a gateway when it was last looked for and still there. */
    private final Map<String, Integer> disproven = new HashMap<>();

    /**
     * @param inCharge throws when this controller is not in charge any more; asked once a second
     */
    Removal(
            Plan plan,
            GatewaySwitch node,
            ApplyOptions options,
            ApplyWatch watch,
            ApplyRecord record,
            Runnable inCharge) {
        this.plan = plan;
        this.node = node;
        this.options = options;
        this.watch = watch;
        this.record = record;
        this.inCharge = inCharge;
    }

    /**
     * Waits until none of these stands in the way of a start any more.
     *
     * @param killed those that were just killed
     * @param others those that may be there or not
     * @return those that are still there when nothing has moved for the time given; their outcome is TimedOut
     */
    Set<String> await(Set<String> killed, Set<String> others) throws InterruptedException {
        Set<String> waiting = new TreeSet<>(others);
        waiting.removeAll(killed);
        if (!waiting.isEmpty()) {
            waiting.retainAll(node.names());
        }
        waiting.addAll(killed);
        Set<String> all = new TreeSet<>(killed);
        all.addAll(others);
        record.enter(ApplyStep.REMOVAL, all.size());
        Deadline deadline = Deadline.in(options.removalTimeout());
        Deadline ask = Deadline.in(ApplyWatch.ASK_EVERY);
        int toldBefore = 0;
        while (true) {
            Set<String> there = new TreeSet<>(waiting);
            there.removeIf(this::isTold);
            if (there.isEmpty() && !waiting.isEmpty()) {
                look(waiting);
            } else if (ask.isOver()) {
                inCharge.run();
                look(waiting);
                ask = Deadline.in(ApplyWatch.ASK_EVERY);
            }
            gone(all, waiting);
            int told = all.size() - there.size();
            if (told > toldBefore) {
                toldBefore = told;
                deadline = Deadline.in(options.removalTimeout());
            }
            if (waiting.isEmpty() || deadline.isOver()) {
                break;
            }
            watch.await(deadline.remainingAtMost(ask.remaining()));
        }
        waiting.forEach(name -> record.end(name, new Outcome.TimedOut(record.step(), options.removalTimeout())));
        return waiting;
    }

    private boolean isTold(String gateway) {
        return watch.deletions(gateway) > disproven.getOrDefault(gateway, 0) || isDown(gateway);
    }

    /** Takes out what is gone, and at the fast pace what has sent its un-REGISTER. */
    private void look(Set<String> waiting) {
        Map<String, Integer> told = new HashMap<>();
        waiting.forEach(name -> told.put(name, watch.deletions(name)));
        Set<String> there = new HashSet<>();
        if (options.pace() == ReplacePace.FAST) {
            // Only the whole list shows the state of a gateway that is going.
            for (LiveGateway live : node.live()) {
                boolean leaving = live.state() == RegistrationState.DOWN && mayBeFast(live.name());
                if (live.profile().equals(node.profile()) && !leaving) {
                    there.add(live.name());
                }
            }
            there.removeIf(this::isDown);
        } else {
            there.addAll(node.names());
        }
        waiting.retainAll(there);
        waiting.removeAll(startedByOthers(waiting, told));
        waiting.forEach(name -> disproven.put(name, told.getOrDefault(name, 0)));
    }

    /** Was deleted, and somebody has started what is wanted since: there is nothing to wait for any more. */
    private Set<String> startedByOthers(Set<String> waiting, Map<String, Integer> told) {
        Set<String> deleted = new HashSet<>(waiting);
        deleted.removeIf(
                name -> told.getOrDefault(name, 0) == 0 || !plan.wanted().containsKey(name));
        Map<String, String> stamps =
                deleted.isEmpty() ? Map.of() : node.variables(deleted, GatewayValidator.STAMP_VARIABLE);
        deleted.removeIf(name -> !plan.wantedStamp(name).equals(Optional.ofNullable(stamps.get(name))));
        return deleted;
    }

    private boolean isDown(String gateway) {
        return mayBeFast(gateway)
                && watch.state(gateway)
                        .filter(event -> event.state() == RegistrationState.DOWN)
                        .isPresent();
    }

    /** One that is removed is awaited to the end; so is one that does not register, or is not alone. */
    private boolean mayBeFast(String gateway) {
        return options.pace() == ReplacePace.FAST
                && plan.instances(gateway) == 1
                && plan.item(gateway)
                        .filter(item -> item.action() == Action.REPLACE)
                        .map(PlanItem::liveState)
                        .filter(state -> state != RegistrationState.NOREG)
                        .isPresent();
    }

    private void gone(Set<String> all, Set<String> waiting) {
        for (String name : all) {
            boolean removed = plan.item(name).map(PlanItem::action).orElse(Action.KEEP) == Action.REMOVE;
            if (removed && !waiting.contains(name) && !record.outcomes().containsKey(name)) {
                record.end(name, new Outcome.Removed(record.elapsed()));
            }
        }
        record.through(all.size() - waiting.size(), all.size());
    }
}
