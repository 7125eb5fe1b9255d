package io.github.ctigateway.examples.cli;

import io.github.ctigateway.fleet.GatewayFleet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A fleet and what was opened for it, closed in the opposite order. */
final class OpenFleet implements AutoCloseable {
    private final GatewayFleet fleet;
    private final List<String> nodes;
    private final Deque<AutoCloseable> opened;

    /**
     * @param nodes the names of its nodes
     * @param opened what the fleet needs open, in the order in which it was opened
     */
    OpenFleet(GatewayFleet fleet, List<String> nodes, List<? extends AutoCloseable> opened) {
        this.fleet = fleet;
        this.nodes = List.copyOf(nodes);
        this.opened = new ArrayDeque<>();
        opened.forEach(this.opened::push);
    }

    GatewayFleet fleet() {
        return fleet;
    }

    /** Whether nodes must be told from each other. */
    boolean isMany() {
        return nodes.size() > 1;
    }

    @Override
    public void close() {
        fleet.close();
        for (AutoCloseable one : opened) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(
                        "could not be closed: " + one.getClass().getSimpleName(), e);
            }
        }
    }
}
