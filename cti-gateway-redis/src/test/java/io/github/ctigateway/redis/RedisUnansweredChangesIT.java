package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.StoreUnavailableException;
import io.github.ctigateway.store.StoredGateway;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.UnifiedJedis;

/** What the history has of changes that Redis made, but whose answer was lost with the connection. */
class RedisUnansweredChangesIT {
    private static final String HASH = "cti_gateway@example.com";

    /** What the script answers when it wrote everything. */
    private static final String NONE_LOST = "*0\r\n";

    /** What a transaction answers of the first five hundred new fields. */
    private static final String ADDED = ":500\r\n";

    private static RedisServerUnderTest server;
    private static UnifiedJedis jedis;
    private static Interposer between;
    private RedisGatewayStore store;

    @BeforeAll
    static void startRedis() throws Exception {
        server = RedisServerUnderTest.start();
        jedis = server.client();
        between = Interposer.start(server);
    }

    @AfterAll
    static void stopRedis() {
        between.close();
        jedis.close();
        server.close();
    }

    @BeforeEach
    void open() {
        jedis.flushAll();
        store = RedisGatewayStore.open("redis://127.0.0.1:" + between.port(), "example.com", "alice");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aSaveIsRecordedOnceItIsSeenToHaveBeenMade() {
        StoredGateway before = store.save(Samples.trunk("a"));
        loseTheAnswer(NONE_LOST, () -> store.save(changed("a")));
        assertThat(store.history("a", 5)).hasSize(1);

        StoredGateway saved = store.save(changed("a"));

        assertThat(store.history("a", 5))
                .extracting(HistoryEntry::oldRevision, HistoryEntry::newRevision)
                .containsExactly(tuple(before.revision(), saved.revision()), tuple("", before.revision()));
        store.find("a");
        store.snapshot();
        assertThat(store.history("a", 5)).hasSize(2);
    }

    @Test
    void whoeverLooksAtTheGatewaysMakesTheRecord() {
        store.find("a");
        loseTheAnswer(NONE_LOST, () -> store.save(Samples.trunk("a")));

        store.snapshot();

        assertThat(store.history("a", 5)).hasSize(1);
    }

    @Test
    void aSaveThatSomebodyElseUndidIsNotRecorded() {
        store.save(Samples.trunk("a"));
        String before = jedis.hget(HASH, "a");
        loseTheAnswer(NONE_LOST, () -> store.save(changed("a")));
        jedis.hset(HASH, "a", before);

        store.snapshot();
        store.save(changed("a"));

        assertThat(store.history("a", 5)).hasSize(2);
    }

    /** In one script: of two, the second may not have come when the answer to the first is lost. */
    @Test
    void savesOfManyInOneRoundTripAreRecorded() {
        store.find("t0");
        loseTheAnswer(NONE_LOST, () -> store.saveAll(trunks(400)));
        assertThat(jedis.hlen(HASH)).isEqualTo(400);

        store.saveAll(trunks(400));

        assertRecordedOnce(400);
    }

    @Test
    void savesOfManyInTransactionsAreRecorded() {
        store.find("t0");
        loseTheAnswer(ADDED, () -> store.saveAll(trunks(2_000)));
        assertThat(jedis.hlen(HASH)).isEqualTo(1_000);

        store.saveAll(trunks(2_000));

        assertRecordedOnce(2_000);
    }

    private enum Look {
        DELETE_IF_UNCHANGED,
        DELETE,
        SNAPSHOT
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void aDeletionOfWhatWasSeenIsRecorded(Look look) {
        StoredGateway saved = store.save(Samples.trunk("a"));
        // The very bytes that were removed are the script's answer, behind their length.
        String answer = "$" + jedis.hget(HASH, "a").length() + "\r\n";
        // They are the answer to the read before it, too.
        between.cutInPlaceOf(answer, 1);
        assertThatThrownBy(() -> store.deleteIfUnchanged("a", saved.revision()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(jedis.hlen(HASH)).isZero();

        switch (look) {
            case DELETE_IF_UNCHANGED ->
                assertThat(store.deleteIfUnchanged("a", saved.revision())).isFalse();
            case DELETE -> assertThat(store.delete("a")).isFalse();
            case SNAPSHOT -> assertThat(store.snapshot().gateways()).isEmpty();
        }

        assertThat(store.history("a", 5)).extracting(HistoryEntry::newRevision).containsExactly("", saved.revision());
    }

    private void assertRecordedOnce(int gateways) {
        assertThat(jedis.hlen(HASH)).isEqualTo(gateways);
        assertThat(jedis.xlen("cti_gateway_history@example.com")).isEqualTo(gateways);
        assertThat(store.history("t" + (gateways - 1), 5)).hasSize(1);
    }

    private static void loseTheAnswer(String answer, ThrowingCallable change) {
        between.cutInPlaceOf(answer, 0);
        assertThatThrownBy(change).isInstanceOf(StoreUnavailableException.class);
    }

    private static Gateway changed(String name) {
        return Samples.trunk(name).toBuilder().set("realm", "other.example").build();
    }

    private static List<Gateway> trunks(int count) {
        return IntStream.range(0, count).mapToObj(i -> Samples.trunk("t" + i)).toList();
    }
}
