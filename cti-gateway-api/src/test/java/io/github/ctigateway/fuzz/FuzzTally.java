package io.github.ctigateway.fuzz;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Counts the inputs that a fuzz test was given, and fails it when it was to fuzz and only replayed its seeds. Without the property
 * {@code fuzz.budget}, as in an IDE, replaying them is all that it does.
 */
public final class FuzzTally implements AfterAllCallback {
    /** More than any test has seeds; fuzzing gives as many in a fraction of a second. */
    private static final long FEWEST = 50;

    private final LongAdder inputs = new LongAdder();

    /** One more input. */
    public void count() {
        inputs.increment();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName();
        String duration = System.getProperty("fuzz.budget", "");
        System.out.println(name + ": " + inputs.sum() + " inputs" + (duration.isEmpty() ? "" : " in " + duration));
        if (!duration.isEmpty() && inputs.sum() < FEWEST) {
            throw new AssertionError(
                    name + " was given only " + inputs.sum() + " inputs in " + duration + ": it was not fuzzed");
        }
    }
}
