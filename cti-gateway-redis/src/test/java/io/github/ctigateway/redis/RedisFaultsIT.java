package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreUnavailableException;
import io.github.ctigateway.store.StoredGateway;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** What goes wrong with a single server. */
class RedisFaultsIT {
    private static final String HASH = "cti_gateway@example.com";
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int CUTS = 500;

    @Test
    void aServerThatHangsEndsAtTheDeadlineAndIsUsableAgain() {
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                RedisGatewayStore store = RedisGatewayStore.open(server.uri() + "?timeout-ms=300", "example.com")) {
            StoredGateway first = store.save(Samples.trunk("a"));
            server.freeze();
            try {
                assertThatThrownBy(store::snapshot)
                        .isInstanceOfSatisfying(
                                StoreUnavailableException.class,
                                e -> assertThat(e.isRetryable()).isTrue());
                assertThatThrownBy(() -> store.saveIfUnchanged(changed("a", "later.example"), first.revision()))
                        .isInstanceOf(StoreUnavailableException.class);
            } finally {
                server.thaw();
            }
            await().atMost(DEADLINE)
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .until(() -> store.find("a").isPresent());
        }
    }

    /** A save that failed may have been made all the same; whoever reads again knows. */
    @Test
    void everySaveIsThereOrReportedWhenTheServerIsKilled() {
        RedisServerUnderTest server =
                RedisServerUnderTest.startProcess("--appendonly", "yes", "--appendfsync", "always");
        Set<String> confirmed = new TreeSet<>();
        Set<String> failed = new TreeSet<>();
        try (RedisGatewayStore store = RedisGatewayStore.open(server.uri() + "?timeout-ms=300", "example.com")) {
            Thread killer = new Thread(() -> {
                await().atMost(DEADLINE).until(() -> confirmed(confirmed) >= 50);
                server.kill();
            });
            killer.start();
            for (int i = 0; failed.size() < 3; i++) {
                String name = "t" + i;
                try {
                    store.save(Samples.trunk(name));
                    synchronized (confirmed) {
                        confirmed.add(name);
                    }
                } catch (StoreUnavailableException e) {
                    failed.add(name);
                }
            }
            server.startAgain();

            Set<String> there = await().atMost(DEADLINE)
                    .ignoreExceptionsInstanceOf(StoreException.class)
                    .until(() -> store.snapshot().gateways().keySet(), names -> !names.isEmpty());
            assertThat(there).containsAll(confirmed);
            there.forEach(name -> assertThat(confirmed.contains(name) || failed.contains(name))
                    .isTrue());
        } finally {
            server.close();
        }
    }

    private static int confirmed(Set<String> names) {
        synchronized (names) {
            return names.size();
        }
    }

    @Test
    void aWatchMissesNothingWhileItsConnectionsAreCutAgainAndAgain() {
        Random random = new Random(6);
        Map<String, String> view = new ConcurrentHashMap<>();
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                UnifiedJedis saboteur = server.client();
                RedisGatewayStore watched = RedisGatewayStore.open(server.uri(), "example.com");
                GatewayStore.Watch watch = watched.watch(name -> lookAgain(watched, view, name))) {
            assertThat(watch).isNotNull();
            for (int i = 0; i < CUTS; i++) {
                cut(saboteur, random.nextBoolean() ? "pubsub" : "normal");
                String name = "t" + random.nextInt(50);
                if (random.nextInt(7) == 0) {
                    saboteur.hdel(HASH, name);
                } else {
                    saboteur.hset(
                            HASH,
                            name,
                            GatewayJson.encode(Samples.trunk(name).toBuilder()
                                    .set("ping", "" + i)
                                    .build()));
                }
            }
            saboteur.hset(HASH, "last", Samples.mytrunk());

            await().atMost(DEADLINE).untilAsserted(() -> assertThat(view).isEqualTo(pings(saboteur.hgetAll(HASH))));
            await().atMost(DEADLINE)
                    .ignoreExceptionsInstanceOf(StoreException.class)
                    .untilAsserted(() ->
                            assertThat(watched.snapshot().gateways().keySet()).isEqualTo(saboteur.hkeys(HASH)));
        }
    }

    /** As any user of a watch would: keep a view by reading what was told, again while Redis does not answer. */
    private static void lookAgain(RedisGatewayStore store, Map<String, String> view, String name) {
        String ping = await().atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                .until(() -> store.find(name).map(RedisFaultsIT::ping).orElse("gone"), text -> true);
        if (ping.equals("gone")) {
            view.remove(name);
        } else {
            view.put(name, ping);
        }
    }

    private static Map<String, String> pings(Map<String, String> hash) {
        Map<String, String> pings = new HashMap<>();
        hash.forEach((name, value) ->
                pings.put(name, Samples.read(value).text("ping").orElse("none")));
        return pings;
    }

    private static String ping(StoredGateway stored) {
        return stored.gateway().text("ping").orElse("none");
    }

    /** Events of the list come too, at least once each, since what is worked on stands in a second list. */
    @Test
    void aFeedsViewEqualsTheHashAfterItsConnectionsWereCutAtRandom() {
        RedisStatusOptions options = RedisStatusOptions.of("gateways", "events", "queue");
        Map<String, String> view = new ConcurrentHashMap<>();
        Set<String> heard = ConcurrentHashMap.newKeySet();
        Set<String> pushed = new TreeSet<>();
        Random random = new Random(20_261_123);
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                UnifiedJedis saboteur = server.client();
                RedisStatusFeed feed = RedisStatusFeed.open(server.uri(), options)) {
            feed.follow(event -> {
                view.merge(event.gateway(), event.json(), RedisFaultsIT::newer);
                heard.add(event.json());
            });
            int cuts = 0;
            for (int i = 0; cuts < CUTS; i++) {
                String name = "t" + random.nextInt(20);
                String event = Samples.stateEvent()
                        .replace("\"Gateway\": \"default\"", "\"Gateway\": \"" + name + "\"")
                        .replace("\"680\"", "\"" + (1_000 + i) + "\"");
                if (random.nextInt(3) != 0) {
                    cut(saboteur, random.nextBoolean() ? "pubsub" : "normal");
                    cuts++;
                }
                saboteur.hset("gateways", name, event);
                saboteur.publish("events", event);
                if (random.nextInt(5) == 0) {
                    saboteur.lpush("queue", event);
                    pushed.add(event);
                }
            }

            await().atMost(DEADLINE).untilAsserted(() -> assertThat(view).isEqualTo(saboteur.hgetAll("gateways")));
            await().atMost(DEADLINE).untilAsserted(() -> assertThat(heard).containsAll(pushed));
            await().atMost(DEADLINE).until(() -> saboteur.llen("queue") + saboteur.llen("{queue}:processing") == 0);
        }
    }

    private static String newer(String one, String other) {
        return sequence(one) > sequence(other) ? one : other;
    }

    private static int sequence(String event) {
        String name = "\"Event-Sequence\": \"";
        int start = event.indexOf(name) + name.length();
        return Integer.parseInt(event.substring(start, event.indexOf('"', start)));
    }

    private static void cut(UnifiedJedis saboteur, String kind) {
        CommandArguments kill = new CommandArguments(Command.CLIENT);
        List.of("KILL", "TYPE", kind, "SKIPME", "yes").forEach(kill::add);
        saboteur.executeCommand(kill);
    }

    @Test
    void aServerThatWantsAPasswordIsNotAnEmptyStore() {
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess("--requirepass", "secretpw")) {
            try (RedisGatewayStore without = RedisGatewayStore.open(server.uri(), "example.com")) {
                assertThatThrownBy(without::snapshot)
                        .isInstanceOf(StoreRefusedException.class)
                        .hasMessageContaining("NOAUTH");
                assertThatThrownBy(() -> without.saveAll(List.of(Samples.trunk("a"))))
                        .isInstanceOf(StoreRefusedException.class)
                        .hasMessageContaining("NOAUTH");
            }
            try (RedisGatewayStore with =
                    RedisGatewayStore.open("redis://:secretpw@" + server.host() + ":" + server.port(), "example.com")) {
                with.save(Samples.trunk("a"));
                assertThat(with.snapshot().gateways()).containsOnlyKeys("a");
            }
        }
    }

    @Test
    void aUserWithoutTheRightIsRefusedAndOneWithoutTheChannelMaySave() {
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                UnifiedJedis admin = server.client()) {
            acl(admin, "reader", ">pw", "~*", "+hgetall", "+hlen", "+hello", "+client");
            acl(admin, "mute", ">pw", "~*", "+@all", "resetchannels");
            String host = server.host() + ":" + server.port();
            try (RedisGatewayStore reader = RedisGatewayStore.open("redis://reader:pw@" + host, "example.com");
                    RedisGatewayStore mute = RedisGatewayStore.open("redis://mute:pw@" + host, "example.com")) {
                mute.save(Samples.trunk("a"));

                assertThat(reader.snapshot().gateways()).containsOnlyKeys("a");
                assertThatThrownBy(() -> reader.delete("a"))
                        .isInstanceOf(StoreRefusedException.class)
                        .hasMessageContaining("NOPERM");
            }
        }
    }

    private static void acl(UnifiedJedis admin, String user, String... rules) {
        CommandArguments set =
                new CommandArguments(Command.ACL).add("SETUSER").add(user).add("on");
        List.of(rules).forEach(set::add);
        admin.executeCommand(set);
    }

    @Test
    void aFullServerRefusesAndLosesNothing() {
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                RedisClient admin = server.client();
                RedisGatewayStore store = RedisGatewayStore.open(server.uri(), "example.com")) {
            StoredGateway before = store.save(Samples.trunk("a"));
            admin.configSet("maxmemory", "1");

            assertThatThrownBy(() -> store.save(changed("a", "r.example")))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("OOM");
            assertThatThrownBy(() -> store.saveAll(List.of(changed("a", "r.example"), Samples.trunk("b"))))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("OOM");
            assertThat(store.find("a")).contains(before);
            assertThat(store.find("b")).isEmpty();
            assertThat(store.delete("a")).isTrue();
        }
    }

    @Test
    void aReplicaPassesByItself() {
        try (RedisServerUnderTest master = RedisServerUnderTest.startProcess();
                RedisServerUnderTest replica =
                        RedisServerUnderTest.startProcess("--replicaof", "127.0.0.1", "" + master.port());
                RedisGatewayStore store = RedisGatewayStore.open(replica.uri(), "example.com")) {
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThatThrownBy(() -> store.save(Samples.trunk("a")))
                            .isInstanceOf(StoreUnavailableException.class)
                            .hasMessageContaining("READONLY"));
            assertThatThrownBy(() -> store.saveAll(List.of(Samples.trunk("a"), Samples.trunk("b"))))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("READONLY");
        }
    }

    private static Gateway changed(String name, String realm) {
        return Samples.trunk(name).toBuilder().set("realm", realm).build();
    }
}
