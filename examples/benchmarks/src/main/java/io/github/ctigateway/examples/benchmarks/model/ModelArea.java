package io.github.ctigateway.examples.benchmarks.model;

import io.github.ctigateway.examples.benchmarks.Area;
import io.github.ctigateway.examples.benchmarks.Promises;
import java.io.IOException;

/** Gateways in memory: what reading, judging and keeping one costs. */
public final class ModelArea implements Area {
    @Override
    public String name() {
        return "model";
    }

    @Override
    public void measure(Promises promises) throws IOException {
        JsonBench.measure(promises);
        ValidateBench.measure(promises);
        HeapBench.measure(promises);
    }
}
