package io.github.ctigateway.status;

import java.util.function.Supplier;

/** Takes gateway events somewhere: to a Redis hash, a channel, a list. Implementations are thread-safe. */
public interface StatusSink extends AutoCloseable {
    /**
     * Takes one event. Events of one node come in the order in which it fired them.
     *
     * @throws io.github.ctigateway.CtiGatewayException when it could not be taken
     */
    void accept(GatewayEvent event);

    /**
     * Gives the sink somebody to ask what a node runs. Events alone do not say it: a sink that began between the addition of a gateway
     * and the deletion of its predecessor, or missed events, takes that deletion for the last word. May be called for several nodes.
     * A sink that keeps nothing has nothing to ask; the default forgets it.
     *
     * @param live asks the node anew each time, and throws when it cannot; called on threads of the sink
     */
    default void consult(Supplier<LiveNames> live) {}

    /**
     * Says that events may have been missed, such as before the sink began or while a connection was lost: a sink that keeps something of
     * gateways that are gone can look for it. The default does nothing.
     */
    default void gap() {}

    @Override
    void close();
}
