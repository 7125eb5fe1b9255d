package io.github.ctigateway.examples.benchmarks.controller;

import io.github.ctigateway.examples.benchmarks.Area;
import io.github.ctigateway.examples.benchmarks.Promises;

/**
 * The controller against a simulated FreeSWITCH whose tick is a second, over the event socket and over HTTP. What it waits for is so
 * measured truly; how fast a real mod_sofia reads its XML is not.
 */
public final class ControllerArea implements Area {
    private static final int[] SIZES = {100, 1_000, 10_000};

    @Override
    public String name() {
        return "controller";
    }

    @Override
    public void measure(Promises promises) throws Exception {
        new PlanBench(promises).measure();
        for (int size : SIZES) {
            for (Publishing publishing : Publishing.values()) {
                new ReplaceBench(promises, size, publishing).measure();
            }
        }
    }
}
