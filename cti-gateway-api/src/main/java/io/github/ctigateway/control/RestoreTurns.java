package io.github.ctigateway.control;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chooses the bindings in doubt that a plan restores: few at a time, so that somebody who restarts all gateways carelessly does not turn
 * each plan into a mass change; and those first whose last turn is longest ago, so that none waits for ever for others that do not get
 * well. Thread-safe.
 */
final class RestoreTurns {
    private final Comparator<PlanItem> order;
    private final Map<String, Long> lastTurn = new ConcurrentHashMap<>();
    private final AtomicLong latest = new AtomicLong();

    RestoreTurns(PlanPolicy policy) {
        Comparator<PlanItem> turn = Comparator.<PlanItem>comparingLong(
                        item -> lastTurn.getOrDefault(item.gateway(), 0L))
                .thenComparing(PlanItem::gateway);
        // Where calls are waited for, the others are done first.
        this.order = policy.busy() == PlanPolicy.Busy.KILL
                ? turn
                : Comparator.<PlanItem, Boolean>comparing(item -> item.calls() > 0)
                        .thenComparing(turn);
    }

    /**
     * The same plan with all but a few restores held back.
     *
     * @param plan a plan for everything
     * @param restorable whether a gateway may be restored now
     */
    Plan limit(Plan plan, Predicate<PlanItem> restorable) {
        lastTurn.keySet().removeIf(name -> plan.item(name).isEmpty());
        Set<String> held = new TreeSet<>(plan.toRestore());
        int others = plan.kills().size() - held.size();
        held.removeAll(held.stream()
                .map(name -> plan.item(name).orElseThrow())
                .filter(restorable)
                .sorted(order)
                .limit(room(others, plan.liveCount()))
                .map(PlanItem::gateway)
                .collect(Collectors.toSet()));
        return plan.without(held);
    }

    /** How many may be restored beside so many others that are killed. */
    private static int room(int others, int live) {
        int room = ApplyOptions.MASS_COUNT;
        if (Guards.isMassChange(others, live)) {
            // It waits for a person with them as without them.
            return room;
        }
        while (room > 0 && Guards.isMassChange(others + room, live)) {
            room--;
        }
        return room;
    }

    /** It is the turn of these now. */
    void taken(Set<String> gateways) {
        long turn = latest.incrementAndGet();
        gateways.forEach(name -> lastTurn.put(name, turn));
    }
}
