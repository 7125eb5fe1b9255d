package io.github.ctigateway.examples.benchmarks.esl;

/** How many in a second. */
final class Rate {
    private Rate() {}

    /** @param start in {@link System#nanoTime()} */
    static double perSecond(long count, long start) {
        return count * 1e9 / Math.max(1, System.nanoTime() - start);
    }
}
