package io.github.ctigateway.examples.benchmarks.esl;

/** A client that receives events. */
interface EventClient {
    String name();

    /** Connects, subscribes, and hands each event's sequence to the counter; returns how to end it. */
    Connected receive(int port, EventCounter counter) throws Exception;

    /** A connection that receives. */
    interface Connected extends AutoCloseable {
        @Override
        void close();
    }
}
