package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.fleet.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

class RedisLeasesIT {
    private static final String KEY = "cti_gateway_owner@example.com";
    private static final Duration LONG = Duration.ofMinutes(1);

    private static RedisServerUnderTest server;
    private static UnifiedJedis jedis;
    private static RedisLeases leases;

    @BeforeAll
    static void startRedis() {
        server = RedisServerUnderTest.startProcess();
        jedis = server.client();
        leases = RedisLeases.of(jedis, "example.com");
    }

    @AfterAll
    static void stopRedis() {
        leases.close();
        jedis.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        jedis.flushAll();
    }

    @Test
    void aFreeGatewayIsTakenOnlyWhenAskedFor() {
        assertThat(leases.claim("fs1", List.of("a", "b"), Set.of("a"), LONG)).isEqualTo(Map.of("a", "fs1"));
        assertThat(leases.owners(List.of("a", "b"))).isEqualTo(Map.of("a", "fs1"));
        assertThat(leases.claim("fs2", List.of("a", "b"), Set.of("a", "b"), LONG))
                .isEqualTo(Map.of("a", "fs1", "b", "fs2"));
    }

    @Test
    void anOwnerThatDoesNotClaimAgainLosesTheGatewayAndTheHashGoes() {
        leases.claim("fs1", List.of("a"), Set.of("a"), Duration.ofMillis(200));
        assertThat(jedis.exists(KEY)).isTrue();
        await().until(() -> leases.owners(List.of("a")).isEmpty());
        await().until(() -> !jedis.exists(KEY));

        leases.claim("fs1", List.of("a"), Set.of("a"), Duration.ofMillis(200));
        await().until(() -> leases.claim("fs2", List.of("a"), Set.of("a"), LONG).equals(Map.of("a", "fs2")));
        assertThat(leases.claim("fs1", List.of("a"), Set.of("a"), LONG)).isEqualTo(Map.of("a", "fs2"));
    }

    @Test
    void aShortClaimDoesNotEndALongOne() {
        leases.claim("fs1", List.of("a"), Set.of("a"), LONG);
        leases.claim("fs2", List.of("b"), Set.of("b"), Duration.ofMillis(100));
        await().until(() -> leases.owners(List.of("b")).isEmpty());
        assertThat(leases.owners(List.of("a"))).isEqualTo(Map.of("a", "fs1"));
    }

    @Test
    void namesAndNodesWithBlanksAndChineseComeBackUnchanged() {
        assertThat(leases.claim("节点 一 x", List.of("线路-1", "a b"), Set.of("线路-1", "a b"), LONG))
                .isEqualTo(Map.of("线路-1", "节点 一 x", "a b", "节点 一 x"));
    }

    @Test
    void whatSomebodyElseWroteIntoTheHashOwnsNothing() {
        jedis.hset(KEY, Map.of("a", "rubbish", "b", "", "c", "99999999999999999999"));
        assertThat(leases.owners(List.of("a", "b", "c"))).isEmpty();
        assertThat(leases.claim("fs1", List.of("a", "b", "c"), Set.of("a", "b", "c"), LONG))
                .containsOnlyKeys("a", "b", "c");
    }

    @Test
    void manyNodesAtOnceNeverShareAGateway() throws Exception {
        List<String> gateways = IntStream.range(0, 500).mapToObj(i -> "gw-" + i).toList();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Map<String, String>>> claims = new ArrayList<>();
            for (int node = 0; node < 8; node++) {
                String name = "fs" + node;
                claims.add(pool.submit(() -> leases.claim(name, gateways, Set.copyOf(gateways), LONG)));
            }
            Map<String, String> truth = claims.get(0).get();
            for (Future<Map<String, String>> claim : claims) {
                assertThat(claim.get()).isEqualTo(truth);
            }
            assertThat(truth).hasSize(500);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void leasesAreTheOnesOfRedisLease() {
        try (Lease lease = leases.tryAcquire("example.com/fs1/external", LONG).orElseThrow()) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(leases.tryAcquire("example.com/fs1/external", LONG)).isEmpty();
            assertThat(jedis.keys("*").stream()
                            .map(key -> key.replaceAll("[{}]", ""))
                            .collect(Collectors.toSet()))
                    .contains("cti_gateway_lease@example.com/fs1/external");
        }
    }
}
