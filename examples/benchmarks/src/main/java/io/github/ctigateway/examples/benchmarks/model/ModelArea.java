package io.github.ctigateway.examples.benchmarks.model;

import io.github.ctigateway.examples.benchmarks.Area;
import io.github.ctigateway.examples.benchmarks.Promises;

/** Gateways in memory: what judging one costs, and what keeping one costs. */
public final class ModelArea implements Area {
    @Override
    public String name() {
        return "model";
    }

    @Override
    public void measure(Promises promises) {
        ValidateBench.measure(promises);
        HeapBench.measure(promises);
    }
}
