package io.github.ctigateway.control;

import io.github.ctigateway.validation.GatewayValidator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the stamps of started gateways back until each runs what was published. */
final class ReadBack {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Plan plan;
    private final GatewaySwitch node;
    private final ApplyOptions options;
    private final ApplyWatch watch;
    private final ApplyRecord record;
    private final Rejections rejections;

    ReadBack(
            Plan plan,
            GatewaySwitch node,
            ApplyOptions options,
            ApplyWatch watch,
            ApplyRecord record,
            Rejections rejections) {
        this.plan = plan;
        this.node = node;
        this.options = options;
        this.watch = watch;
        this.record = record;
        this.rejections = rejections;
    }

    /** Those of these that run what was published; the others end as Rejected. */
    Set<String> await(Set<String> names) throws InterruptedException {
        record.enter(ApplyStep.READ_BACK, names.size());
        Set<String> missing = new TreeSet<>(names);
        Map<String, String> found = new HashMap<>();
        Deadline deadline = Deadline.in(options.readBackTimeout());
        while (true) {
            found.putAll(node.variables(missing, GatewayValidator.STAMP_VARIABLE));
            missing.removeIf(name -> plan.wantedStamp(name).equals(Optional.ofNullable(found.get(name))));
            record.through(names.size() - missing.size(), names.size());
            if (missing.isEmpty() || deadline.isOver()) {
                break;
            }
            watch.await(deadline.remainingAtMost(EVERY));
        }
        Set<String> running = new TreeSet<>(names);
        running.removeAll(missing);
        record.running(running);
        if (!missing.isEmpty()) {
            found.keySet().retainAll(missing);
            rejections
                    .reasons(missing, found, !running.isEmpty())
                    .forEach((name, reason) -> record.end(name, new Outcome.Rejected(reason)));
        }
        return running;
    }
}
