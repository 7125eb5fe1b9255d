package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.GatewayStoreContract;
import io.github.ctigateway.store.StoredGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** The store, its history and the feed over the newer protocol of Redis, whose answers have other shapes. */
class RedisResp3IT extends GatewayStoreContract {
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

    @Override
    protected GatewayStore openEmptyStore() {
        jedis.flushAll();
        return RedisGatewayStore.open(server.uri() + "?protocol=3", "example.com");
    }

    @Test
    void keepsTheHistory() {
        try (RedisGatewayStore store = RedisGatewayStore.open(server.uri() + "?protocol=3", "example.com", "alice")) {
            StoredGateway first = store.save(Samples.trunk("a"));
            store.delete("a");

            assertThat(store.history("a", 5)).hasSize(2);
            assertThat(store.rollback("a", first.revision())).isEqualTo(first);
        }
    }

    @Test
    void hearsTheChannelAndTheList() {
        List<GatewayEvent> heard = new CopyOnWriteArrayList<>();
        try (RedisStatusFeed feed = RedisStatusFeed.open(
                server.uri() + "?protocol=3", RedisStatusOptions.of("gateways", "events", "queue"))) {
            jedis.hset("gateways", "default", Samples.stateEvent());
            feed.follow(heard::add);
            await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() == 1);
            jedis.publish("events", Samples.addEvent());
            jedis.lpush("queue", Samples.addEvent());

            await().atMost(Duration.ofSeconds(20)).until(() -> heard.size() == 3);
        }
    }
}
