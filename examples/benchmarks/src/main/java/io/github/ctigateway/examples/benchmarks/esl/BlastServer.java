package io.github.ctigateway.examples.benchmarks.esl;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * An event socket that does as little as possible: it lets anybody in, answers every command, and, when told to, sends prepared events over
 * and over from memory outside the heap, so that what is measured is the client. One client at a time.
 */
final class BlastServer implements Closeable {
    private static final byte[] GREETING = ascii("Content-Type: auth/request\n\n");
    private static final byte[] OK = ascii("Content-Type: command/reply\nReply-Text: +OK\n\n");
    private static final byte[] API = ascii("Content-Type: api/response\nContent-Length: ");
    private static final int READY = 2;

    private final ServerSocketChannel listener;
    private final ByteBuffer events;
    private final long rounds;
    private final CountDownLatch go = new CountDownLatch(1);

    /**
     * @param prepared frames, sent {@code rounds} times after the client has subscribed and {@link #blast()} was called; empty: never
     */
    BlastServer(byte[] prepared, long rounds) throws IOException {
        this.rounds = rounds;
        events = ByteBuffer.allocateDirect(prepared.length).put(prepared).flip();
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::run, "blast-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    /** From now on events are sent. */
    void blast() {
        go.countDown();
    }

    private void run() {
        try (SocketChannel peer = listener.accept()) {
            peer.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
            write(peer, ByteBuffer.wrap(GREETING));
            serve(peer);
        } catch (IOException | InterruptedException e) {
            // The client left, or the measurement is over.
        }
    }

    private void serve(SocketChannel peer) throws IOException, InterruptedException {
        byte[] bytes = new byte[1 << 16];
        ByteBuffer in = ByteBuffer.wrap(bytes);
        ByteBuffer out = ByteBuffer.allocate(1 << 17);
        int commands = 0;
        boolean blasted = events.capacity() == 0;
        while (peer.read(in) >= 0) {
            commands += answer(bytes, in, out);
            write(peer, out.flip());
            out.clear();
            // The login and the subscription; from then on the client does not speak.
            if (!blasted && commands >= READY) {
                blasted = true;
                go.await();
                for (long i = 0; i < rounds; i++) {
                    write(peer, events.rewind());
                }
            }
        }
    }

    /** Answers every whole command in the buffer over these bytes; {@code api echo X} with X. */
    private static int answer(byte[] bytes, ByteBuffer in, ByteBuffer out) {
        int count = 0;
        int start = 0;
        for (int i = 1; i < in.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
                reply(bytes, start, i - 1, out);
                start = ++i;
                count++;
            }
        }
        in.flip().position(start);
        in.compact();
        return count;
    }

    private static void reply(byte[] bytes, int from, int to, ByteBuffer out) {
        int argument = from + "api echo ".length();
        if (to - from < 4 || bytes[from + 1] != 'p' || bytes[from + 3] != ' ') {
            out.put(OK);
            return;
        }
        int length = Math.max(0, to - argument);
        out.put(API);
        if (length >= 10) {
            out.put((byte) ('0' + length / 10));
        }
        out.put((byte) ('0' + length % 10)).put((byte) '\n').put((byte) '\n');
        out.put(bytes, argument, length);
    }

    private static void write(SocketChannel peer, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        go.countDown();
        listener.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
