package io.github.ctigateway.examples.benchmarks.xml;

import io.github.ctigateway.examples.benchmarks.Area;
import io.github.ctigateway.examples.benchmarks.Promises;

/** The XML of 10,000 typical gateways. */
public final class XmlArea implements Area {
    @Override
    public String name() {
        return "xml";
    }

    @Override
    public void measure(Promises promises) throws Exception {
        new WriteBench(promises).measure();
        new ReadBench(promises).measure();
        new AnswerBench(promises).measure();
    }
}
