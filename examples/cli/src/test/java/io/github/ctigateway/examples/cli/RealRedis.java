package io.github.ctigateway.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import redis.embedded.RedisServer;

/** One real redis-server for all tests of this JVM, with a password or without. Each test takes a domain of its own. */
final class RealRedis implements BeforeAllCallback {
    static final String PASSWORD = "redis-s3cret";
    private static final AtomicInteger DOMAINS = new AtomicInteger();

    private int port;

    @Override
    public void beforeAll(ExtensionContext context) {
        port = context.getRoot()
                .getStore(Namespace.create(RealRedis.class))
                .getOrComputeIfAbsent(RealRedis.class, key -> new Running(), Running.class)
                .port;
    }

    String uri() {
        return "redis://:" + PASSWORD + "@127.0.0.1:" + port;
    }

    String uriWithoutPassword() {
        return "redis://127.0.0.1:" + port;
    }

    /** A domain that no other test has. */
    static String freshDomain() {
        return "test-" + DOMAINS.incrementAndGet() + ".example.com";
    }

    /** A port where nobody listens. */
    static int deadPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Running implements AutoCloseable {
        final int port = deadPort();
        private final Path directory;
        private final RedisServer server;

        Running() {
            try {
                directory = Files.createTempDirectory("redis-of-cli-tests");
                server = RedisServer.newRedisServer()
                        .port(port)
                        .bind("127.0.0.1")
                        .setting("requirepass " + PASSWORD)
                        // As one that keeps what it is given, which doctor looks at; this many changes never come.
                        .setting("save 86400 1000000000")
                        .setting("dir " + directory)
                        .build();
                server.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            server.stop();
            Files.deleteIfExists(directory.resolve("dump.rdb"));
            Files.deleteIfExists(directory);
        }
    }
}
