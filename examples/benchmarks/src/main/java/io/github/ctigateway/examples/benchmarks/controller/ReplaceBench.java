package io.github.ctigateway.examples.benchmarks.controller;

import io.github.ctigateway.control.Plan;
import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.examples.benchmarks.Promises;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/**
 * Replacing k of N gateways, from a plan that is made to the last outcome. The slowest of some rounds counts: when in a tick the kill
 * comes is chance, and the promise is for every time.
 */
final class ReplaceBench {
    private static final double TICK = 1_000;
    private static final int REGISTERING_TICKS = 4;

    /** What is allowed beside the ticks, in milliseconds: this, and this for each gateway. */
    private static final double OURS = 100;

    private static final double OURS_EACH = 0.2;

    private static final int[] CHANGED = {1, 100, 1_000};

    private final Promises promises;
    private final int size;
    private final Publishing publishing;
    private final Random random = new Random(7);

    ReplaceBench(Promises promises, int size, Publishing publishing) {
        this.promises = promises;
        this.size = size;
        this.publishing = publishing;
    }

    void measure() throws Exception {
        replace(false, 1);
        if (publishing == Publishing.XML_CURL) {
            replace(true, REGISTERING_TICKS);
        }
    }

    private void replace(boolean registering, int ticks) throws Exception {
        try (Bench bench = new Bench(publishing, Duration.ofMillis((long) TICK))) {
            bench.fill(size, registering);
            for (int changed : CHANGED) {
                if (changed <= size) {
                    replace(bench, changed, registering, ticks);
                }
            }
        }
    }

    private void replace(Bench bench, int changed, boolean registering, int ticks) {
        double slowest = 0;
        double planned = 0;
        double rescan = 0;
        for (int round = 0; round < promises.scaled(10); round++) {
            if (publishing == Publishing.FILES) {
                rescan = Math.max(rescan, rescan(bench.node.client()));
            }
            bench.edit(changed, size, registering, random);
            long start = System.nanoTime();
            Plan plan = bench.controller.plan();
            planned = Math.max(planned, (System.nanoTime() - start) / 1e6);
            if (plan.changes().size() != changed) {
                throw new IllegalStateException(plan.changes().size() + " changes, not " + changed);
            }
            slowest = Math.max(slowest, bench.apply(plan));
        }
        String name = String.format(
                Locale.ROOT,
                "%s.%s%d-of-%d",
                publishing.name().toLowerCase(Locale.ROOT),
                registering ? "registering." : "",
                changed,
                size);
        promises.atMost(name + ".ms", slowest, ticks * TICK + OURS + OURS_EACH * changed + rescan);
        promises.info(name + ".plan-before.ms", planned);
        if (publishing == Publishing.FILES) {
            promises.info(name + ".rescan.ms", rescan);
        }
    }

    /** What one rescan costs that finds nothing new. */
    private static double rescan(EslClient client) {
        long start = System.nanoTime();
        client.bgapi("sofia profile " + Bench.PROFILE + " rescan");
        return (System.nanoTime() - start) / 1e6;
    }
}
