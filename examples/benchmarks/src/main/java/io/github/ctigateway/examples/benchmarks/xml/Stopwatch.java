package io.github.ctigateway.examples.benchmarks.xml;

import java.util.Arrays;

/**
 * Runs something until it is warm, and then says how long it takes: what the fastest tenth of the runs stays below, since all that else
 * runs on a machine only adds.
 */
final class Stopwatch {
    private Stopwatch() {}

    /** Something that is measured; what it answers is looked at, so that the JIT cannot leave it out. */
    interface Work {
        long run() throws Exception;
    }

    /** Milliseconds for one run of each of these, run by turns. */
    static double[] milliseconds(int rounds, Work... works) throws Exception {
        double[][] took = new double[works.length][rounds];
        long seen = 0;
        for (int round = -rounds; round < rounds; round++) {
            for (int i = 0; i < works.length; i++) {
                long start = System.nanoTime();
                seen += works[i].run();
                if (round >= 0) {
                    took[i][round] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        if (seen == 0) {
            throw new IllegalStateException("nothing was done");
        }
        return Arrays.stream(took).mapToDouble(Stopwatch::fastTenth).toArray();
    }

    private static double fastTenth(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 10];
    }
}
