package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.fleet.FleetPlan;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far an apply to several nodes is: for a person one bar over all changes with the step of each node, that draws over itself; a
 * line for each outcome otherwise. Nodes tell at the same time.
 */
final class FleetProgress implements BiConsumer<String, ApplyProgress>, AutoCloseable {
    private final PrintWriter err;

    /** Null when nobody sees it. */
    private final @Nullable ProgressBar bar;

    private final int total;
    private final Map<String, String> steps = new LinkedHashMap<>();
    private int ended;

    FleetProgress(PrintWriter err, boolean bar, FleetPlan plan) {
        this.err = err;
        this.bar = bar ? new ProgressBar(err) : null;
        this.total = plan.plans().values().stream()
                .map(Plan::changes)
                .mapToInt(List::size)
                .sum();
    }

    @Override
    public synchronized void accept(String node, ApplyProgress progress) {
        if (progress.gateway() != null) {
            ended++;
            line(node + ": " + progress.gateway() + ": " + progress.ended());
        } else {
            steps.put(node, ProgressBar.words(progress.step()));
        }
        if (bar != null) {
            bar.draw(
                    ended,
                    total,
                    "",
                    "  "
                            + steps.entrySet().stream()
                                    .map(step -> step.getKey() + " " + step.getValue())
                                    .collect(Collectors.joining(", ")));
        }
    }

    private void line(String text) {
        if (bar != null) {
            bar.line(text);
        } else {
            err.print(Printable.line(text) + "\n");
            err.flush();
        }
    }

    /** Leaves the terminal on a clean line. */
    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
