package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

class RedisLeaseIT {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final String KEY = "{cti_gateway_lease@n1}";

    private static RedisServerUnderTest server;
    private static UnifiedJedis jedis;

    @BeforeAll
    static void startRedis() {
        server = RedisServerUnderTest.startProcess();
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

    @Test
    void oneAtATimeAndEachWithAHigherNumber() {
        RedisLease first = RedisLease.tryAcquire(jedis, "n1", LIMIT).orElseThrow();
        assertThat(first.isHeld()).isTrue();
        assertThat(RedisLease.tryAcquire(jedis, "n1", LIMIT)).isEmpty();
        assertThat(RedisLease.tryAcquire(jedis, "n2", LIMIT)).hasValueSatisfying(RedisLease::close);

        first.close();
        assertThat(first.isHeld()).isFalse();
        try (RedisLease second = RedisLease.tryAcquire(jedis, "n1", LIMIT).orElseThrow()) {
            assertThat(second.fencingNumber()).isGreaterThan(first.fencingNumber());
            first.close();
            assertThat(second.isHeld()).isTrue();
            assertThat(jedis.exists(KEY)).isTrue();
        }
        assertThat(jedis.exists(KEY)).isFalse();
    }

    @Test
    void isRenewedPastItsLimit() {
        try (RedisLease lease = RedisLease.tryAcquire(jedis, "n1", LIMIT).orElseThrow()) {
            await().during(LIMIT.multipliedBy(2)).atMost(Duration.ofSeconds(10)).until(lease::isHeld);
            assertThat(jedis.exists(KEY)).isTrue();
        }
    }

    @Test
    void tellsOnceWhenSomebodyElseTookIt() {
        AtomicInteger told = new AtomicInteger();
        try (RedisLease lease = RedisLease.tryAcquire(jedis, "n1", LIMIT).orElseThrow()) {
            lease.onLost(told::incrementAndGet);
            jedis.set(KEY, "somebody else");

            await().until(() -> told.get() == 1);
            assertThat(lease.isHeld()).isFalse();
            lease.onLost(told::incrementAndGet);
            assertThat(told).hasValue(2);
        }
        assertThat(jedis.get(KEY)).isEqualTo("somebody else");
    }

    @Test
    void knowsByItselfThatItEndedWhileRedisHangs() {
        AtomicInteger told = new AtomicInteger();
        RedisClient impatient = RedisClient.create("redis://" + server.host() + ":" + server.port() + "?timeout=1");
        try (RedisClient client = impatient;
                RedisLease lease = RedisLease.tryAcquire(client, "n1", LIMIT).orElseThrow()) {
            lease.onLost(told::incrementAndGet);
            server.freeze();
            try {
                await().atMost(Duration.ofSeconds(20)).until(() -> !lease.isHeld() && told.get() == 1);
            } finally {
                server.thaw();
            }
            await().until(() -> RedisLease.tryAcquire(jedis, "n1", LIMIT).isPresent());
            assertThat(lease.isHeld()).isFalse();
        }
    }

    @Test
    void anUnreachableRedisGivesNoLease() {
        try (RedisClient nowhere = RedisClient.create("127.0.0.1", RedisServerUnderTest.freePort())) {
            assertThatThrownBy(() -> RedisLease.tryAcquire(nowhere, "n1", LIMIT))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void aTooShortLimitIsRefused() {
        assertThatThrownBy(() -> RedisLease.tryAcquire(jedis, "n1", Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
