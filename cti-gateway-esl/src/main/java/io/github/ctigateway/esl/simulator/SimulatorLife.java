package io.github.ctigateway.esl.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * What a restart of the simulated switch replaces.
 *
 * @param node its identity
 * @param core its modules
 * @param server its event socket
 */
record SimulatorLife(NodeIdentity node, SwitchCore core, EventSocketServer server) {
    /**
     * Reads the XML, then listens.
     *
     * @throws UncheckedIOException when the port is taken
     */
    static SimulatorLife begin(
            NodeIdentity node,
            SwitchCore core,
            int port,
            List<EventSocketConnection> connections,
            BooleanSupplier rejecting,
            ThreadFactory threads) {
        try {
            EventSocketServer server = new EventSocketServer(port, core, connections, rejecting, threads);
            core.start();
            server.start();
            return new SimulatorLife(node, core, server);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not listen on port " + port + " of the loopback address", e);
        }
    }

    static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "freeswitch-simulator-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
