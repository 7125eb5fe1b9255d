package io.github.ctigateway.control;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the stamps of started gateways back until each runs what was published. */
final class ReadBack {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Plan plan;
    private final GatewaySwitch node;
    private final ApplyOptions options;
    private final ApplyWatch watch;
    private final ApplyRecord record;

    ReadBack(Plan plan, GatewaySwitch node, ApplyOptions options, ApplyWatch watch, ApplyRecord record) {
        this.plan = plan;
        this.node = node;
        this.options = options;
        this.watch = watch;
        this.record = record;
    }

    /** Those of these that run what was published; the others end as Rejected. */
    Set<String> await(Set<String> names) throws InterruptedException {
        record.enter(ApplyStep.READ_BACK, names.size());
        Set<String> missing = new TreeSet<>(names);
        Map<String, String> found = new HashMap<>();
        Deadline deadline = Deadline.in(options.readBackTimeout());
        while (true) {
            found.putAll(node.variables(missing, GatewayValidator.STAMP_VARIABLE));
            missing.removeIf(name -> wantedStamp(name).equals(found.get(name)));
            record.through(names.size() - missing.size(), names.size());
            if (missing.isEmpty() || deadline.isOver()) {
                break;
            }
            watch.await(deadline.remainingAtMost(EVERY));
        }
        Set<String> running = new TreeSet<>(names);
        running.removeAll(missing);
        record.running(running);
        Set<String> present = missing.isEmpty() ? Set.of() : node.present(missing);
        missing.forEach(
                name -> record.end(name, new Outcome.Rejected(rejection(found.get(name), present.contains(name)))));
        return running;
    }

    private static String rejection(@Nullable String foundStamp, boolean present) {
        if (foundStamp != null || present) {
            return "FreeSWITCH runs another definition under this name: look for a second one in its XML";
        }
        return "FreeSWITCH did not take it in: it is skipped or not read; its log says why";
    }

    private String wantedStamp(String name) {
        Gateway wanted = Objects.requireNonNull(plan.wanted().get(name));
        return wanted.variable(GatewayValidator.STAMP_VARIABLE).orElseThrow().value();
    }
}
