package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.RevisionConflictException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.InvalidGatewayException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

class RedisBulkIT {
    private static final int SEVERAL_TRANSACTIONS = 2_700;

    private static final String HASH = "cti_gateway@example.com";

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
        store = RedisGatewayStore.of(jedis, "example.com");
    }

    @Test
    void savesManyAsEachAlone() {
        List<Gateway> gateways = trunks(1_234);

        List<SaveOutcome> outcomes = store.saveAll(gateways);

        assertThat(outcomes).hasSize(1_234).allMatch(outcome -> outcome instanceof SaveOutcome.Saved);
        StoreSnapshot snapshot = store.snapshot();
        assertThat(snapshot.gateways()).hasSize(1_234);
        for (SaveOutcome outcome : outcomes) {
            StoredGateway stored = ((SaveOutcome.Saved) outcome).stored();
            assertThat(snapshot.gateways()).containsEntry(outcome.gateway(), stored);
        }
        assertThat(store.saveAll(gateways)).isEqualTo(outcomes);
    }

    @Test
    void aRefusedOneStopsNoOther() {
        jedis.hset(HASH, "broken", "{");
        jedis.hset(HASH, "kept", "{\"by\":\"ui\",\"param\":{\"register\":false}}");
        Gateway invalid = Gateway.builder("no password").build();

        List<SaveOutcome> outcomes = store.saveAll(List.of(
                Samples.trunk("a"),
                invalid,
                Samples.trunk("broken"),
                Gateway.builder("kept")
                        .set("register", "false")
                        .set("realm", "r")
                        .build()));

        assertThat(outcomes).extracting(SaveOutcome::gateway).containsExactly("a", "no password", "broken", "kept");
        assertThat(outcomes.get(0)).isInstanceOf(SaveOutcome.Saved.class);
        assertThat(((SaveOutcome.Refused) outcomes.get(1)).reason()).isInstanceOf(InvalidGatewayException.class);
        assertThat(((SaveOutcome.Refused) outcomes.get(2)).reason()).isInstanceOf(UnreadableEntryException.class);
        assertThat(jedis.hget(HASH, "kept"))
                .isEqualTo("{\"by\":\"ui\",\"param\":{\"register\":false,\"realm\":\"r\"}}");
        assertThat(jedis.hget(HASH, "broken")).isEqualTo("{");
    }

    /** Each round of the other writer changes what only it knows of; no save may put back what it read before. */
    @Test
    void savesOfManyLoseNothingOfAWriterThatKnowsNoRevisions() throws Exception {
        List<Gateway> gateways = trunks(SEVERAL_TRANSACTIONS);
        store.saveAll(gateways);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger round = new AtomicInteger();
        try (UnifiedJedis other = server.client()) {
            Thread foreign = new Thread(() -> {
                while (!stop.get()) {
                    other.hset(HASH, "t" + round.get() % SEVERAL_TRANSACTIONS, document(round.incrementAndGet()));
                }
            });
            foreign.start();
            for (int i = 0; i < 30; i++) {
                String realm = "r" + i;
                assertThat(store.saveAll(gateways.stream()
                                .map(gateway ->
                                        gateway.toBuilder().set("realm", realm).build())
                                .toList()))
                        .allMatch(outcome -> outcome instanceof SaveOutcome.Saved);
            }
            stop.set(true);
            foreign.join();
        }

        int last = round.get();
        assertThat(last).isPositive();
        for (int number = Math.max(1, last - SEVERAL_TRANSACTIONS + 1); number <= last; number++) {
            assertThat(jedis.hget(HASH, "t" + (number - 1) % SEVERAL_TRANSACTIONS))
                    .contains("\"by\": " + number + ",");
        }
    }

    private static String document(int number) {
        return "{\"by\": " + number
                + ", \"param\": {\"realm\": \"foreign\", \"username\": \"a\", \"password\": \"b\"}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"-watch", "-multi", "-exec", "-@transaction", "-@scripting"})
    void aUserWithoutTransactionsOrScriptsSavesManyAllTheSame(String without) {
        CommandArguments acl = new CommandArguments(Command.ACL).add("SETUSER").add("clerk");
        List.of("reset", "on", ">pw", "~*", "&*", "+@all", without).forEach(acl::add);
        jedis.executeCommand(acl);
        String address = "redis://clerk:pw@" + server.host() + ":" + server.port();
        try (RedisGatewayStore clerk = RedisGatewayStore.open(address, "example.com")) {
            assertThat(clerk.saveAll(trunks(3))).allMatch(outcome -> outcome instanceof SaveOutcome.Saved);
            assertThat(clerk.saveAll(trunks(SEVERAL_TRANSACTIONS)))
                    .allMatch(outcome -> outcome instanceof SaveOutcome.Saved);
            // The connection it worked on is free of any transaction.
            assertThat(clerk.snapshot().gateways()).hasSize(SEVERAL_TRANSACTIONS);
        }
    }

    /** The only connection there is must not stay in the transaction: all that follows on it would be queued and never done. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-discard", "-discard -exec", "-discard -exec -unwatch", "-discard -multi", "-unwatch -multi"})
    void aUserWhoMayBeginATransactionButNotEndItLeavesNoneBehind(String without) {
        CommandArguments acl = new CommandArguments(Command.ACL).add("SETUSER").add("clerk");
        List.of("reset", "on", ">pw", "~*", "&*", "+@all").forEach(acl::add);
        List.of(without.split(" ")).forEach(acl::add);
        jedis.executeCommand(acl);
        ConnectionPoolConfig one = new ConnectionPoolConfig();
        one.setMaxTotal(1);
        one.setMaxWait(Duration.ofSeconds(10));
        try (UnifiedJedis single = RedisClient.builder()
                        .hostAndPort(server.host(), server.port())
                        .clientConfig(DefaultJedisClientConfig.builder()
                                .user("clerk")
                                .password("pw")
                                .build())
                        .poolConfig(one)
                        .build();
                RedisGatewayStore clerk = RedisGatewayStore.of(single, "example.com")) {
            jedis.set(HASH, "text");
            assertThatThrownBy(() -> clerk.saveAll(trunks(SEVERAL_TRANSACTIONS)))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("WRONGTYPE");
            assertThat(single.ping()).isEqualTo("PONG");
            jedis.del(HASH);

            assertThat(clerk.saveAll(trunks(SEVERAL_TRANSACTIONS)))
                    .allMatch(outcome -> outcome instanceof SaveOutcome.Saved);
            assertThat(single.ping()).isEqualTo("PONG");
            assertThat(clerk.snapshot().gateways()).hasSize(SEVERAL_TRANSACTIONS);
            assertThat(single.set("other", "value")).isEqualTo("OK");
        }
    }

    @Test
    void aKeyOfAnotherTypeIsRefusedAndTheConnectionStaysUsable() {
        jedis.set(HASH, "text");

        assertThatThrownBy(() -> store.saveAll(trunks(3)))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("WRONGTYPE");
        assertThat(jedis.get(HASH)).isEqualTo("text");
        jedis.del(HASH);
        assertThat(store.saveAll(trunks(3))).hasSize(3);
        assertThat(store.snapshot().gateways()).hasSize(3);
    }

    @Test
    void ofEqualNamesTheLastIsSaved() {
        store.saveAll(List.of(
                Samples.trunk("a"),
                Samples.trunk("a").toBuilder().set("realm", "last").build()));

        assertThat(store.find("a").orElseThrow().gateway().parameters()).containsEntry("realm", "last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void aHugeHashIsReadInChunksWithEitherProtocol(String protocol) {
        int many = 100_000;
        assertThat(store.saveAll(trunks(many))).allMatch(outcome -> outcome instanceof SaveOutcome.Saved);
        jedis.hset(HASH, "broken", "{");
        jedis.executeCommand(new CommandArguments(Command.CONFIG).add("RESETSTAT"));

        try (RedisGatewayStore other = RedisGatewayStore.open(server.uri() + "?protocol=" + protocol, "example.com")) {
            StoreSnapshot first = other.snapshot();
            jedis.hset(HASH, "t7", Samples.mytrunk());
            jedis.hdel(HASH, "t8");
            StoreSnapshot second = other.snapshot();

            assertThat(jedis.info("commandstats")).contains("cmdstat_hscan:").doesNotContain("cmdstat_hgetall:");
            assertThat(first.gateways()).hasSize(many);
            assertThat(first.unreadable()).containsOnlyKeys("broken");
            assertThat(second.gateways()).hasSize(many - 1).doesNotContainKey("t8");
            assertThat(second.gateways().get("t7").gateway().parameters())
                    .containsEntry("realm", "180.76.224.191:35560");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void aSmallHashIsReadAtOnceWithEitherProtocol(String protocol) {
        store.saveAll(trunks(3));

        try (RedisGatewayStore other = RedisGatewayStore.open(server.uri() + "?protocol=" + protocol, "example.com")) {
            assertThat(other.snapshot().gateways()).containsOnlyKeys("t0", "t1", "t2");
        }
    }

    @Test
    void deletesOnlyWhatWasSeen() {
        StoredGateway first = store.save(Samples.trunk("a"));
        StoredGateway second =
                store.save(Samples.trunk("a").toBuilder().set("realm", "r").build());

        assertThatThrownBy(() -> store.deleteIfUnchanged("a", first.revision()))
                .isInstanceOfSatisfying(
                        RevisionConflictException.class,
                        e -> assertThat(e.present()).contains(second));
        assertThat(store.deleteIfUnchanged("a", second.revision())).isTrue();
        assertThat(store.deleteIfUnchanged("a", second.revision())).isFalse();
    }

    private static List<Gateway> trunks(int count) {
        return IntStream.range(0, count).mapToObj(i -> Samples.trunk("t" + i)).toList();
    }
}
