package io.github.ctigateway.examples.benchmarks.redis;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.embedded.core.ExecutableProvider;

/** A redis-server on loopback that keeps nothing on disk, from the jar of embedded-redis. */
final class LocalRedis implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final File executable;
    private final Process process;
    private final int port;

    LocalRedis() throws IOException, InterruptedException {
        executable = ExecutableProvider.newJarResourceProvider().get();
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        List<String> command = List.of(
                executable.getAbsolutePath(),
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                executable.getParent());
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        awaitStart();
    }

    private void awaitStart() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!answers()) {
            if (System.nanoTime() - deadline > 0 || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("redis-server did not start");
            }
        }
    }

    private boolean answers() {
        try (RedisClient client = client()) {
            client.ping();
            return true;
        } catch (JedisConnectionException e) {
            return false;
        }
    }

    RedisClient client() {
        return RedisClient.create("127.0.0.1", port);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        if (!executable.delete()) {
            executable.deleteOnExit();
        }
    }
}
