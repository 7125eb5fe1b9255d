package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.EslTimeoutException;
import io.github.ctigateway.esl.EslUnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP connection. One selector of its own lets the reading thread wait for bytes, deadlines and wake-ups in one place. */
final class TcpWire implements Wire {
    private static final Logger log = LoggerFactory.getLogger(TcpWire.class);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private boolean drained = true;
    private boolean writable;

    private TcpWire(SocketChannel channel, Selector selector, SelectionKey key) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    /**
     * Connects to the first address of the host that answers.
     *
     * @param deadline in {@link System#nanoTime()}
     * @param cancelled asked now and then; true ends the attempt
     * @param opening told of each wire before it waits, so that somebody else can wake it
     */
    static TcpWire connect(EslOptions options, long deadline, BooleanSupplier cancelled, Opening opening) {
        @Nullable Exception last = null;
        InetAddress[] addresses = resolve(options);
        for (int i = 0; i < addresses.length; i++) {
            // Each gets its share of the time: one that swallows packets must not hide the next.
            long now = System.nanoTime();
            long share = now + (deadline - now) / (addresses.length - i);
            TcpWire wire = null;
            try {
                wire = begin(new InetSocketAddress(addresses[i], options.port()));
                opening.opening(wire);
                wire.finish(share, cancelled, options);
                return wire;
            } catch (IOException | EslTimeoutException | UnsupportedAddressTypeException e) {
                last = e;
            }
            if (wire != null) {
                wire.close();
            }
        }
        if (last instanceof EslTimeoutException silence) {
            throw silence;
        }
        String reason = last == null || last.getMessage() == null ? "no address" : last.getMessage();
        throw new EslUnreachableException(options.address(), reason, last);
    }

    /** Hears of a wire that is about to wait. */
    interface Opening {
        void opening(TcpWire wire);
    }

    private static InetAddress[] resolve(EslOptions options) {
        try {
            return InetAddress.getAllByName(options.host());
        } catch (UnknownHostException e) {
            throw new EslUnreachableException(options.address(), "the name does not resolve", e);
        }
    }

    private static TcpWire begin(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Selector selector = null;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            selector = Selector.open();
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(address);
            return new TcpWire(channel, selector, key);
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            if (selector != null) {
                closeQuietly(selector);
            }
            throw e;
        }
    }

    private void finish(long deadline, BooleanSupplier cancelled, EslOptions options) throws IOException {
        while (!channel.finishConnect()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new EslTimeoutException("connection to " + options.address(), options.connectTimeout(), false);
            }
            if (cancelled.getAsBoolean()) {
                throw new IOException("cancelled");
            }
            await(left);
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int room = target.remaining();
        int count = channel.read(target);
        // A short read took everything; asking again would cost a system call to learn just that.
        drained = count < room;
        return count;
    }

    @Override
    public boolean isDrained() {
        return drained;
    }

    @Override
    public boolean write(ByteBuffer source) throws IOException {
        channel.write(source);
        return !source.hasRemaining();
    }

    @Override
    public void await(long nanos) throws IOException {
        if (nanos <= 0) {
            return;
        }
        try {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)));
            // An interrupted thread would not wait any more; only close() ends this one.
            boolean unused = Thread.interrupted();
            selector.selectedKeys().clear();
            if (!key.isValid()) {
                throw new IOException("the connection was closed");
            }
            if (key.isWritable()) {
                writable = true;
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        } catch (ClosedSelectorException e) {
            throw new IOException("the connection was closed", e);
        }
    }

    @Override
    public void wantWrite() {
        try {
            key.interestOpsOr(SelectionKey.OP_WRITE);
            selector.wakeup();
        } catch (java.nio.channels.CancelledKeyException e) {
            log.trace("closed meanwhile", e);
        }
    }

    @Override
    public boolean isWritable() {
        boolean now = writable;
        writable = false;
        return now;
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() {
        closeQuietly(channel);
        closeQuietly(selector);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            log.debug("closing a socket failed", e);
        }
    }
}
