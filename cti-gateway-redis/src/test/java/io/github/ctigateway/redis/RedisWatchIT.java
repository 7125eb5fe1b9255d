package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.store.GatewayStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** What a watch tells, and how often. */
class RedisWatchIT {
    private static final String HASH = "cti_gateway@example.com";

    private static RedisServerUnderTest server;
    private static UnifiedJedis jedis;

    @BeforeAll
    static void startRedis() {
        server = RedisServerUnderTest.start();
        jedis = server.client();
    }

    @AfterAll
    static void stopRedis() {
        jedis.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        jedis.flushAll();
    }

    /** One after the other, ten changes would take the periodic comparison 45 seconds; the server notifies of nothing. */
    @Test
    void anotherProcesssStoreIsHeardAtOnceWhereTheServerDoesNotNotify() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (RedisGatewayStore writer = RedisGatewayStore.open(server.uri(), "example.com");
                RedisGatewayStore watched = RedisGatewayStore.open(server.uri(), "example.com");
                GatewayStore.Watch watch = watched.watch(told::add)) {
            assertThat(watch).isNotNull();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                String next = "t" + told.size();
                // In turns by each way of writing
                if (told.size() % 2 == 0) {
                    writer.save(Samples.trunk(next));
                } else {
                    writer.saveAll(List.of(Samples.trunk(next)));
                }
                await().until(() -> told.contains(next));
                return told.size() == 10;
            });
        }
    }

    @Test
    void eachOfManyGatewaysThatChangeAtOnceIsToldOnceAndTheUnchangedNever() {
        jedis.hset(HASH, "before", Samples.mytrunk());
        List<String> told = new CopyOnWriteArrayList<>();
        try (RedisGatewayStore watched = RedisGatewayStore.open(server.uri(), "example.com");
                GatewayStore.Watch watch = watched.watch(told::add)) {
            assertThat(watch).isNotNull();
            Map<String, String> many = new HashMap<>();
            for (int i = 0; i < 1_000; i++) {
                many.put("t" + i, Samples.mytrunk());
            }
            jedis.hset(HASH, many);
            // Every hint makes the watch look again, and nothing has changed.
            for (int i = 0; i < 20; i++) {
                jedis.publish("cti_gateway_changed@example.com", "t" + i);
            }
            watched.save(Samples.trunk("last"));

            await().until(() -> told.contains("last"));
            assertThat(told).hasSize(1_001).doesNotHaveDuplicates().doesNotContain("before");
        }
    }
}
