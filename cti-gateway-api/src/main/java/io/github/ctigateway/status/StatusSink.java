package io.github.ctigateway.status;

/** Takes gateway events somewhere: to a Redis hash, a channel, a list. Implementations are thread-safe. */
public interface StatusSink extends AutoCloseable {
    /**
     * Takes one event. Events of one node come in the order in which it fired them.
     *
     * @throws io.github.ctigateway.CtiGatewayException when it could not be taken
     */
    void accept(GatewayEvent event);

    @Override
    void close();
}
