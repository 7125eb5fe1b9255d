package io.github.ctigateway.examples.benchmarks;

/** Measures the promises of one part of the library. */
public interface Area {
    /** One word, as on the command line and in front of each promise. */
    String name();

    /** Measures, and tells each result. */
    void measure(Promises promises) throws Exception;
}
