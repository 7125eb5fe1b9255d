package io.github.ctigateway.examples.benchmarks.esl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Reads the socket and drops the bytes: what no client on this machine can beat. */
final class Drain {
    private Drain() {}

    static double eventsPerSecond(PreparedEvents events, int rounds) throws IOException {
        try (BlastServer server = new BlastServer(events.bytes(), rounds);
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
            channel.write(ByteBuffer.wrap("auth x\n\nevent plain ALL\n\n".getBytes(StandardCharsets.US_ASCII)));
            // The greeting and two replies.
            long handshake = "Content-Type: auth/request\n\n".length()
                    + 2L * "Content-Type: command/reply\nReply-Text: +OK\n\n".length();
            read(channel, buffer, handshake);
            server.blast();
            long start = System.nanoTime();
            read(channel, buffer, (long) events.bytes().length * rounds);
            return Rate.perSecond((long) events.count() * rounds, start);
        }
    }

    private static void read(SocketChannel channel, ByteBuffer buffer, long bytes) throws IOException {
        for (long left = bytes; left > 0; ) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            left -= channel.read(buffer);
        }
    }
}
