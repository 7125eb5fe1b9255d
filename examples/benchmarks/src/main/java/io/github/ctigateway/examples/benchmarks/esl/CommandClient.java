package io.github.ctigateway.examples.benchmarks.esl;

/** A client that sends {@code api echo}. */
interface CommandClient extends AutoCloseable {
    String name();

    /** One command, waited for; the body. Called by many threads. */
    String echo(String text) throws Exception;

    /**
     * Sends this many commands from the calling thread in the fastest way that the client has, each with its own number.
     *
     * @return how many replies were wrong
     */
    long echoAll(int commands) throws Exception;

    @Override
    void close();
}
