package io.github.ctigateway.control;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is still to be done on the switch for a plan: at the beginning all of it, after the switch was lost what the truth read again
 * leaves.
 *
 * @param kill gateways to kill
 * @param vanish gateways that must be gone and need no command any more
 * @param start gateways to start once nothing of their name is left
 * @param running gateways that run what is wanted already, of which only the registration is awaited
 * @param lost gateways for which the plan no longer holds, with the reason
 */
record ApplyWork(
        Set<String> kill, Set<String> vanish, Set<String> start, Set<String> running, Map<String, String> lost) {
    private ApplyWork() {
        this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
    }

    /** Everything that the plan changes. */
    static ApplyWork of(Plan plan) {
        ApplyWork work = new ApplyWork();
        for (PlanItem item : plan.changes()) {
            if (item.action() != Action.CREATE) {
                work.kill.add(item.gateway());
            }
            if (item.action() != Action.REMOVE) {
                work.start.add(item.gateway());
            }
        }
        return work;
    }

    /** What is left to do for these gateways of a plan, after a look at what is wanted and live now. */
    static ApplyWork left(Plan plan, Set<String> open, Plan now) {
        ApplyWork work = new ApplyWork();
        for (String name : open) {
            Action planned = plan.item(name).orElseThrow().action();
            Action action = now.item(name).map(PlanItem::action).orElse(Action.OFF);
            if (planned == Action.REMOVE) {
                work.remove(name, action);
            } else if (!Objects.equals(plan.wanted().get(name), now.wanted().get(name))) {
                work.lost.put(name, "what is wanted changed in the store meanwhile");
            } else {
                work.bringUp(name, planned, action);
            }
        }
        return work;
    }

    private void remove(String name, Action now) {
        if (now == Action.REMOVE) {
            kill.add(name);
        } else if (now == Action.OFF || now == Action.UNMANAGED) {
            vanish.add(name);
        } else {
            lost.put(name, "it is wanted again meanwhile");
        }
    }

    private void bringUp(String name, Action planned, Action now) {
        if (now == Action.KEEP) {
            running.add(name);
        } else if (now == Action.CREATE) {
            start.add(name);
        } else if (now == Action.REPLACE && planned == Action.REPLACE) {
            kill.add(name);
            start.add(name);
        } else {
            lost.put(name, "it would be " + now + " now");
        }
    }
}
