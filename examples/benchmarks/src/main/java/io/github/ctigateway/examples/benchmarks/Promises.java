package io.github.ctigateway.examples.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Prints each promise with what was measured, and remembers whether one was not kept. Not thread-safe. */
public final class Promises {
    private final PrintStream out;
    private final boolean quick;
    private String area = "";
    private boolean allKept = true;

    Promises(PrintStream out, boolean quick) {
        this.out = out;
        this.quick = quick;
    }

    void enter(String name) {
        area = name;
    }

    boolean allKept() {
        return allKept;
    }

    /** Whether small numbers will do: for a look, not for the record. */
    public boolean quick() {
        return quick;
    }

    /** So much work, or a tenth of it for a look. */
    public int scaled(int full) {
        return quick ? Math.max(1, full / 10) : full;
    }

    /** It must be this much or more. */
    public void atLeast(String name, double measured, double bound) {
        line(name, measured, ">=", bound, measured >= bound);
    }

    /** It must be this much or less. */
    public void atMost(String name, double measured, double bound) {
        line(name, measured, "<=", bound, measured <= bound);
    }

    /** Something that is measured for comparison and promises nothing. */
    public void info(String name, double measured) {
        out.printf(Locale.ROOT, "# %s.%s measured=%s%n", area, name, number(measured));
    }

    private void line(String name, double measured, String sign, double bound, boolean kept) {
        allKept &= kept;
        out.printf(
                Locale.ROOT,
                "%s.%s measured=%s bound=%s%s %s%n",
                area,
                name,
                number(measured),
                sign,
                number(bound),
                kept ? "ok" : "SHORT");
    }

    private static String number(double value) {
        return Math.abs(value) >= 1000 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
