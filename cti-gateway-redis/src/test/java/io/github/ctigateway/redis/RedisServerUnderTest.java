package io.github.ctigateway.redis;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis for one test class: a container where Docker answers, else the redis-server that embedded-redis ships. Tests that stop,
 * freeze or group servers use {@link #startProcess}, since they need its process.
 */
final class RedisServerUnderTest implements AutoCloseable {
    private static final int REDIS_PORT = 6379;
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);

    private final String host;
    private final int port;
    private final AutoCloseable stop;
    private final Launch launch;
    private @Nullable Process process;

    private RedisServerUnderTest(String host, int port, Launch launch, AutoCloseable stop) {
        this.host = host;
        this.port = port;
        this.launch = launch;
        this.stop = stop;
    }

    private interface Launch {
        Process start() throws IOException;
    }

    /** Starts a server with nothing in it. */
    static RedisServerUnderTest start() {
        return dockerAnswers() ? startContainer() : startProcess();
    }

    /** Testcontainers complains loudly where there is no Docker at all, so it is asked only where there may be one. */
    private static boolean dockerAnswers() {
        boolean mayAnswer = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return mayAnswer && DockerClientFactory.instance().isDockerAvailable();
    }

    private static RedisServerUnderTest startContainer() {
        GenericContainer<?> container = new GenericContainer<>("redis:7.4-alpine").withExposedPorts(REDIS_PORT);
        container.start();
        Launch never = () -> {
            throw new IOException("a container is no process of ours");
        };
        return new RedisServerUnderTest(
                        container.getHost(), container.getMappedPort(REDIS_PORT), never, container::stop)
                .awaitStart();
    }

    /**
     * Starts a process of this machine.
     *
     * @param arguments more arguments of redis-server, such as {@code --maxmemory 2mb}
     */
    static RedisServerUnderTest startProcess(String... arguments) {
        return startProcessAt(freePort(), arguments);
    }

    /**
     * Starts a sentinel.
     *
     * @param master the only master it watches; its name is "mymaster"
     * @param more lines of its configuration
     */
    static RedisServerUnderTest startSentinel(RedisServerUnderTest master, String... more) {
        try {
            // Sentinels write to their configuration.
            Path configuration = Files.createTempFile("sentinel", ".conf");
            List<String> lines = new ArrayList<>(List.of(
                    "sentinel monitor mymaster " + master.host + " " + master.port + " 1",
                    "sentinel down-after-milliseconds mymaster 1000",
                    "sentinel failover-timeout mymaster 5000"));
            lines.addAll(List.of(more));
            Files.write(configuration, lines);
            return startProcess(configuration.toString(), "--sentinel");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RedisServerUnderTest startProcessAt(int port, String... arguments) {
        try {
            File executable = ExecutableProvider.newJarResourceProvider().get();
            Path directory = Files.createTempDirectory("redis-under-test");
            List<String> command = new ArrayList<>(List.of(executable.getAbsolutePath()));
            command.addAll(List.of(arguments));
            command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
            command.addAll(List.of("--save", "", "--dir", directory.toString()));
            Launch launch = () -> new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            AutoCloseable stop = () -> {
                delete(directory);
                Files.deleteIfExists(executable.toPath());
            };
            RedisServerUnderTest server = new RedisServerUnderTest("127.0.0.1", port, launch, stop);
            server.startAgain();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RedisServerUnderTest awaitStart() {
        await().atMost(START_DEADLINE).until(this::answers);
        return this;
    }

    private boolean answers() {
        try (UnifiedJedis jedis = client()) {
            jedis.ping();
            return true;
        } catch (JedisDataException e) {
            // It wants a password: it runs.
            return true;
        } catch (JedisException e) {
            return false;
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://" + host + ":" + port;
    }

    /** A client that the test closes. */
    RedisClient client() {
        return RedisClient.create(host, port);
    }

    /** Stops the process in its tracks, as a machine that hangs; {@link #thaw} lets it go on. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder(
                            "kill",
                            "-" + name,
                            Long.toString(Objects.requireNonNull(process).pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Kills it, as a machine that loses its power; {@link #startAgain} starts it with what it had on its disk. */
    void kill() {
        Process running = process;
        if (running != null) {
            try {
                running.destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    void startAgain() {
        try {
            process = launch.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitStart();
    }

    /** Kills it for good. */
    @Override
    public void close() {
        kill();
        try {
            stop.close();
        } catch (Exception e) {
            throw new AssertionError("redis did not stop", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
