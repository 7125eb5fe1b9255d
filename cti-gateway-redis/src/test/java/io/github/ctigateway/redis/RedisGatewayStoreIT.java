package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.GatewayStoreContract;
import io.github.ctigateway.store.RevisionConflictException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoreUnavailableException;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

class RedisGatewayStoreIT extends GatewayStoreContract {
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

    @Override
    protected GatewayStore openEmptyStore() {
        jedis.flushAll();
        return RedisGatewayStore.open(server.uri(), "example.com");
    }

    private static RedisGatewayStore store() {
        return RedisGatewayStore.of(jedis, "example.com");
    }

    @Test
    void readsWhatModCtiReads() {
        jedis.hset(HASH, "mytrunk", Samples.mytrunk());

        assertThat(store().find("mytrunk").orElseThrow().gateway()).isEqualTo(Samples.read(Samples.mytrunk()));
        assertThat(jedis.hget(HASH, "mytrunk")).isEqualTo(Samples.mytrunk());
    }

    @Test
    void savingAnUnchangedGatewayLeavesTheBytesAlone() {
        String odd = "{ \"param\":{\"realm\" : \"r\",\"register\":false,\"ping\":1.50},\"by\":[\"ui\"] }";
        jedis.hset(HASH, "odd", odd);

        StoredGateway stored = store().find("odd").orElseThrow();
        assertThat(store().save(stored.gateway())).isEqualTo(stored);
        assertThat(jedis.hget(HASH, "odd")).isEqualTo(odd);

        store().save(stored.gateway().toBuilder().set("ping", "2").build());
        assertThat(jedis.hget(HASH, "odd")).isEqualTo(odd.replace("1.50", "2"));
    }

    @Test
    void saveKeepsMembersOfOtherToolsButSaveIfUnchangedMayRemoveThem() {
        jedis.hset(HASH, "a", "{\"param\":{\"register\":\"false\"},\"by\":\"ui\"}");
        Gateway fresh =
                Gateway.builder("a").set("register", "false").set("realm", "r").build();

        StoredGateway saved = store().save(fresh);
        assertThat(saved.gateway().additionalMembers()).containsKey("by");

        assertThat(store().saveIfUnchanged(fresh, saved.revision()).gateway()).isEqualTo(fresh);
        assertThat(jedis.hget(HASH, "a")).isEqualTo("{\"param\":{\"register\":\"false\",\"realm\":\"r\"}}");
    }

    @Test
    void oneMalformedFieldHidesNothingAndIsNotOverwritten() {
        store().save(Samples.trunk("good"));
        jedis.hset(HASH, "bad", "{\"param\":");
        jedis.hset(HASH, "empty", "");
        jedis.hset(HASH.getBytes(StandardCharsets.UTF_8), new byte[] {'x', (byte) 0xFF}, new byte[] {'{', '}'});

        StoreSnapshot snapshot = store().snapshot();

        assertThat(snapshot.gateways()).containsOnlyKeys("good");
        assertThat(snapshot.unreadable()).containsOnlyKeys("bad", "empty", "x\uFFFD");
        assertThat(snapshot.unreadable().get("bad").reasons())
                .extracting(Violation::code)
                .containsExactly("json.syntax");
        assertThatThrownBy(() -> store().find("bad")).isInstanceOf(UnreadableEntryException.class);
        assertThatThrownBy(() -> store().save(Samples.trunk("bad"))).isInstanceOf(UnreadableEntryException.class);
        assertThatThrownBy(() -> store().save(Samples.trunk("empty"))).isInstanceOf(UnreadableEntryException.class);
        assertThat(jedis.hget(HASH, "bad")).isEqualTo("{\"param\":");
        assertThat(store().delete("bad")).isTrue();
    }

    @Test
    void garbageInEveryFieldIsReportedAndLeftAlone() {
        Random random = new Random(20_261_123);
        Map<ByteBuffer, ByteBuffer> garbage = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            byte[] field = new byte[1 + random.nextInt(20)];
            byte[] value = new byte[random.nextInt(200)];
            random.nextBytes(field);
            random.nextBytes(value);
            garbage.put(ByteBuffer.wrap(field), ByteBuffer.wrap(value));
            jedis.hset(HASH.getBytes(StandardCharsets.UTF_8), field, value);
            // Nearly right is worse than wrong.
            String cut = Samples.mytrunk()
                    .substring(0, random.nextInt(Samples.mytrunk().length() - 1));
            jedis.hset(HASH, "cut" + i, cut);
            garbage.put(
                    ByteBuffer.wrap(("cut" + i).getBytes(StandardCharsets.UTF_8)),
                    ByteBuffer.wrap(cut.getBytes(StandardCharsets.UTF_8)));
        }
        StoredGateway good = store().save(Samples.trunk("good"));

        StoreSnapshot snapshot = store().snapshot();

        assertThat(snapshot.gateways()).containsOnlyKeys("good").containsEntry("good", good);
        assertThat(snapshot.unreadable().values())
                .allSatisfy(entry -> assertThat(entry.reasons()).isNotEmpty());
        assertThat(store().saveAll(IntStream.range(0, 500)
                        .mapToObj(i -> Samples.trunk("cut" + i))
                        .toList()))
                .allMatch(outcome -> outcome instanceof SaveOutcome.Refused);
        Map<ByteBuffer, ByteBuffer> present = new HashMap<>();
        jedis.hgetAll(HASH.getBytes(StandardCharsets.UTF_8))
                .forEach((field, value) -> present.put(ByteBuffer.wrap(field), ByteBuffer.wrap(value)));
        present.remove(ByteBuffer.wrap("good".getBytes(StandardCharsets.UTF_8)));
        assertThat(present).isEqualTo(garbage);
    }

    @Test
    void aForeignWritersChangeIsAConflict() {
        StoredGateway first = store().save(Samples.trunk("a"));
        jedis.hset(HASH, "a", Samples.mytrunk());

        assertThatThrownBy(() -> store().saveIfUnchanged(Samples.trunk("a"), first.revision()))
                .isInstanceOfSatisfying(
                        RevisionConflictException.class,
                        e -> assertThat(e.present().orElseThrow().gateway().parameters())
                                .containsEntry("realm", "180.76.224.191:35560"));
        assertThat(jedis.hget(HASH, "a")).isEqualTo(Samples.mytrunk());
    }

    @Test
    void tellsForeignWritersChanges() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        store().save(Samples.trunk("gone"));
        try (RedisGatewayStore watched = store();
                GatewayStore.Watch watch = watched.watch(told::add)) {
            assertThat(watch).isNotNull();
            jedis.hset(HASH, "foreign", Samples.mytrunk());
            jedis.hdel(HASH, "gone");

            await().untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("foreign", "gone"));
        }
    }

    /** One after the other, ten changes would take the periodic comparison 45 seconds. */
    @Test
    void tellsForeignWritersChangesAtOnceWhereTheServerNotifies() {
        try (RedisServerUnderTest notifying = RedisServerUnderTest.startProcess("--notify-keyspace-events", "Kh");
                UnifiedJedis foreign = notifying.client();
                RedisGatewayStore watched = RedisGatewayStore.open(notifying.uri(), "example.com")) {
            Set<String> told = ConcurrentHashMap.newKeySet();
            try (GatewayStore.Watch watch = watched.watch(told::add)) {
                assertThat(watch).isNotNull();
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    String next = "t" + told.size();
                    foreign.hset(HASH, next, Samples.mytrunk());
                    await().until(() -> told.contains(next));
                    return told.size() == 10;
                });
            }
        }
    }

    @Test
    void manyChangesOfOneGatewayAreToldAsOne() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (RedisGatewayStore watched = store();
                GatewayStore.Watch watch = watched.watch(told::add)) {
            assertThat(watch).isNotNull();
            try (AbstractPipeline pipeline = jedis.pipelined()) {
                for (int i = 0; i < 1_000; i++) {
                    pipeline.hset(HASH, "busy", GatewayJson.encode(realm(i)));
                }
                pipeline.sync();
            }
            store().save(Samples.trunk("last"));

            await().until(() -> told.contains("last"));
            assertThat(told).filteredOn("busy"::equals).hasSizeBetween(1, 3);
            assertThat(store().find("busy").orElseThrow().gateway()).isEqualTo(realm(999));
        }
    }

    private static Gateway realm(int number) {
        return Samples.trunk("busy").toBuilder().set("realm", "r" + number).build();
    }

    @Test
    void opensADatabaseUnderTheNameOfTheAddressAndClosesOnlyWhatItOpened() {
        try (RedisGatewayStore opened =
                RedisGatewayStore.open(server.uri() + "/3?client-name=the-app", "example.com")) {
            opened.save(Samples.trunk("a"));

            assertThat(jedis.exists(HASH)).as("in database 0").isFalse();
            assertThat(clients()).contains("name=the-app");
        }
        await().untilAsserted(() -> assertThat(clients()).doesNotContain("name=the-app"));

        try (RedisGatewayStore lent = store()) {
            lent.save(Samples.trunk("a"));
        }
        assertThat(jedis.hexists(HASH, "a")).as("the client is still open").isTrue();
    }

    private static String clients() {
        Object answer = jedis.executeCommand(new CommandArguments(Command.CLIENT).add("LIST"));
        return new String((byte[]) answer, StandardCharsets.UTF_8);
    }

    @Test
    void anEmptyHashIsAnEmptySnapshot() {
        assertThat(store().snapshot()).isEqualTo(StoreSnapshot.of(List.of(), List.of()));
    }

    @Test
    void aKeyOfAnotherTypeIsRefusedWithItsReason() {
        jedis.set(HASH, "text");

        assertThatThrownBy(() -> store().snapshot())
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("WRONGTYPE")
                .hasMessageContaining("hash");
        assertThatThrownBy(() -> store().save(Samples.trunk("a"))).isInstanceOf(StoreRefusedException.class);
        assertThat(jedis.get(HASH)).isEqualTo("text");
    }

    @Test
    void theSecretIsSharedAndForeignOnesAreRefused() {
        byte[] secret = store().stampSecret();

        assertThat(secret).hasSize(32).isEqualTo(store().stampSecret());
        assertThat(jedis.get("cti_gateway_stamp_key@example.com".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(secret);

        jedis.set("cti_gateway_stamp_key@example.com", "short");
        assertThatThrownBy(() -> store().stampSecret()).isInstanceOf(StoreRefusedException.class);
    }

    @Test
    void thoseWhoNeedTheSecretFirstAtTheSameTimeAgreeOnOne() throws Exception {
        jedis.flushAll();
        int many = 8;
        CyclicBarrier together = new CyclicBarrier(many);
        ExecutorService threads = Executors.newFixedThreadPool(many);
        List<Future<byte[]>> secrets = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            secrets.add(threads.submit(() -> {
                together.await();
                return store().stampSecret();
            }));
        }
        byte[] stored = secrets.get(0).get();
        for (Future<byte[]> secret : secrets) {
            assertThat(secret.get()).hasSize(32).isEqualTo(stored);
        }
        threads.shutdown();
    }

    @Test
    void aRefusedConnectionIsUnavailable() {
        try (RedisGatewayStore nowhere =
                RedisGatewayStore.open("redis://user:secretpw@127.0.0.1:" + RedisServerUnderTest.freePort(), "d")) {
            assertThatThrownBy(nowhere::snapshot)
                    .isInstanceOf(StoreUnavailableException.class)
                    .satisfies(RedisGatewayStoreIT::holdsNoPassword);
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithoutBeingQuoted() {
        try (RedisGatewayStore wrong =
                RedisGatewayStore.open("redis://nobody:secretpw@" + server.host() + ":" + server.port(), "d")) {
            assertThatThrownBy(wrong::snapshot)
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("WRONGPASS")
                    .satisfies(RedisGatewayStoreIT::holdsNoPassword);
        }
    }

    private static void holdsNoPassword(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("secretpw");
        }
    }

    @Test
    void tenWritersLoseNoUpdate() throws Exception {
        int writers = 10;
        int each = 1_000;
        store().save(Gateway.builder("counter")
                .set("register", "false")
                .set("ping", "0")
                .build());
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            running.add(threads.submit(() -> {
                for (int done = 0; done < each; ) {
                    StoredGateway seen = store().find("counter").orElseThrow();
                    int next = Integer.parseInt(seen.gateway().text("ping").orElseThrow()) + 1;
                    try {
                        store().saveIfUnchanged(
                                        seen.gateway().toBuilder()
                                                .set("ping", Integer.toString(next))
                                                .build(),
                                        seen.revision());
                        done++;
                    } catch (RevisionConflictException e) {
                        assertThat(e.present()).isPresent();
                    }
                }
            }));
        }
        for (Future<?> writer : running) {
            writer.get();
        }
        threads.shutdown();

        assertThat(store().find("counter").orElseThrow().gateway().text("ping"))
                .contains(Integer.toString(writers * each));
    }
}
