package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.ApplyStep;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows how far an apply is: a bar that draws over itself for a person, a line for each step and outcome otherwise. */
final class ProgressView implements Consumer<ApplyProgress>, AutoCloseable {
    private static final int BAR_WIDTH = 30;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintWriter err;
    private final boolean bar;
    private @Nullable ApplyStep told;

    ProgressView(PrintWriter err, boolean bar) {
        this.err = err;
        this.bar = bar;
    }

    @Override
    public void accept(ApplyProgress progress) {
        if (bar) {
            draw(progress);
        } else if (progress.gateway() != null) {
            line(progress.gateway() + ": " + progress.ended());
        } else if (progress.step() != told && progress.total() > 0) {
            told = progress.step();
            line(name(progress.step()) + ": " + progress.total());
        }
    }

    private void draw(ApplyProgress progress) {
        if (progress.gateway() != null) {
            err.print(ERASE_LINE + progress.gateway() + ": " + progress.ended() + "\n");
        } else if (progress.total() > 0) {
            int filled = BAR_WIDTH * progress.done() / progress.total();
            err.print(ERASE_LINE + "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] "
                    + name(progress.step()) + " " + progress.done() + "/" + progress.total());
        }
        err.flush();
    }

    private void line(String text) {
        err.print(text + "\n");
        err.flush();
    }

    private static String name(ApplyStep step) {
        return step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Leaves the terminal on a clean line. */
    @Override
    public void close() {
        if (bar) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }
}
