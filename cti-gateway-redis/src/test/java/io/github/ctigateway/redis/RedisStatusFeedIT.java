package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.SipReason;
import io.github.ctigateway.store.StoreRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

class RedisStatusFeedIT {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final RedisStatusOptions ALL = RedisStatusOptions.of("gateways", "events", "queue");

    private static RedisServerUnderTest server;
    private static UnifiedJedis jedis;

    private final List<GatewayEvent> heard = new CopyOnWriteArrayList<>();
    private final List<MalformedStatus> malformed = new CopyOnWriteArrayList<>();

    private final RedisStatusFeed.Listener listener = new RedisStatusFeed.Listener() {
        @Override
        public void onEvent(GatewayEvent event) {
            heard.add(event);
        }

        @Override
        public void onMalformed(MalformedStatus bad) {
            malformed.add(bad);
        }
    };

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
    void readsThePagesEvents() {
        jedis.hset("gateways", "default", Samples.stateEvent());
        jedis.hset("gateways", "other", Samples.addEvent());

        try (RedisStatusFeed feed = RedisStatusFeed.of(jedis, RedisStatusOptions.defaults())) {
            RedisStatusFeed.Snapshot snapshot = feed.snapshot();

            assertThat(snapshot.malformed()).isEmpty();
            assertThat(snapshot.events())
                    .containsExactlyInAnyOrder(
                            new GatewayEvent.StateChanged(
                                    "default",
                                    RegistrationState.REGED,
                                    PingStatus.UP,
                                    "49.235.127.246:39468",
                                    null,
                                    origin(680, 1_649_344_991_284_944L),
                                    Samples.stateEvent()),
                            new GatewayEvent.Added(
                                    "default", "external", origin(92, 1_649_344_769_167_507L), Samples.addEvent()));
        }
    }

    @Test
    void readsTheReasonOfAFailure() {
        jedis.hset("gateways", "a", failure("a", 1));

        try (RedisStatusFeed feed = RedisStatusFeed.of(jedis, RedisStatusOptions.defaults())) {
            assertThat(feed.snapshot().events())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            GatewayEvent.StateChanged.class,
                            event -> assertThat(event.reason()).contains(new SipReason(403, "Forbidden")));
        }
    }

    @Test
    void garbageIsReportedAndHidesNothing() {
        jedis.hset("gateways", "good", Samples.stateEvent());
        List<String> garbage = List.of(
                "",
                "{",
                "[]",
                "7",
                "{}",
                "{\"Event-Subclass\":\"sofia::gateway_add\"}",
                failure("x", 1).replace("\"1\"", "\"one\""),
                failure("x", 1).replace("\"x\"", "null"),
                failure("x", 1) + "}",
                failure("x", 1) + failure("y", 2));
        for (int i = 0; i < garbage.size(); i++) {
            jedis.hset("gateways", "bad" + i, garbage.get(i));
        }
        jedis.hset("gateways", "another event", "{\"Event-Subclass\":\"sofia::register\"}");

        try (RedisStatusFeed feed = RedisStatusFeed.of(jedis, RedisStatusOptions.defaults())) {
            RedisStatusFeed.Snapshot snapshot = feed.snapshot();

            assertThat(snapshot.events()).hasSize(1);
            assertThat(snapshot.malformed()).hasSize(garbage.size());
            assertThat(feed.malformed()).isEqualTo(garbage.size());
        }
    }

    @Test
    void tellsWhatTheSinkWritesOnEveryWay() {
        jedis.hset("gateways", "before", failure("before", 1));
        try (RedisStatusFeed feed = RedisStatusFeed.open(server.uri(), ALL);
                RedisStatusSink sink = RedisStatusSink.open(server.uri(), ALL)) {
            feed.follow(listener);
            await().atMost(DEADLINE).until(() -> names().contains("before"));

            sink.accept(state("later", 2));

            // Once from the channel, once from the list.
            await().atMost(DEADLINE)
                    .until(() -> names().stream().filter("later"::equals).count() == 2);
            assertThat(heard)
                    .filteredOn(event -> event.gateway().equals("later"))
                    .extracting(GatewayEvent::json)
                    .containsOnly(failure("later", 2));
            await().atMost(DEADLINE).until(() -> jedis.keys("*queue*").isEmpty());
            assertThatThrownBy(() -> feed.follow(listener)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A closed feed's thread once took the next entry, which the feed after it then did not hear of. */
    @Test
    void takesNothingOnceItIsClosed() {
        try (RedisStatusFeed feed = RedisStatusFeed.of(jedis, RedisStatusOptions.of("", "", "queue"))) {
            feed.follow(listener);
            await().atMost(DEADLINE).until(() -> jedis.info("clients").contains("blocked_clients:1"));
        }

        jedis.lpush("queue", failure("later", 1));

        assertThat(jedis.lrange("queue", 0, -1)).hasSize(1);
        assertThat(jedis.exists("{queue}:processing")).isFalse();
    }

    @Test
    void whatWasTakenBeforeACrashIsToldAgain() {
        jedis.lpush("{queue}:processing", failure("crashed", 1));
        jedis.lpush("queue", failure("waiting", 2), "garbage", failure("newest", 3));

        try (RedisStatusFeed feed = RedisStatusFeed.of(jedis, RedisStatusOptions.of("", "", "queue"))) {
            feed.follow(listener);

            await().atMost(DEADLINE).until(() -> heard.size() == 3 && malformed.size() == 1);
            assertThat(names()).containsExactly("crashed", "waiting", "newest");
            await().atMost(DEADLINE).until(() -> jedis.keys("*").isEmpty());
        }
    }

    /** What was taken just before the feed was closed was once told to nobody, and gone. */
    @Test
    void whatNobodyWasToldOfWhenTheFeedIsClosedStays() {
        for (int round = 0; round < 30; round++) {
            jedis.flushAll();
            heard.clear();
            for (int i = 0; i < 30; i++) {
                jedis.lpush("queue", failure("g" + i, i + 1));
            }
            int first = round % 20;
            RedisStatusFeed feed = RedisStatusFeed.of(jedis, RedisStatusOptions.of("", "", "queue"));
            feed.follow(listener);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofNanos(1_000))
                    .atMost(DEADLINE)
                    .until(() -> heard.size() > first);
            feed.close();

            List<String> known = new ArrayList<>(names());
            jedis.lrange("queue", 0, -1).forEach(entry -> known.add(nameIn(entry)));
            assertThat(known).hasSize(30).doesNotHaveDuplicates();
            assertThat(jedis.exists("{queue}:processing")).isFalse();
        }
    }

    private static String nameIn(String event) {
        String before = "\"Gateway\":\"";
        int start = event.indexOf(before) + before.length();
        return event.substring(start, event.indexOf('"', start));
    }

    @Test
    void readsTheHashAgainAfterALostConnection() {
        try (RedisServerUnderTest restarted =
                        RedisServerUnderTest.startProcess("--appendonly", "yes", "--appendfsync", "always");
                RedisStatusFeed feed = RedisStatusFeed.open(
                        restarted.uri() + "?timeout-ms=500", RedisStatusOptions.of("gateways", "events", ""))) {
            try (UnifiedJedis client = restarted.client()) {
                client.hset("gateways", "before", failure("before", 8));
                feed.follow(listener);
                await().atMost(DEADLINE).until(() -> names().contains("before"));
                // Written, but never published, as if the message had been lost.
                client.hset("gateways", "missed", failure("missed", 9));
            }
            restarted.kill();
            restarted.startAgain();

            await().atMost(DEADLINE).until(() -> names().contains("missed"));
        }
    }

    @Test
    void aKeyOfAnotherTypeIsRefused() {
        jedis.set("gateways", "text");

        try (RedisStatusFeed feed = RedisStatusFeed.of(jedis, RedisStatusOptions.defaults())) {
            assertThatThrownBy(feed::snapshot).isInstanceOf(StoreRefusedException.class);
        }
    }

    private List<String> names() {
        return heard.stream().map(GatewayEvent::gateway).toList();
    }

    private static EventOrigin origin(long sequence, long micros) {
        return new EventOrigin(
                "ai",
                "651a086c-4d20-4749-96a4-3eb2cb866ec3",
                sequence,
                Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000));
    }

    private static GatewayEvent state(String gateway, long sequence) {
        return new GatewayEvent.StateChanged(
                gateway,
                RegistrationState.FAILED,
                PingStatus.DOWN,
                null,
                null,
                origin(sequence, sequence),
                failure(gateway, sequence));
    }

    private static String failure(String gateway, long sequence) {
        return "{\"Event-Subclass\":\"sofia::gateway_state\",\"Core-UUID\":\"c\",\"FreeSWITCH-Switchname\":\"ai\","
                + "\"Event-Date-Timestamp\":\"1649344991284944\",\"Event-Sequence\":\"" + sequence + "\",\"Gateway\":\""
                + gateway
                + "\",\"State\":\"FAILED\",\"Ping-Status\":\"DOWN\",\"Phrase\":\"Forbidden\",\"Status\":\"403\"}";
    }
}
