package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.InvalidGatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;

/** How often saving many gateways waits for Redis. */
class RedisRoundTripsIT {
    private static final String HASH = "cti_gateway@example.com";
    private static final String FOREIGN = "{\"by\":\"ui\",\"param\":{\"register\":\"false\",\"realm\":\"f\"}}";

    private static RedisServerUnderTest server;
    private static UnifiedJedis admin;
    private static RoundTrips roundTrips;
    private static UnifiedJedis counted;
    private RedisGatewayStore store;

    @BeforeAll
    static void startRedis() {
        server = RedisServerUnderTest.start();
        admin = server.client();
        roundTrips = new RoundTrips();
        counted = roundTrips.client(server);
    }

    @AfterAll
    static void stopRedis() {
        counted.close();
        admin.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        admin.flushAll();
        admin.scriptFlush();
        // Opening a connection takes round trips, too.
        counted.ping();
        store = RedisGatewayStore.of(counted, "example.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 500, 501, 1_000})
    void newGatewaysAreSavedInOne(int many) {
        List<Gateway> gateways = trunks(many, "r");

        assertThat(roundTrips.of(() -> allSaved(gateways))).isEqualTo(1);
        assertThat(theirs().snapshot().gateways()).hasSize(many);
        assertThat(theirs().find("t0").orElseThrow().gateway()).isEqualTo(gateways.get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1_000})
    void gatewaysOfTheLastSnapshotAreChangedInOne(int many) {
        allSavedByOthers(trunks(many, "r"));
        store.snapshot();

        assertThat(roundTrips.of(() -> allSaved(trunks(many, "changed")))).isEqualTo(1);
        assertThat(realms(theirs())).containsExactly("changed");
    }

    /** No snapshot in between: what the store itself read and did is not somebody else's change. */
    @Test
    void whatTheStoreItselfReadOrDidLastCostsNoOther() {
        allSavedByOthers(trunks(4, "r"));
        store.snapshot();
        StoredGateway first = store.save(trunk(0, "single"));
        store.saveIfUnchanged(trunk(0, "single-again"), first.revision());
        store.delete("t1");
        store.delete("never-there");
        admin.hset(HASH, "t2", FOREIGN);
        store.find("t2");

        assertThat(roundTrips.of(() -> allSaved(trunks(4, "second")))).isEqualTo(1);
        assertThat(roundTrips.of(() -> allSaved(trunks(4, "third")))).isEqualTo(1);
        assertThat(realms(theirs())).containsExactly("third");
    }

    @Test
    void afterThoseWereReadThatNobodyKnewItIsOneAgain() {
        allSavedByOthers(trunks(700, "r"));

        assertThat(roundTrips.of(() -> allSaved(trunks(700, "r")))).isEqualTo(3);
        assertThat(roundTrips.of(() -> allSaved(trunks(700, "r")))).isEqualTo(1);
        assertThat(roundTrips.of(() -> allSaved(trunks(700, "changed")))).isEqualTo(1);
    }

    @Test
    void whatIsThereAlreadyIsProvenToBeThereAndNotWritten() {
        List<Gateway> gateways = trunks(3, "r");
        allSaved(gateways);
        admin.executeCommand(new CommandArguments(Command.CONFIG).add("RESETSTAT"));

        assertThat(roundTrips.of(() -> allSaved(gateways))).isEqualTo(1);
        assertThat(admin.info("commandstats")).doesNotContain("cmdstat_hset:").doesNotContain("cmdstat_publish:");

        admin.hdel(HASH, "t1");
        assertThat(roundTrips.of(() -> allSaved(gateways))).isEqualTo(3);
        assertThat(theirs().snapshot().gateways()).containsOnlyKeys("t0", "t1", "t2");
    }

    @Test
    void whatOthersChangedInBetweenIsReadAgainAndTheirMembersAreKept() {
        allSaved(trunks(600, "r"));
        store.snapshot();
        admin.hset(HASH, "t7", FOREIGN);
        admin.hset(HASH, "t599", FOREIGN);

        assertThat(roundTrips.of(() -> allSaved(trunks(600, "changed")))).isEqualTo(3);
        assertThat(realms(theirs())).containsExactly("changed");
        assertThat(admin.hget(HASH, "t7")).startsWith("{\"by\":\"ui\",");
        assertThat(admin.hget(HASH, "t599")).startsWith("{\"by\":\"ui\",");
        assertThat(admin.hget(HASH, "t8")).doesNotContain("by");
    }

    @Test
    void whatOthersHadChangedBeforeIsKeptInOne() {
        admin.hset(HASH, "t0", FOREIGN);
        store.snapshot();

        assertThat(roundTrips.of(() -> allSaved(trunks(2, "changed")))).isEqualTo(1);
        assertThat(admin.hget(HASH, "t0")).startsWith("{\"by\":\"ui\",").contains("changed");
    }

    @Test
    void anUnreadableEntryIsRefusedAndOneThatWasMendedMeanwhileIsNot() {
        admin.hset(HASH, "t0", "{");
        admin.hset(HASH, "t1", "{");
        store.snapshot();
        admin.hset(HASH, "t1", FOREIGN);

        List<SaveOutcome> outcomes = new ArrayList<>(store.saveAll(
                List.of(trunk(0, "r"), trunk(1, "r"), Gateway.builder("invalid").build(), trunk(2, "r"))));

        assertThat(outcomes).extracting(SaveOutcome::gateway).containsExactly("t0", "t1", "invalid", "t2");
        assertThat(((SaveOutcome.Refused) outcomes.get(0)).reason()).isInstanceOf(UnreadableEntryException.class);
        assertThat(((SaveOutcome.Refused) outcomes.get(2)).reason()).isInstanceOf(InvalidGatewayException.class);
        assertThat(outcomes.get(1)).isInstanceOf(SaveOutcome.Saved.class);
        assertThat(outcomes.get(3)).isInstanceOf(SaveOutcome.Saved.class);
        assertThat(admin.hget(HASH, "t0")).isEqualTo("{");
        assertThat(admin.hget(HASH, "t1")).startsWith("{\"by\":\"ui\",");
    }

    @Test
    void theHistoryHasWhatChangedAndNothingElse() {
        RedisGatewayStore recording = RedisGatewayStore.of(counted, "example.com", "alice");
        recording.saveAll(trunks(3, "r"));
        StoredGateway before = theirs().find("t1").orElseThrow();
        recording.saveAll(List.of(trunk(0, "r"), trunk(1, "changed"), trunk(2, "r")));

        assertThat(recording.history("t0", 5)).hasSize(1);
        assertThat(recording.history("t1", 5))
                .extracting(HistoryEntry::oldRevision)
                .containsExactly(before.revision(), "");
    }

    /** A transaction's end and the next one's beginning share a round trip. */
    @Test
    void moreThanAThousandTakeOneForEachThousandAndOneMore() {
        assertThat(roundTrips.of(() -> allSaved(trunks(1_001, "r")))).isEqualTo(3);
        assertThat(roundTrips.of(() -> allSaved(trunks(4_000, "changed")))).isEqualTo(5);
    }

    /** The answers of the node are held back until it has got all there is to send. */
    @Test
    void aClusterTakesOneToo() throws Exception {
        try (RedisClusterUnderTest cluster = RedisClusterUnderTest.start();
                Interposer between = Interposer.start(cluster.masterOf(HASH));
                UnifiedJedis jedis = through(between, cluster)) {
            RedisGatewayStore inCluster = RedisGatewayStore.of(jedis, "example.com");
            assertThat(inCluster.snapshot().gateways()).isEmpty();
            between.holdAnswersUntilAsked("EVAL", 2);

            assertThat(inCluster.saveAll(trunks(1_000, "r"))).allMatch(outcome -> outcome instanceof SaveOutcome.Saved);
            between.holdAnswersUntilAsked("EVAL", 2);
            assertThat(inCluster.saveAll(trunks(1_000, "changed")))
                    .allMatch(outcome -> outcome instanceof SaveOutcome.Saved);

            assertThat(between.timesAsked("EVAL")).isEqualTo(4);
            assertThat(between.timesAsked("HMGET")).isZero();
            assertThat(realms(inCluster)).containsExactly("changed");
            assertThat(inCluster.snapshot().gateways()).hasSize(1_000);
        }
    }

    private static UnifiedJedis through(Interposer between, RedisClusterUnderTest cluster) {
        RedisServerUnderTest node = cluster.masterOf(HASH);
        return RedisClusterClient.builder()
                .nodes(Set.of(new HostAndPort(node.host(), node.port())))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .hostAndPortMapper(address -> address.getPort() == node.port()
                                ? new HostAndPort("127.0.0.1", between.port())
                                : address)
                        .build())
                .build();
    }

    private void allSaved(List<Gateway> gateways) {
        assertThat(store.saveAll(gateways)).hasSize(gateways.size()).allMatch(o -> o instanceof SaveOutcome.Saved);
    }

    private static void allSavedByOthers(List<Gateway> gateways) {
        assertThat(theirs().saveAll(gateways)).allMatch(outcome -> outcome instanceof SaveOutcome.Saved);
    }

    private static RedisGatewayStore theirs() {
        return RedisGatewayStore.of(admin, "example.com");
    }

    private static Set<String> realms(RedisGatewayStore store) {
        Set<String> realms = new TreeSet<>();
        store.snapshot()
                .gateways()
                .values()
                .forEach(stored -> realms.add(stored.gateway().text("realm").orElseThrow()));
        return realms;
    }

    private static List<Gateway> trunks(int count, String realm) {
        return IntStream.range(0, count).mapToObj(i -> trunk(i, realm)).toList();
    }

    private static Gateway trunk(int number, String realm) {
        return Samples.trunk("t" + number).toBuilder().set("realm", realm).build();
    }
}
