package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.EslTimeoutException;
import io.github.ctigateway.esl.EslUnreachableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS over a TCP connection, as a stunnel in front of FreeSWITCH speaks it. */
final class TlsWire implements Wire {
    private static final Logger log = LoggerFactory.getLogger(TlsWire.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TcpWire tcp;
    private final SSLEngine engine;

    /** Guards wrapping and what it made: the reading thread wraps too, when the peer wants new keys. */
    private final ReentrantLock writing = new ReentrantLock();

    private final ByteBuffer sealedOut;
    private final ByteBuffer sealedIn;
    private ByteBuffer clearIn;

    /** Not at the beginning: the handshake may have taken in what follows it. */
    private boolean drained;

    private TlsWire(TcpWire tcp, SSLEngine engine) {
        this.tcp = tcp;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        this.sealedOut = ByteBuffer.allocateDirect(2 * packet);
        this.sealedIn = ByteBuffer.allocateDirect(4 * packet);
        this.clearIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
    }

    /**
     * Agrees on TLS over this connection, which it closes when that fails.
     *
     * @throws EslUnreachableException when the other side does not speak TLS, or its certificate is not trusted or names another host
     */
    static TlsWire connect(
            TcpWire tcp, SSLContext context, EslOptions options, long deadline, BooleanSupplier cancelled)
            throws IOException {
        SSLEngine engine = context.createSSLEngine(options.host(), options.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        TlsWire wire = new TlsWire(tcp, engine);
        try {
            wire.handshake(options, deadline, cancelled);
            return wire;
        } catch (SSLException e) {
            tcp.close();
            throw new EslUnreachableException(options.address(), "TLS was not agreed on (" + e.getMessage() + ")", e);
        } catch (IOException | RuntimeException e) {
            tcp.close();
            throw e;
        }
    }

    private void handshake(EslOptions options, long deadline, BooleanSupplier cancelled) throws IOException {
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new EslTimeoutException(
                        "TLS handshake with " + options.address(), options.connectTimeout(), false);
            }
            if (cancelled.getAsBoolean()) {
                throw new IOException("cancelled");
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> {
                    if (!write(NOTHING)) {
                        tcp.wantWrite();
                        tcp.await(left);
                    }
                }
                case NEED_TASK -> runTasks();
                default -> {
                    Status status = unwrap();
                    if (status == Status.CLOSED) {
                        throw new SSLException("the other side closed");
                    }
                    if (status == Status.BUFFER_UNDERFLOW && !fill(left)) {
                        throw new SSLException("the other side closed the connection");
                    }
                }
            }
        }
        write(NOTHING);
    }

    /** Waits for more bytes; false at the end of the stream. */
    private boolean fill(long nanos) throws IOException {
        int count = tcp.read(sealedIn);
        if (count == 0) {
            tcp.await(nanos);
            count = tcp.read(sealedIn);
        }
        return count >= 0;
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        drained = false;
        while (!clearIn.hasRemaining()) {
            Status status = unwrap();
            if (status == Status.CLOSED) {
                return -1;
            }
            if (status == Status.BUFFER_UNDERFLOW) {
                int count = tcp.read(sealedIn);
                if (count <= 0) {
                    drained = true;
                    return count;
                }
            }
        }
        int count = Math.min(clearIn.remaining(), target.remaining());
        target.put(clearIn.slice().limit(count));
        clearIn.position(clearIn.position() + count);
        return count;
    }

    /** Opens what is there, one record of it, and does what the engine wants done besides. */
    private Status unwrap() throws IOException {
        ByteBuffer room = clearIn.hasRemaining() ? NOTHING : clearIn.clear();
        SSLEngineResult result;
        sealedIn.flip();
        try {
            result = engine.unwrap(sealedIn, room);
        } finally {
            sealedIn.compact();
            room.flip();
        }
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            clearIn = ByteBuffer.allocate(
                            2 * Math.max(clearIn.capacity(), engine.getSession().getApplicationBufferSize()))
                    .flip();
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !write(NOTHING)) {
            tcp.wantWrite();
        }
        return result.getStatus();
    }

    @Override
    public boolean isDrained() {
        return drained;
    }

    @Override
    public boolean write(ByteBuffer source) throws IOException {
        writing.lock();
        try {
            while (flushSealed()) {
                if (!source.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                    return true;
                }
                SSLEngineResult result = engine.wrap(source, sealedOut);
                if (result.getStatus() == Status.CLOSED) {
                    flushSealed();
                    throw new SSLException("TLS is closed");
                }
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                    runTasks();
                }
                if (result.bytesProduced() == 0) {
                    return !source.hasRemaining();
                }
            }
            return false;
        } finally {
            writing.unlock();
        }
    }

    /** Whether nothing sealed is left. */
    private boolean flushSealed() throws IOException {
        if (sealedOut.position() == 0) {
            return true;
        }
        sealedOut.flip();
        try {
            return tcp.write(sealedOut);
        } finally {
            sealedOut.compact();
        }
    }

    @Override
    public void await(long nanos) throws IOException {
        tcp.await(nanos);
    }

    @Override
    public void wantWrite() {
        tcp.wantWrite();
    }

    @Override
    public boolean isWritable() {
        return tcp.isWritable();
    }

    @Override
    public void wakeup() {
        tcp.wakeup();
    }

    @Override
    public void close() {
        try {
            engine.closeOutbound();
            write(NOTHING);
        } catch (IOException | RuntimeException e) {
            log.debug("the end of TLS was not said", e);
        } finally {
            tcp.close();
        }
    }
}
