package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.LiveNames;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.UnifiedJedis;

class RedisStatusSinkIT {
    private static final String CORE = "651a086c-4d20-4749-96a4-3eb2cb866ec3";

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

    @Test
    void writesThePagesEventsAsFreeSwitchMadeThem() {
        try (RedisStatusSink sink = RedisStatusSink.open(server.uri(), RedisStatusOptions.defaults())) {
            sink.accept(added("default", "ai", 92, Samples.addEvent()));
            written(sink);
            assertThat(jedis.hgetAll("gateways")).containsOnlyKeys("default").containsValue(Samples.addEvent());

            sink.accept(state("default", "ai", 680, Samples.stateEvent()));
            written(sink);
            assertThat(jedis.hgetAll("gateways")).containsOnlyKeys("default").containsValue(Samples.stateEvent());
        }
        assertThat(jedis.keys("*")).containsExactly("gateways");
    }

    /** A server reads what comes in one round trip at once. */
    @Test
    void allThatAnEventNeedsGoesInOneRoundTrip() {
        RedisStatusOptions options =
                RedisStatusOptions.of("gateways", "events", "queue").withHashPerNode();
        long fewest = Long.MAX_VALUE;
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, options)) {
            sink.accept(added("default", "ai", 92, Samples.addEvent()));
            written(sink);
            for (int i = 0; i < 20; i++) {
                long before = readsOfTheServer();
                sink.accept(state("default", "ai", 680 + i, Samples.stateEvent()));
                written(sink);
                // The fewest, since clients look after their connections now and then; asking is one itself.
                fewest = Math.min(fewest, readsOfTheServer() - before - 1);
            }
            assertThat(sink.refused()).isZero();
        }

        assertThat(fewest).isEqualTo(1);
        assertThat(jedis.hget("gateways", "default")).isEqualTo(Samples.stateEvent());
        assertThat(jedis.hget("gateways@ai", "default")).isEqualTo(Samples.stateEvent());
        assertThat(jedis.lindex("queue", 0)).isEqualTo(Samples.stateEvent());
    }

    private static long readsOfTheServer() {
        return jedis.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_reads_processed:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pushesOnATrimmedList() {
        RedisStatusOptions options = RedisStatusOptions.of("", "", "events").withListLength(3);
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, options)) {
            for (int i = 0; i < 5; i++) {
                sink.accept(state("a", "ai", i, "{\"n\":" + i + "}"));
            }
        }

        assertThat(jedis.lrange("events", 0, -1)).containsExactly("{\"n\":4}", "{\"n\":3}", "{\"n\":2}");
        assertThat(jedis.exists("gateways")).isFalse();
    }

    @Test
    void removesADeletedGatewayOnlyWhenNoneOfItsNameIsLeft() {
        try (RedisStatusSink sink =
                RedisStatusSink.of(jedis, RedisStatusOptions.defaults().withHashPerNode())) {
            sink.accept(state("a", "n1", 1, "old"));
            sink.accept(added("a", "n1", 2, "new"));
            sink.accept(deleted("a", "n1", 3));
            written(sink);
            assertThat(jedis.hget("gateways", "a")).isEqualTo("new");

            sink.accept(added("a", "n2", 1, "n2"));
            sink.accept(deleted("a", "n1", 4));
            written(sink);
            assertThat(jedis.hget("gateways", "a")).isEqualTo("n2");
            assertThat(jedis.hexists("gateways@n1", "a")).isFalse();
            assertThat(jedis.hget("gateways@n2", "a")).isEqualTo("n2");

            sink.accept(deleted("a", "n2", 2));
            written(sink);
            assertThat(jedis.keys("*")).isEmpty();
        }
    }

    /** The successor was added before the sink began, and never says a word, since it does not register. */
    @Test
    void aSinkThatBeganBetweenAdditionAndDeletionAsksBeforeItRemoves() {
        jedis.hset("gateways", Map.of("a", "successor", "b", "gone for good"));
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, RedisStatusOptions.defaults())) {
            sink.consult(() -> new LiveNames("n1", Set.of("a", "c")));

            sink.accept(deleted("a", "n1", 7));
            sink.accept(deleted("b", "n1", 8));
            written(sink);

            assertThat(jedis.hgetAll("gateways")).containsOnlyKeys("a").containsValue("successor");
        }
    }

    @Test
    void aGatewayOfAnotherNodeThatNeverSpokeStays() {
        jedis.hset("gateways", Map.of("a", "of n2", "b", "of n1"));
        jedis.hset("gateways@n1", Map.of("a", "of n1", "b", "of n1"));
        try (RedisStatusSink sink =
                RedisStatusSink.of(jedis, RedisStatusOptions.defaults().withHashPerNode())) {
            sink.consult(() -> new LiveNames("n1", Set.of()));
            sink.consult(() -> new LiveNames("n2", Set.of("a")));

            sink.accept(deleted("a", "n1", 7));
            sink.accept(deleted("b", "n1", 8));
            written(sink);

            assertThat(jedis.hgetAll("gateways")).containsOnlyKeys("a");
            assertThat(jedis.exists("gateways@n1")).isFalse();
        }
    }

    @Test
    void whatANodeSaysCountsMoreThanAnEventThatWasMissed() {
        Set<String> live = ConcurrentHashMap.newKeySet();
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, RedisStatusOptions.defaults())) {
            sink.consult(() -> new LiveNames("n1", live));
            sink.accept(state("a", "n1", 1, "first"));
            sink.accept(added("a", "n1", 2, "second"));
            // One of the two deletions is missed.
            sink.accept(deleted("a", "n1", 9));
            written(sink);

            assertThat(jedis.exists("gateways")).isFalse();
        }
    }

    @Test
    void whileANodeCannotSayWhatItRunsItsStatusesStay() {
        jedis.hset("gateways", "a", "perhaps");
        AtomicBoolean answers = new AtomicBoolean();
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, RedisStatusOptions.defaults())) {
            sink.consult(() -> {
                if (!answers.get()) {
                    throw new IllegalStateException("the switch does not answer");
                }
                return new LiveNames("n1", Set.of());
            });

            sink.accept(deleted("a", "n1", 7));
            written(sink);
            assertThat(jedis.hgetAll("gateways")).containsOnlyKeys("a");

            answers.set(true);
            sink.accept(deleted("a", "n1", 8));
            written(sink);
            assertThat(jedis.exists("gateways")).isFalse();
        }
    }

    /** Nobody has heard of the silent node yet: it may run the gateway that another has deleted. */
    @Test
    void whileAnotherNodeIsSilentADeletedGatewayStays() {
        jedis.hset("gateways", "a", "of n2");
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, RedisStatusOptions.defaults())) {
            sink.consult(() -> new LiveNames("n1", Set.of()));
            sink.consult(() -> {
                throw new IllegalStateException("the switch does not answer");
            });

            sink.accept(deleted("a", "n1", 7));
            written(sink);

            assertThat(jedis.hgetAll("gateways")).containsOnlyKeys("a");
        }
    }

    @Test
    void afterAGapWhatNodesLeftBehindIsRemovedAndNothingElse() {
        jedis.hset(
                "gateways",
                Map.of(
                        "runs", event("runs", "n1"),
                        "gone", event("gone", "n1"),
                        "moved", event("moved", "n1"),
                        "elsewhere", event("elsewhere", "n3"),
                        "no event", "{"));
        jedis.hset("gateways@n1", Map.of("moved", event("moved", "n1"), "runs", event("runs", "n1")));
        try (RedisStatusSink sink =
                RedisStatusSink.of(jedis, RedisStatusOptions.defaults().withHashPerNode())) {
            sink.consult(() -> new LiveNames("n1", Set.of("runs")));
            sink.consult(() -> new LiveNames("n2", Set.of("moved")));

            sink.gap();
            written(sink);

            assertThat(jedis.hgetAll("gateways")).containsOnlyKeys("runs", "moved", "elsewhere", "no event");
            assertThat(jedis.hgetAll("gateways@n1")).containsOnlyKeys("runs");
        }
    }

    @Test
    void afterAGapNothingIsRemovedWhileANodeCannotSayWhatItRuns() {
        jedis.hset("gateways", "gone", event("gone", "n1"));
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, RedisStatusOptions.defaults())) {
            sink.consult(() -> new LiveNames("n1", Set.of()));
            sink.consult(() -> {
                throw new IllegalStateException("the switch does not answer");
            });

            sink.gap();
            written(sink);

            assertThat(jedis.hgetAll("gateways")).containsOnlyKeys("gone");
        }
    }

    @Test
    void leftoversInAKeyOfAnotherTypeHoldUpNoEvent() {
        jedis.set("gateways", "text");
        try (RedisStatusSink sink = RedisStatusSink.of(jedis, RedisStatusOptions.of("gateways", "", "events"))) {
            sink.consult(() -> new LiveNames("n1", Set.of()));
            sink.gap();
            written(sink);
            sink.accept(added("a", "n1", 1, "x"));
            written(sink);
        }
        assertThat(jedis.lrange("events", 0, -1)).containsExactly("x");
    }

    private static String event(String gateway, String node) {
        return "{\"Event-Subclass\":\"sofia::gateway_add\",\"Core-UUID\":\"" + CORE
                + "\",\"FreeSWITCH-Switchname\":\"" + node
                + "\",\"Event-Date-Timestamp\":\"1649344991284944\",\"Event-Sequence\":\"7\",\"Gateway\":\""
                + gateway + "\",\"profile-name\":\"external\"}";
    }

    @Test
    void aRefusedCommandIsCountedWithItsReasonAndStopsNoOther() {
        jedis.set("gateways", "text");

        try (RedisStatusSink sink = RedisStatusSink.of(jedis, RedisStatusOptions.of("gateways", "", "events"))) {
            assertThat(sink.firstRefusal()).isEmpty();
            sink.accept(added("a", "n1", 1, "x"));
            written(sink);
            assertThat(sink.refused()).isEqualTo(1);
            assertThat(sink.firstRefusal())
                    .hasValueSatisfying(refusal -> assertThat(refusal).hasMessageContaining("WRONGTYPE"));
            assertThat(sink.written()).as("what Redis took whole").isZero();

            jedis.del("gateways");
            sink.accept(added("b", "n1", 2, "y"));
            written(sink);
            assertThat(sink.refused()).isEqualTo(1);
            assertThat(sink.written()).isEqualTo(1);
        }
        assertThat(jedis.lrange("events", 0, -1)).containsExactly("y", "x");
    }

    /** As the old master of a failover answers, until somebody finds the new one. */
    @Test
    void eventsWaitWhileRedisOnlyReads() {
        try (RedisServerUnderTest own = RedisServerUnderTest.startProcess();
                Jedis admin = new Jedis(own.host(), own.port());
                UnifiedJedis client = own.client();
                RedisStatusSink sink = RedisStatusSink.of(client, RedisStatusOptions.defaults())) {
            admin.replicaof(own.host(), 1);
            sink.accept(state("a", "n1", 1, "while it was a replica"));
            assertThat(sink.flush(Duration.ofMillis(300))).isFalse();

            admin.replicaofNoOne();

            written(sink);
            assertThat(client.hget("gateways", "a")).isEqualTo("while it was a replica");
            assertThat(sink.refused()).isZero();
        }
    }

    @Test
    void eventsWaitWhileRedisIsAway() {
        RedisServerUnderTest first = RedisServerUnderTest.startProcess();
        try (RedisStatusSink sink =
                RedisStatusSink.open(first.uri() + "?timeout-ms=500", RedisStatusOptions.defaults())) {
            sink.accept(state("a", "n1", 1, "before"));
            written(sink);
            first.close();
            sink.accept(state("a", "n1", 2, "while it was away"));
            assertThat(sink.flush(Duration.ofMillis(300))).isFalse();

            try (RedisServerUnderTest second = RedisServerUnderTest.startProcessAt(first.port());
                    UnifiedJedis client = second.client()) {
                written(sink);
                assertThat(client.hget("gateways", "a")).isEqualTo("while it was away");
            }
        }
    }

    private static void written(RedisStatusSink sink) {
        assertThat(sink.flush(Duration.ofSeconds(20))).isTrue();
    }

    private static EventOrigin origin(String node, long sequence) {
        return new EventOrigin(node, CORE, sequence, Instant.ofEpochSecond(1_649_344_769L + sequence));
    }

    private static GatewayEvent added(String gateway, String node, long sequence, String json) {
        return new GatewayEvent.Added(gateway, "external", origin(node, sequence), json);
    }

    private static GatewayEvent deleted(String gateway, String node, long sequence) {
        return new GatewayEvent.Deleted(gateway, "external", origin(node, sequence), "deleted");
    }

    private static GatewayEvent state(String gateway, String node, long sequence, String json) {
        return new GatewayEvent.StateChanged(
                gateway, RegistrationState.REGED, PingStatus.UP, null, null, origin(node, sequence), json);
    }
}
