package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.ApplyStep;
import java.io.PrintWriter;
import java.util.Locale;

/** A bar on one line of a terminal, that draws over itself. Not thread-safe. */
final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final String ERASE_LINE = "\r\033[K";

    /** What is too long for the terminal is cut off: of a line that went on below, the upper part would stay. */
    private static final String CUT_OFF = "\033[?7l";

    private static final String WRAP = "\033[?7h";

    private final PrintWriter err;

    ProgressBar(PrintWriter err) {
        this.err = err;
    }

    /** Draws the bar, with a text before and behind the count. */
    void draw(int done, int total, String before, String behind) {
        int filled = total == 0 ? WIDTH : Math.min(WIDTH, WIDTH * done / total);
        err.print(ERASE_LINE + CUT_OFF + "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + before + done
                + "/" + total + behind + WRAP);
        err.flush();
    }

    /** Writes a line in the bar's place; the bar is gone until it is drawn again. */
    void line(String text) {
        err.print(ERASE_LINE + Printable.line(text) + "\n");
        err.flush();
    }

    /** A step in words. */
    static String words(ApplyStep step) {
        return step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Leaves the terminal on a clean line. */
    @Override
    public void close() {
        err.print(ERASE_LINE);
        err.flush();
    }
}
