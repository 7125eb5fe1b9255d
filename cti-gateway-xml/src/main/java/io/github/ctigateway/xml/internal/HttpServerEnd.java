package io.github.ctigateway.xml.internal;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the JDK's HTTP server without forgetting a connection. Its {@code stop} closes all connections and then clears the list of them:
 * one that is accepted between the two stays open for ever. So it is stopped on the very thread that accepts connections. That thread
 * gives each exchange to the server's executor, which this is; a connection of our own makes it come here when nobody else's does.
 */
public final class HttpServerEnd implements Executor {
    private static final Logger log = LoggerFactory.getLogger(HttpServerEnd.class);
    private static final int LONGEST_KNOCK_MILLIS = 1_000;

    private final HttpServer server;
    private final Executor exchanges;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param server whose executor this becomes
     * @param exchanges runs its exchanges until the end
     */
    public HttpServerEnd(HttpServer server, Executor exchanges) {
        this.server = server;
        this.exchanges = exchanges;
    }

    /** Called by the thread that accepts connections. */
    @Override
    public void execute(Runnable exchange) {
        if (!ending.get()) {
            exchanges.execute(exchange);
        } else if (stopped.getCount() > 0) {
            server.stop(0);
            stopped.countDown();
        }
    }

    /** Stops the server and waits until it accepts nothing more; does nothing when another call did or does that. */
    public void end() {
        if (ending.getAndSet(true)) {
            return;
        }
        // A thread that was interrupted before, as by Ctrl-C, would wait for nothing.
        boolean interrupted = Thread.interrupted();
        try {
            interrupted |= knock(server.getAddress());
            // Waits for the thread that accepts. Where that could not be reached this stops the server, and then once
            // more: a connection that was just being accepted is on the list only when that thread has ended.
            server.stop(0);
            server.stop(0);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has the thread that accepts stop the server; whether we were interrupted meanwhile. */
    private boolean knock(InetSocketAddress address) {
        InetAddress here =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        try (Socket own = new Socket()) {
            own.connect(new InetSocketAddress(here, address.getPort()), LONGEST_KNOCK_MILLIS);
            own.getOutputStream().write('\n');
            if (!stopped.await(LONGEST_KNOCK_MILLIS, TimeUnit.MILLISECONDS)) {
                log.debug("The server at {} was too busy to end by itself", address);
            }
        } catch (IOException unreachable) {
            log.debug("The server at {} cannot be reached from here to end by itself", address, unreachable);
        } catch (InterruptedException interrupted) {
            return true;
        }
        return false;
    }
}
