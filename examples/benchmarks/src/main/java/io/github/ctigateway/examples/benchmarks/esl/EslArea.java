package io.github.ctigateway.examples.benchmarks.esl;

import io.github.ctigateway.examples.benchmarks.Area;
import io.github.ctigateway.examples.benchmarks.Promises;

/** The event socket client beside the other two on Maven Central, all against one server in this process. */
public final class EslArea implements Area {
    @Override
    public String name() {
        return "esl";
    }

    @Override
    public void measure(Promises promises) throws Exception {
        new IdleBench(promises).measure();
        new EventBench(promises).measure();
        new CommandBench(promises).measure();
    }
}
