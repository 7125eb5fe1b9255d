package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.fleet.FleetPlan;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Shows how far an apply to several nodes is: for a person one bar over all changes with the step of each node, that draws over itself; a
 * line for each outcome otherwise. Nodes tell at the same time.
 */
final class FleetProgress implements BiConsumer<String, ApplyProgress>, AutoCloseable {
    private static final int BAR_WIDTH = 30;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintWriter err;
    private final boolean bar;
    private final int total;
    private final Map<String, String> steps = new LinkedHashMap<>();
    private int ended;

    FleetProgress(PrintWriter err, boolean bar, FleetPlan plan) {
        this.err = err;
        this.bar = bar;
        this.total = plan.plans().values().stream()
                .map(Plan::changes)
                .mapToInt(List::size)
                .sum();
    }

    @Override
    public synchronized void accept(String node, ApplyProgress progress) {
        if (progress.gateway() != null) {
            ended++;
            err.print((bar ? ERASE_LINE : "") + node + ": " + progress.gateway() + ": " + progress.ended() + "\n");
        } else {
            steps.put(node, progress.step().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        if (bar) {
            draw();
        }
        err.flush();
    }

    private void draw() {
        int filled = total == 0 ? BAR_WIDTH : Math.min(BAR_WIDTH, BAR_WIDTH * ended / total);
        err.print(ERASE_LINE + "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + ended + "/" + total
                + "  "
                + steps.entrySet().stream()
                        .map(step -> step.getKey() + " " + step.getValue())
                        .collect(Collectors.joining(", ")));
    }

    /** Leaves the terminal on a clean line. */
    @Override
    public synchronized void close() {
        if (bar) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }
}
