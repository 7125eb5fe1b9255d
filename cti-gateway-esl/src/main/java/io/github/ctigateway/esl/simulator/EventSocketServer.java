package io.github.ctigateway.esl.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for event socket clients on loopback; one daemon thread accepts, one more serves each client. Thread-safe. */
final class EventSocketServer {
    private static final Logger LOG = LoggerFactory.getLogger(EventSocketServer.class);

    private final SwitchCore core;
    private final BooleanSupplier rejects;
    private final ThreadFactory threads;
    private final Thread acceptor;
    private final ServerSocket listener;
    private final List<EventSocketConnection> connections;

    /** Binds the port; 0 is any. The list receives the connections, so that events find them. */
    EventSocketServer(
            int port,
            SwitchCore core,
            List<EventSocketConnection> connections,
            BooleanSupplier rejects,
            ThreadFactory threads)
            throws IOException {
        this.core = core;
        this.connections = connections;
        this.rejects = rejects;
        this.threads = threads;
        this.acceptor = threads.newThread(this::accept);
        this.listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static List<EventSocketConnection> noConnections() {
        return new CopyOnWriteArrayList<>();
    }

    int port() {
        return listener.getLocalPort();
    }

    boolean rejects() {
        return rejects.getAsBoolean();
    }

    void start() {
        acceptor.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                EventSocketConnection connection = new EventSocketConnection(socket, this, core);
                connections.add(connection);
                threads.newThread(connection).start();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("Accepting a connection failed", e);
                }
            }
        }
    }

    void remove(EventSocketConnection connection) {
        connections.remove(connection);
    }

    /** Ends every connection without a word; new ones are accepted. */
    void dropConnections() {
        connections.forEach(EventSocketConnection::drop);
    }

    /** Stops listening and ends every connection. */
    void close(boolean politely) {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("Closing the event socket failed", e);
        }
        awaitAcceptor();
        connections.forEach(politely ? EventSocketConnection::shutDown : EventSocketConnection::drop);
    }

    /** The port is free again only when nobody accepts on it any more. */
    private void awaitAcceptor() {
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
