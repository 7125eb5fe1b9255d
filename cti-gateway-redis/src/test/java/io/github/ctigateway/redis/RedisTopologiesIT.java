package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoredGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;

/** The same work on a cluster of three masters, and on a master whose place is taken by its replica. */
class RedisTopologiesIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void aClusterDoesAllThatASingleServerDoes() {
        try (RedisClusterUnderTest cluster = RedisClusterUnderTest.start()) {
            // Several domains, so that their keys lie on several nodes.
            for (String domain : List.of("a.example", "b.example", "c.example")) {
                storesInCluster(cluster.uri(), domain);
            }
            RedisServerUnderTest any = cluster.masters().get(0);
            try (UnifiedJedis jedis = RedisClusterClient.create(Set.of(new HostAndPort(any.host(), any.port())))) {
                statusInCluster(jedis);
                leaseInCluster(jedis);
            }
            wrongClient(cluster.masters());
        }
    }

    private static void storesInCluster(String uri, String domain) {
        Set<String> told = ConcurrentHashMap.newKeySet();
        try (RedisGatewayStore store = RedisGatewayStore.open(uri, domain, "alice");
                GatewayStore.Watch watch = store.watch(told::add)) {
            assertThat(watch).isNotNull();
            StoredGateway first = store.save(Samples.trunk("a"));
            store.saveIfUnchanged(
                    Samples.trunk("a").toBuilder().set("realm", "r").build(), first.revision());
            store.saveAll(IntStream.range(0, 700)
                    .mapToObj(i -> Samples.trunk("t" + i))
                    .toList());

            assertThat(store.rollback("a", first.revision())).isEqualTo(first);
            assertThat(store.snapshot().gateways()).hasSize(701).containsEntry("a", first);
            assertThat(store.history("a", 10)).hasSize(3);
            assertThat(store.stampSecret()).hasSize(32).isEqualTo(store.stampSecret());
            assertThat(store.delete("a")).isTrue();
            await().atMost(DEADLINE).until(() -> told.contains("t699"));
        }
    }

    private static void statusInCluster(UnifiedJedis jedis) {
        RedisStatusOptions options =
                RedisStatusOptions.of("gateways", "events", "queue").withHashPerNode();
        List<GatewayEvent> heard = new CopyOnWriteArrayList<>();
        try (RedisStatusFeed feed = RedisStatusFeed.of(jedis, options);
                RedisStatusSink sink = RedisStatusSink.of(jedis, options)) {
            feed.follow(heard::add);
            sink.accept(new GatewayEvent.Added(
                    "default", "external", new EventOrigin("ai", "core", 1, Instant.EPOCH), Samples.addEvent()));
            assertThat(sink.flush(DEADLINE)).isTrue();
            assertThat(sink.refused()).isZero();

            assertThat(jedis.hget("gateways", "default")).isEqualTo(Samples.addEvent());
            assertThat(jedis.hget("gateways@ai", "default")).isEqualTo(Samples.addEvent());
            await().atMost(DEADLINE).until(() -> !heard.isEmpty());
            await().atMost(DEADLINE).until(() -> jedis.llen("queue") + jedis.llen("{queue}:processing") == 0);
        }
    }

    private static void leaseInCluster(UnifiedJedis jedis) {
        try (RedisLease lease =
                RedisLease.tryAcquire(jedis, "n1", Duration.ofSeconds(5)).orElseThrow()) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(RedisLease.tryAcquire(jedis, "n1", Duration.ofSeconds(5)))
                    .isEmpty();
        }
    }

    /** A client for a single server meets MOVED for all keys but those of its own node. */
    private static void wrongClient(List<RedisServerUnderTest> nodes) {
        long refused = nodes.stream()
                .filter(node -> {
                    try (RedisGatewayStore store = RedisGatewayStore.open(node.uri(), "a.example")) {
                        assertThatThrownBy(store::snapshot)
                                .isInstanceOf(StoreRefusedException.class)
                                .hasMessageContaining("redis+cluster://");
                        assertThatThrownBy(() -> store.save(Samples.trunk("a")))
                                .isInstanceOf(StoreRefusedException.class)
                                .hasMessageContaining("MOVED");
                        assertThatThrownBy(() -> store.saveAll(List.of(Samples.trunk("a"))))
                                .isInstanceOf(StoreRefusedException.class)
                                .hasMessageContaining("MOVED");
                        return true;
                    } catch (AssertionError ownNode) {
                        return false;
                    }
                })
                .count();
        assertThat(refused).isEqualTo(nodes.size() - 1L);
    }

    @Test
    void savesGoOnWithTheReplicaWhenTheMasterIsKilled() {
        try (RedisServerUnderTest master = RedisServerUnderTest.startProcess();
                RedisServerUnderTest replica =
                        RedisServerUnderTest.startProcess("--replicaof", "127.0.0.1", "" + master.port());
                RedisServerUnderTest sentinel = RedisServerUnderTest.startSentinel(master);
                UnifiedJedis onReplica = replica.client()) {
            await().atMost(DEADLINE).until(() -> onReplica.info("replication").contains("master_link_status:up"));
            try (Jedis asked = new Jedis(sentinel.host(), sentinel.port())) {
                await().atMost(DEADLINE)
                        .until(() -> !asked.sentinelReplicas("mymaster").isEmpty());
            }
            String uri = "redis+sentinel://" + sentinel.host() + ":" + sentinel.port() + "/mymaster?timeout-ms=500";
            Set<String> told = ConcurrentHashMap.newKeySet();
            try (RedisGatewayStore store = RedisGatewayStore.open(uri, "example.com");
                    GatewayStore.Watch watch = store.watch(told::add)) {
                assertThat(watch).isNotNull();
                StoredGateway before = store.save(Samples.trunk("before"));
                await().atMost(DEADLINE).until(() -> onReplica.hexists("cti_gateway@example.com", "before"));

                master.kill();
                assertThatThrownBy(() -> store.save(Samples.trunk("during")))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.isRetryable()).isTrue());
                await().atMost(DEADLINE)
                        .ignoreExceptionsMatching(e -> e instanceof StoreException failure && failure.isRetryable())
                        .until(() -> store.save(Samples.trunk("after")) != null);

                assertThat(store.snapshot().gateways()).containsKey("after").containsEntry("before", before);
                // The sentinel cuts all clients of a server that it promotes.
                try (UnifiedJedis promoted = replica.client()) {
                    assertThat(promoted.hexists("cti_gateway@example.com", "after"))
                            .isTrue();
                }
                await().atMost(DEADLINE).until(() -> told.contains("after"));
            }
        }
    }
}
