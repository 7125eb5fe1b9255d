package io.github.ctigateway.examples.benchmarks.model;

import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.model.Gateway;
import java.lang.ref.Reference;
import java.util.List;

/** What a gateway retains: the growth of the heap by many of them, after the garbage is gone. */
final class HeapBench {
    private static final int COLLECTIONS = 4;

    private HeapBench() {}

    static void measure(Promises promises) {
        grown(); // Whatever the first gateways load for ever is not theirs.
        promises.atMost("heap_bytes_per_gateway", grown() / (double) TypicalGateways.COUNT, 1_500);
    }

    private static long grown() {
        long before = used();
        List<Gateway> gateways = TypicalGateways.list();
        try {
            return used() - before;
        } finally {
            Reference.reachabilityFence(gateways);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            runtime.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
