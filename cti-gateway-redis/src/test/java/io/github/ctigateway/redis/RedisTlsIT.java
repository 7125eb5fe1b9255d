package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreUnavailableException;
import io.github.ctigateway.store.StoredGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rediss://} with a certificate of the test's own. */
class RedisTlsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static RedisServerUnderTest server;
    private static Path keys;

    @BeforeAll
    static void start() throws Exception {
        server = RedisServerUnderTest.startProcess("--requirepass", "secretpw");
        keys = TlsProxy.keyStore(directory, "ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The JVM reads them whenever a client is made. */
    private static void trust(Path store) {
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", TlsProxy.STORE_PASSWORD);
    }

    @AfterEach
    void trustNobodyMore() {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
    }

    private static String uri(TlsProxy proxy) {
        return "rediss://:secretpw@127.0.0.1:" + proxy.port() + "?timeout-ms=2000";
    }

    @Test
    void storesWatchesAndTellsOverTls() throws Exception {
        trust(keys);
        RedisStatusOptions options = RedisStatusOptions.of("gateways", "events", "queue");
        Set<String> told = ConcurrentHashMap.newKeySet();
        List<GatewayEvent> heard = new CopyOnWriteArrayList<>();
        try (TlsProxy proxy = TlsProxy.start(keys, server.port());
                RedisGatewayStore store = RedisGatewayStore.open(uri(proxy), "example.com", "alice");
                GatewayStore.Watch watch = store.watch(told::add);
                RedisStatusFeed feed = RedisStatusFeed.open(uri(proxy), options);
                RedisStatusSink sink = RedisStatusSink.open(uri(proxy), options)) {
            assertThat(watch).isNotNull();
            feed.follow(heard::add);
            StoredGateway first = store.save(Samples.trunk("a"));
            store.saveAll(IntStream.range(0, 2_000)
                    .mapToObj(i -> Samples.trunk("t" + i))
                    .toList());

            assertThat(store.snapshot().gateways()).hasSize(2_001).containsEntry("a", first);
            assertThat(store.history("a", 5)).hasSize(1);
            await().atMost(DEADLINE).until(() -> told.contains("a"));
            sink.accept(new GatewayEvent.Added(
                    "default", "external", new EventOrigin("ai", "core", 1, Instant.EPOCH), Samples.addEvent()));
            await().atMost(DEADLINE).until(() -> !heard.isEmpty());

            proxy.cut();
            await().atMost(DEADLINE)
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> store.find("a").isPresent());
            store.save(Samples.trunk("afterwards"));
            await().atMost(DEADLINE).until(() -> told.contains("afterwards"));
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedBeforeThePasswordIsSent() throws Exception {
        try (TlsProxy proxy = TlsProxy.start(keys, server.port())) {
            refused(proxy);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        Path others = TlsProxy.keyStore(directory, "dns:redis.example");
        trust(others);
        try (TlsProxy proxy = TlsProxy.start(others, server.port())) {
            refused(proxy);
        }
    }

    private static void refused(TlsProxy proxy) {
        try (RedisGatewayStore store = RedisGatewayStore.open(uri(proxy), "example.com")) {
            assertThatThrownBy(store::snapshot)
                    .isInstanceOfSatisfying(
                            StoreRefusedException.class,
                            e -> assertThat(e.isRetryable()).isFalse())
                    .hasMessageContaining("certificate")
                    .hasMessageNotContaining("secretpw");
        }
    }

    @Test
    void aServerWithoutTlsIsUnavailableAndLearnsNoPassword() {
        String uri = "rediss://:secretpw@127.0.0.1:" + server.port() + "?timeout-ms=1000";
        try (RedisGatewayStore store = RedisGatewayStore.open(uri, "example.com")) {
            assertThatThrownBy(store::snapshot)
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageNotContaining("secretpw");
        }
    }
}
