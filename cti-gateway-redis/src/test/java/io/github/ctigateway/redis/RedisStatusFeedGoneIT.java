package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.status.GatewayEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/** What a feed makes of gateways that the hash does not hold any more when it is read again. */
class RedisStatusFeedGoneIT {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final RedisStatusOptions OPTIONS = RedisStatusOptions.of("gateways", "events", "");

    private static RedisServerUnderTest server;
    private static UnifiedJedis jedis;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> gone = new CopyOnWriteArrayList<>();

    private final RedisStatusFeed.Listener listener = new RedisStatusFeed.Listener() {
        @Override
        public void onEvent(GatewayEvent event) {
            heard.add(event.gateway());
        }

        @Override
        public void onGone(String gateway) {
            gone.add(gateway);
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
    void aGatewayThatLeftTheHashIsTold() {
        write("stays", "goes", "breaks");
        try (RedisStatusFeed feed = RedisStatusFeed.open(server.uri(), OPTIONS)) {
            feed.follow(listener);
            await().atMost(DEADLINE).until(() -> heard.size() == 3);
            // Nobody publishes either.
            jedis.hdel("gateways", "goes");
            jedis.hset("gateways", "breaks", "{");

            cutAndAwaitTheNextRead("after");

            assertThat(gone).containsExactly("goes");
        }
    }

    /** After a failover that lost the hash, every gateway was once told as gone. */
    @Test
    void anEmptyHashTellsOfNoGatewayThatItIsGone() {
        write("stays", "goes");
        try (RedisStatusFeed feed = RedisStatusFeed.open(server.uri(), OPTIONS)) {
            feed.follow(listener);
            await().atMost(DEADLINE).until(() -> heard.size() == 2);
            jedis.del("gateways");

            cutAndAwaitTheNextRead("first");
            assertThat(gone).isEmpty();

            write("stays", "first");
            cutAndAwaitTheNextRead("second");
            assertThat(gone).containsExactly("goes");
        }
    }

    /** A writer that knows the channel alone leaves no hash at all. */
    @Test
    void aHashThatWasNeverWrittenTellsOfNoGatewayThatItIsGone() {
        try (RedisStatusFeed feed = RedisStatusFeed.open(server.uri(), OPTIONS)) {
            feed.follow(listener);
            publishUntilHeard("only-published");

            cutAndAwaitTheNextRead("after");

            assertThat(gone).isEmpty();
        }
    }

    private static void write(String... names) {
        for (String name : names) {
            jedis.hset("gateways", name, event(name));
        }
    }

    private void cutAndAwaitTheNextRead(String marker) {
        CommandArguments kill = new CommandArguments(Command.CLIENT);
        List.of("KILL", "TYPE", "pubsub").forEach(kill::add);
        assertThat(jedis.executeCommand(kill)).isEqualTo(1L);
        publishUntilHeard(marker);
    }

    /** The thread that reads the hash hears of nothing before it is done with that. */
    private void publishUntilHeard(String marker) {
        await().atMost(DEADLINE).until(() -> jedis.publish("events", event(marker)) == 1);
        await().atMost(DEADLINE).until(() -> heard.contains(marker));
    }

    private static String event(String gateway) {
        return Samples.stateEvent().replace("\"Gateway\": \"default\"", "\"Gateway\": \"" + gateway + "\"");
    }
}
