package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.InvalidGatewayException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

class RedisHistoryIT {
    private static final String HASH = "cti_gateway@example.com";
    private static final String STREAM = "cti_gateway_history@example.com";

    private static RedisServerUnderTest server;
    private static UnifiedJedis jedis;
    private RedisGatewayStore store;

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
        store = RedisGatewayStore.of(jedis, "example.com", "alice");
    }

    @Test
    void recordsWhoChangedWhatAndWhenNewestFirst() {
        Instant began = Instant.now();
        StoredGateway first = store.save(Samples.trunk("a"));
        store.save(Samples.trunk("b"));
        StoredGateway second = RedisGatewayStore.of(jedis, "example.com", "bob").save(changed("a"));
        store.save(changed("a"));
        store.delete("a");
        store.delete("a");

        List<HistoryEntry> history = store.history("a", 10);

        assertThat(history).extracting(HistoryEntry::author).containsExactly("alice", "bob", "alice");
        // Redis' clock may be another machine's.
        assertThat(history)
                .extracting(HistoryEntry::time)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .allMatch(time -> Duration.between(began, time).abs().compareTo(Duration.ofHours(1)) < 0);
        assertThat(history)
                .extracting(HistoryEntry::newRevision)
                .containsExactly("", second.revision(), first.revision());
        assertThat(history)
                .extracting(HistoryEntry::oldRevision)
                .containsExactly(second.revision(), first.revision(), "");
        assertThat(history.get(1).gatewayBefore()).contains(first.gateway());
        assertThat(history.get(1).gatewayAfter()).contains(second.gateway());
        assertThat(history.get(0).gatewayAfter()).isEmpty();
        assertThat(store.history("a", 1)).hasSize(1);
        assertThat(history.toString()).doesNotContain("pa55");
    }

    /** The change stands; that it is missing from the history must be said. */
    @Test
    void saysThatAChangeIsNotInTheHistory() {
        jedis.set(STREAM, "no stream");
        PrintStream errors = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try {
            store.save(Samples.trunk("a"));
        } finally {
            System.setErr(errors);
        }

        assertThat(store.find("a")).isPresent();
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("not in their history", "WRONGTYPE")
                .doesNotContain("pa55");
    }

    /** More than one transaction, over a client that has nothing left for the history while one is under way. */
    @Test
    void savesManyOverOneConnection() {
        ConnectionPoolConfig one = new ConnectionPoolConfig();
        one.setMaxTotal(1);
        one.setMaxWait(Duration.ofSeconds(10));
        List<Gateway> gateways = IntStream.range(0, 2_200)
                .mapToObj(number -> Samples.trunk("t" + number))
                .toList();
        try (UnifiedJedis single = RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .poolConfig(one)
                .build()) {
            RedisGatewayStore.of(single, "example.com", "alice").saveAll(gateways);
        }

        assertThat(jedis.hlen("cti_gateway@example.com")).isEqualTo(2_200);
        assertThat(jedis.xlen(STREAM)).isEqualTo(2_200);
    }

    @Test
    void aStoreWithoutAnAuthorRecordsNothing() {
        RedisGatewayStore.of(jedis, "example.com").save(Samples.trunk("a"));

        assertThat(jedis.exists(STREAM)).isFalse();
    }

    @Test
    void noPasswordStandsInTheStream() {
        store.saveAll(List.of(Samples.trunk("a"), Samples.trunk("b")));

        byte[] stream = jedis.dump(STREAM);
        assertThat(new String(stream, StandardCharsets.ISO_8859_1))
                .contains("alice")
                .doesNotContain("pa55");
        assertThat(store.history("b", 5)).hasSize(1);
    }

    @Test
    void rollsBackToTheVeryBytes() {
        jedis.hset(HASH, "mytrunk", Samples.mytrunk());
        StoredGateway first = store.find("mytrunk").orElseThrow();
        store.save(first.gateway().toBuilder().set("realm", "wrong.example").build());
        store.delete("mytrunk");

        assertThat(store.rollback("mytrunk", first.revision())).isEqualTo(first);
        assertThat(jedis.hget(HASH, "mytrunk")).isEqualTo(Samples.mytrunk());
        assertThat(store.history("mytrunk", 1).get(0).newRevision()).isEqualTo(first.revision());
    }

    @Test
    void rollsBackOverAnEntryThatSomebodyBroke() {
        StoredGateway first = store.save(Samples.trunk("a"));
        store.save(changed("a"));
        jedis.hset(HASH, "a", "{");

        assertThat(store.rollback("a", first.revision())).isEqualTo(first);
    }

    @Test
    void anUnknownRevisionChangesNothing() {
        StoredGateway present = store.save(Samples.trunk("a"));

        assertThatThrownBy(() -> store.rollback("a", "0123"))
                .isInstanceOfSatisfying(UnknownRevisionException.class, e -> {
                    assertThat(e.gateway()).isEqualTo("a");
                    assertThat(e.revision()).isEqualTo("0123");
                });
        assertThatThrownBy(() -> store.rollback("b", present.revision())).isInstanceOf(UnknownRevisionException.class);
        assertThat(store.find("a")).contains(present);
    }

    @Test
    void aRevisionThatFreeSwitchWouldSkipIsRefused() {
        jedis.hset(HASH, "a", "{\"param\":{}}");
        String invalid = store.find("a").orElseThrow().revision();
        StoredGateway present = store.save(Samples.trunk("a"));

        assertThatThrownBy(() -> store.rollback("a", invalid)).isInstanceOf(InvalidGatewayException.class);
        assertThat(store.find("a")).contains(present);
    }

    @Test
    void valuesUnderAnotherStampKeyAreGoneButTheRecordsAreNot() {
        StoredGateway first = store.save(Samples.trunk("a"));
        jedis.del("cti_gateway_stamp_key@example.com");

        assertThat(store.history("a", 5)).singleElement().satisfies(entry -> {
            assertThat(entry.newRevision()).isEqualTo(first.revision());
            assertThat(entry.gatewayAfter()).isEmpty();
        });
        assertThatThrownBy(() -> store.rollback("a", first.revision())).isInstanceOf(UnknownRevisionException.class);
    }

    @Test
    void findsChangesFarBackAmongThoseOfOthers() {
        StoredGateway first = store.save(Samples.trunk("a"));
        store.saveAll(
                IntStream.range(0, 1_200).mapToObj(i -> Samples.trunk("t" + i)).toList());

        assertThat(store.history("a", 5)).hasSize(1);
        store.delete("a");
        assertThat(store.rollback("a", first.revision())).isEqualTo(first);
    }

    @Test
    void keepsSomeTenThousandChangesAndNoMore() {
        store.saveAll(
                IntStream.range(0, 12_000).mapToObj(i -> Samples.trunk("t" + i)).toList());

        assertThat(jedis.xlen(STREAM)).isBetween(10_000L, 10_200L);
        assertThat(store.history("t0", 1)).isEmpty();
        assertThat(store.history("t11999", 1)).hasSize(1);
    }

    @Test
    void aStreamThatCannotBeWrittenDoesNotUndoTheSave() {
        jedis.set(STREAM, "text");

        StoredGateway saved = store.save(Samples.trunk("a"));

        assertThat(store.find("a")).contains(saved);
    }

    private static Gateway changed(String name) {
        return Samples.trunk(name).toBuilder().set("realm", "other.example").build();
    }
}
