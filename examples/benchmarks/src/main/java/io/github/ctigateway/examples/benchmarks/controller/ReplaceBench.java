package io.github.ctigateway.examples.benchmarks.controller;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.examples.benchmarks.Promises;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Replacing k of N gateways, from a plan that is made to the last outcome. The slowest of some rounds counts: when in a tick the kill
 * comes is chance, and the promise is for every time.
 */
final class ReplaceBench {
    private static final double TICK = 1_000;
    private static final double REGISTERING = 4 * TICK;

    /** What is allowed beside the ticks, in milliseconds: this, and this for each gateway. */
    private static final double OURS = 100;

    private static final double OURS_EACH = 0.2;

    private static final int ROUNDS = 10;

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
        try (Bench bench = new Bench(publishing, Duration.ofMillis((long) TICK))) {
            bench.fill(size, false);
            for (int changed : CHANGED) {
                if (changed <= size) {
                    replaceQuiet(bench, changed);
                }
            }
        }
        if (publishing == Publishing.XML_CURL) {
            RegistrarClock registrar = new RegistrarClock();
            try (Bench bench = new Bench(publishing, Duration.ofMillis((long) TICK));
                    GatewaySwitch.Subscription subscription = bench.node.subscribe(registrar)) {
                Objects.requireNonNull(subscription);
                bench.fill(size, true);
                for (int changed : CHANGED) {
                    if (changed <= size) {
                        replaceRegistering(bench, changed, registrar);
                    }
                }
            }
        }
    }

    private void replaceQuiet(Bench bench, int changed) {
        double slowest = 0;
        double rescan = 0;
        for (int round = 0; round < promises.scaled(ROUNDS); round++) {
            if (publishing == Publishing.FILES) {
                rescan = Math.max(rescan, rescan(bench.node.client()));
            }
            slowest = Math.max(slowest, bench.apply(edited(bench, changed, false)));
        }
        String name = name("", changed);
        promises.atMost(name + ".ms", slowest, TICK + OURS + OURS_EACH * changed + rescan);
        if (publishing == Publishing.FILES) {
            promises.info(name + ".rescan.ms", rescan);
        }
    }

    /** Of each round what it took beside the registrar's answer, for that is on top of the ticks. */
    private void replaceRegistering(Bench bench, int changed, RegistrarClock registrar) {
        double slowest = 0;
        double answer = 0;
        for (int round = 0; round < promises.scaled(ROUNDS); round++) {
            Plan plan = edited(bench, changed, true);
            registrar.begin(plan.changes().stream().map(PlanItem::gateway).collect(Collectors.toSet()));
            double took = bench.apply(plan);
            slowest = Math.max(slowest, took - registrar.milliseconds());
            answer = Math.max(answer, registrar.milliseconds());
        }
        String name = name("registering.", changed);
        promises.info(name + ".beyond-four-ticks.ms", slowest - REGISTERING);
        promises.atMost(name + ".beside-the-registrar.ms", slowest, REGISTERING + OURS + OURS_EACH * changed);
        promises.info(name + ".registrar.ms", answer);
    }

    private Plan edited(Bench bench, int changed, boolean registering) {
        bench.edit(changed, size, registering, random);
        Plan plan = bench.controller.plan();
        if (plan.changes().size() != changed) {
            throw new IllegalStateException(plan.changes().size() + " changes, not " + changed);
        }
        return plan;
    }

    private String name(String kind, int changed) {
        return publishing.name().toLowerCase(Locale.ROOT) + "." + kind + changed + "-of-" + size;
    }

    /** What one rescan costs that finds nothing new. */
    private static double rescan(EslClient client) {
        long start = System.nanoTime();
        client.bgapi("sofia profile " + Bench.PROFILE + " rescan");
        return (System.nanoTime() - start) / 1e6;
    }
}
