package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslAclRejectedException;
import io.github.ctigateway.esl.EslAuthenticationException;
import io.github.ctigateway.esl.EslConnectionLostException;
import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.EslTimeoutException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection up: connects, serves it until it is lost, waits, connects again. One run is one thread, which is the reading thread of
 * all its connections.
 */
final class ConnectionLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);
    private static final Duration GOODBYE = Duration.ofMillis(500);

    private final EslOptions options;
    private final StateCell state;
    private final CommandQueue commands;
    private final Jobs jobs;
    private final Subscriptions subscriptions;
    private final EventInbox inbox;
    private final RandomGenerator random;
    private final CompletableFuture<@Nullable Void> firstAttempt = new CompletableFuture<>();
    private final ByteBuffer buffer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stop = lock.newCondition();
    private volatile boolean closing;
    private volatile @Nullable Wire current;
    private boolean ready;
    private int failures;

    ConnectionLoop(
            EslOptions options,
            StateCell state,
            CommandQueue commands,
            Jobs jobs,
            Subscriptions subscriptions,
            EventInbox inbox,
            RandomGenerator random) {
        this.options = options;
        this.state = state;
        this.commands = commands;
        this.jobs = jobs;
        this.subscriptions = subscriptions;
        this.inbox = inbox;
        this.random = random;
        this.buffer = ByteBuffer.allocateDirect(Connection.bufferSize(options));
    }

    /** Done when the first attempt is READY, or failed. */
    CompletableFuture<@Nullable Void> firstAttempt() {
        return firstAttempt;
    }

    /** Ends the run soon, wherever it is. */
    void close() {
        lock.lock();
        try {
            closing = true;
            stop.signalAll();
        } finally {
            lock.unlock();
        }
        Wire wire = current;
        if (wire != null) {
            wire.wakeup();
        }
    }

    @Override
    public void run() {
        EslException cause = live();
        while (goesOn(cause)) {
            cause = live();
        }
        firstAttempt.completeExceptionally(cause);
    }

    /** Whether there is another attempt; it is due when this returns. */
    private boolean goesOn(EslException cause) {
        if (cause instanceof EslAuthenticationException || cause instanceof EslAclRejectedException) {
            return endsAs(EslConnectionState.REFUSED, cause);
        }
        if (!firstAttempt.isDone() || !options.reconnect().enabled()) {
            return endsAs(EslConnectionState.IDLE, cause);
        }
        failures = ready ? 0 : failures + 1;
        return !closing
                && state.to(EslConnectionState.WAITING, cause)
                && waitFor(options.reconnect().delay(failures, random));
    }

    private boolean endsAs(EslConnectionState last, EslException cause) {
        if (!closing) {
            state.to(last, cause);
        }
        return false;
    }

    /** One connection from beginning to end; returns why it ended. */
    private EslException live() {
        ready = false;
        Connection connection = null;
        EslException cause;
        try {
            connection = open();
            prepare(connection);
            connection.serve();
            cause = EslConnectionLostException.closed(false);
        } catch (EslException e) {
            cause = e;
        } catch (IOException e) {
            cause = EslConnectionLostException.lost("The connection broke: " + e.getMessage(), false, e);
        } catch (RuntimeException | Error e) {
            log.error("event socket {}: the reading thread failed; this is a bug", options.address(), e);
            cause = EslConnectionLostException.lost("The client failed: " + e, false, e);
        }
        cause = closing ? EslConnectionLostException.closed(false) : cause;
        end(connection, cause);
        return cause;
    }

    private Connection open() throws IOException {
        if (!state.to(EslConnectionState.CONNECTING, null)) {
            throw EslConnectionLostException.closed(false);
        }
        long deadline = System.nanoTime() + options.connectTimeout().toNanos();
        TcpWire tcp = TcpWire.connect(options, deadline, () -> closing, opening -> current = opening);
        Wire wire = tcp;
        if (options.sslContext().isPresent()) {
            wire = TlsWire.connect(tcp, options.sslContext().get(), options, deadline, () -> closing);
            current = wire;
        }
        return new Connection(options, wire, buffer, commands, jobs, inbox, () -> closing);
    }

    private void prepare(Connection connection) throws IOException {
        long deadline = System.nanoTime() + options.authTimeout().toNanos();
        state.to(EslConnectionState.AUTHENTICATING, null);
        connection.authenticate(deadline);
        state.to(EslConnectionState.SUBSCRIBING, null);
        inbox.hold();
        boolean complete = false;
        while (!complete) {
            long version = subscriptions.version();
            for (String command : subscriptions.all()) {
                connection.handshake(command, command, deadline);
            }
            // What is added from here on finds the connection ready and sends itself.
            complete = subscriptions.ifStill(version, commands::ready);
        }
        ready = true;
        if (!state.to(EslConnectionState.READY, null)) {
            throw EslConnectionLostException.closed(false);
        }
        inbox.release();
        firstAttempt.complete(null);
    }

    private void end(@Nullable Connection connection, EslException cause) {
        commands.close(sent -> lost(cause, sent));
        jobs.failAll(lost(cause, true));
        Wire wire = current;
        if (closing && ready && connection != null) {
            try {
                connection.leave(System.nanoTime() + GOODBYE.toNanos());
            } catch (IOException | RuntimeException e) {
                log.debug("event socket {}: no goodbye", options.address(), e);
            }
        }
        current = null;
        if (wire != null) {
            wire.close();
        }
    }

    private EslException lost(EslException cause, boolean sent) {
        if (cause instanceof EslConnectionLostException closed && !closed.isRetryable()) {
            return EslConnectionLostException.closed(sent);
        }
        String when = cause instanceof EslTimeoutException ? "No connection: " : "The connection is lost: ";
        return EslConnectionLostException.lost(when + cause.getMessage(), sent, cause);
    }

    /** False when the client is closing. */
    private boolean waitFor(Duration delay) {
        long end = System.nanoTime() + delay.toNanos();
        lock.lock();
        try {
            for (long left = delay.toNanos(); !closing && left > 0; left = end - System.nanoTime()) {
                try {
                    long unused = stop.awaitNanos(left);
                } catch (InterruptedException e) {
                    // Only close() ends this thread; interrupted by a stranger it would stay away for ever.
                    log.debug("event socket {}: interrupted while waiting, which goes on", options.address(), e);
                }
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }
}
