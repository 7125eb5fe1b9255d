package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.ApplyStep;
import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows how far an apply is: a bar that draws over itself for a person, a line for each step and outcome otherwise. */
final class ProgressView implements Consumer<ApplyProgress>, AutoCloseable {
    private final PrintWriter err;

    /** Null when nobody sees it. */
    private final @Nullable ProgressBar bar;

    private @Nullable ApplyStep told;

    ProgressView(PrintWriter err, boolean bar) {
        this.err = err;
        this.bar = bar ? new ProgressBar(err) : null;
    }

    @Override
    public void accept(ApplyProgress progress) {
        if (bar != null) {
            draw(bar, progress);
        } else if (progress.gateway() != null) {
            line(progress.gateway() + ": " + progress.ended());
        } else if (progress.step() != told && progress.total() > 0) {
            told = progress.step();
            line(ProgressBar.words(progress.step()) + ": " + progress.total());
        }
    }

    private static void draw(ProgressBar bar, ApplyProgress progress) {
        if (progress.gateway() != null) {
            bar.line(progress.gateway() + ": " + progress.ended());
        } else if (progress.total() > 0) {
            bar.draw(progress.done(), progress.total(), ProgressBar.words(progress.step()) + " ", "");
        }
    }

    private void line(String text) {
        err.print(Printable.line(text) + "\n");
        err.flush();
    }

    /** Leaves the terminal on a clean line. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
