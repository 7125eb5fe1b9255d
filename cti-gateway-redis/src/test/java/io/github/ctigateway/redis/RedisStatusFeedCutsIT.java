package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.StatusTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/** A status that is followed over a channel alone, whose connection is cut again and again while gateways come, change and go. */
class RedisStatusFeedCutsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int CUTS = 500;

    /** So many connections are cut at once, that the test need not wait 500 times for one to be there again. */
    private static final int FEEDS = 20;

    private static final List<String> STATES = List.of("REGED", "TRYING", "FAILED", "FAIL_WAIT", "EXPIRED");

    private final Random random = new Random(6_500);
    private int sequence = 1_000;

    @Test
    void everyViewEqualsTheHashAfter500ConnectionsWereCut() {
        List<StatusTracker> views = new ArrayList<>();
        List<RedisStatusFeed> feeds = new ArrayList<>();
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                UnifiedJedis writer = server.client()) {
            try {
                for (int i = 0; i < FEEDS; i++) {
                    StatusTracker view = StatusTracker.create();
                    views.add(view);
                    RedisStatusFeed feed =
                            RedisStatusFeed.open(server.uri(), RedisStatusOptions.of("gateways", "events", ""));
                    feeds.add(feed);
                    feed.follow(into(view));
                }
                long cut = 0;
                while (cut < CUTS) {
                    for (int i = 0; i < 200; i++) {
                        change(writer, "t" + random.nextInt(20));
                        if (i == 150) {
                            cut += cut(writer);
                        }
                    }
                }
                // What went while nobody listened is seen only by whoever reads the hash again.
                writer.hkeys("gateways").stream().limit(5).forEach(name -> delete(writer, name));

                await().atMost(DEADLINE)
                        .untilAsserted(() -> assertThat(views)
                                .extracting(RedisStatusFeedCutsIT::states)
                                .containsOnly(states(writer)));
            } finally {
                feeds.forEach(RedisStatusFeed::close);
            }
        }
    }

    private static RedisStatusFeed.Listener into(StatusTracker view) {
        return new RedisStatusFeed.Listener() {
            @Override
            public void onEvent(GatewayEvent event) {
                view.accept(event);
            }

            @Override
            public void onGone(String gateway) {
                view.gone(gateway);
            }
        };
    }

    private void change(UnifiedJedis writer, String name) {
        if (random.nextInt(4) == 0) {
            delete(writer, name);
            return;
        }
        String event = event(name)
                .replace("\"State\": \"REGED\"", "\"State\": \"" + STATES.get(random.nextInt(STATES.size())) + "\"");
        writer.hset("gateways", name, event);
        writer.publish("events", event);
    }

    private void delete(UnifiedJedis writer, String name) {
        writer.hdel("gateways", name);
        writer.publish("events", event(name).replace("sofia::gateway_state", "sofia::gateway_delete"));
    }

    private String event(String name) {
        sequence++;
        return Samples.stateEvent()
                .replace("\"Gateway\": \"default\"", "\"Gateway\": \"" + name + "\"")
                .replace("\"680\"", "\"" + sequence + "\"");
    }

    private static long cut(UnifiedJedis saboteur) {
        CommandArguments kill = new CommandArguments(Command.CLIENT);
        Stream.of("KILL", "TYPE", "pubsub").forEach(kill::add);
        return (Long) saboteur.executeCommand(kill);
    }

    private static Map<String, String> states(StatusTracker view) {
        return view.statuses().stream()
                .collect(Collectors.toMap(
                        GatewayStatus::gateway, status -> status.state().name(), (a, b) -> a, TreeMap::new));
    }

    private static Map<String, String> states(UnifiedJedis redis) {
        return redis.hgetAll("gateways").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> state(entry.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static String state(String event) {
        String before = "\"State\": \"";
        int start = event.indexOf(before) + before.length();
        return event.substring(start, event.indexOf('"', start));
    }
}
