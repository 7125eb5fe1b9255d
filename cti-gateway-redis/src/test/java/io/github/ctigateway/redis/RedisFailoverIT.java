package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.RevisionConflictException;
import io.github.ctigateway.store.StoreException;
import io.github.ctigateway.store.StoreUnavailableException;
import io.github.ctigateway.store.StoredGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;

/** Masters that die or hang in the middle of saves. */
class RedisFailoverIT {
    private static final String HASH = "cti_gateway@example.com";
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration FROZEN = Duration.ofSeconds(10);

    /** So many confirmed saves may be on their way to the replica, some milliseconds' worth. */
    private static final int MOST_TAKEN_BACK = 100;

    /** What a save that was confirmed came to, and what one that was not. */
    private static final class Journal {
        final List<String> confirmed = new ArrayList<>();
        final Set<String> unknown = new HashSet<>();
        final AtomicInteger done = new AtomicInteger();
        int firstAfterTrouble;

        /** Saves one gateway after the other until so many were confirmed since the trouble began. */
        void saveThrough(RedisGatewayStore store, Runnable trouble, int before, int after) {
            saveThrough(name -> store.save(Samples.trunk(name)), trouble, before, after);
        }

        void saveThrough(Consumer<String> save, Runnable trouble, int before, int after) {
            Thread troublemaker = new Thread(() -> {
                await().atMost(DEADLINE).until(() -> done.get() >= before);
                trouble.run();
            });
            troublemaker.start();
            int since = 0;
            for (int i = 0; since < after; i++) {
                String name = String.format("t%06d", i);
                try {
                    save.accept(name);
                    confirmed.add(name);
                    done.incrementAndGet();
                    since = unknown.isEmpty() ? 0 : since + 1;
                } catch (StoreException e) {
                    assertThat(e.isRetryable()).as(e.toString()).isTrue();
                    unknown.add(name);
                    // A save between two failures may still have gone to the old master.
                    since = 0;
                    firstAfterTrouble = confirmed.size();
                }
            }
        }

        /** What was confirmed is there, but for the very last before the trouble; whoever reads again knows what became of the others. */
        void holds(RedisGatewayStore store) {
            Set<String> there = store.snapshot().gateways().keySet();
            List<String> before = confirmed.subList(0, firstAfterTrouble);
            int kept = 0;
            while (kept < before.size() && there.contains(before.get(kept))) {
                kept++;
            }
            assertThat(before.subList(kept, before.size()))
                    .hasSizeLessThan(MOST_TAKEN_BACK)
                    .doesNotContainAnyElementsOf(there);
            assertThat(there).containsAll(confirmed.subList(firstAfterTrouble, confirmed.size()));
            for (String name : unknown) {
                assertThat(store.find(name).isPresent()).isEqualTo(there.contains(name));
            }
        }
    }

    /**
     * Redis confirms before its replicas have it, so that a failover can take back the last saves before it; none in between, and none
     * after.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMasterKilledInTheMiddleOfSavesTakesAtMostTheLastOnesWithIt(boolean many) {
        try (Group group = new Group();
                RedisGatewayStore store = RedisGatewayStore.open(group.uri(), "example.com")) {
            Journal journal = new Journal();
            journal.saveThrough(saving(store, many), group.master::kill, 300, 200);

            journal.holds(store);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMasterOfAClusterKilledInTheMiddleOfSavesTakesAtMostTheLastOnesWithIt(boolean many) {
        Set<String> told = ConcurrentHashMap.newKeySet();
        try (RedisClusterUnderTest cluster = RedisClusterUnderTest.startWithReplicas();
                RedisGatewayStore store = RedisGatewayStore.open(cluster.uri(), "example.com");
                GatewayStore.Watch watch = store.watch(told::add)) {
            assertThat(watch).isNotNull();
            Journal journal = new Journal();
            journal.saveThrough(saving(store, many), cluster.masterOf(HASH)::kill, 300, 200);

            journal.holds(store);
            String last = journal.confirmed.get(journal.confirmed.size() - 1);
            await().atMost(DEADLINE).until(() -> told.contains(last));
        }
    }

    @Test
    void aMasterOfAClusterKilledWhileStatusesAreWrittenTakesNoneWithIt() {
        try (RedisClusterUnderTest cluster = RedisClusterUnderTest.startWithReplicas();
                UnifiedJedis jedis = RedisClusterClient.create(cluster.masters().stream()
                        .map(node -> new HostAndPort(node.host(), node.port()))
                        .collect(Collectors.toSet()));
                RedisStatusSink sink = RedisStatusSink.of(jedis, RedisStatusOptions.of("gateways", "", ""))) {
            for (int i = 0; i < 300; i++) {
                if (i == 100) {
                    assertThat(sink.flush(DEADLINE)).isTrue();
                    cluster.masterOf("gateways").kill();
                }
                sink.accept(new GatewayEvent.Added(
                        "t" + i, "external", new EventOrigin("ai", "core", i, Instant.EPOCH), "{}"));
            }

            await().atMost(DEADLINE).until(() -> sink.flush(Duration.ofSeconds(1)));
            assertThat(sink.refused()).isZero();
            assertThat(jedis.hkeys("gateways"))
                    .containsAll(
                            IntStream.range(100, 300).mapToObj(i -> "t" + i).toList());
        }
    }

    private static Consumer<String> saving(RedisGatewayStore store, boolean many) {
        return many
                ? name -> assertThat(store.saveAll(List.of(Samples.trunk(name), Samples.trunk("other-" + name))))
                        .allMatch(outcome -> outcome instanceof SaveOutcome.Saved)
                : name -> store.save(Samples.trunk(name));
    }

    @Test
    void aMasterFrozenForTenSecondsIsReplacedAndWhatItStillHasInHandCountsForNothing() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        try (Group group = new Group();
                RedisGatewayStore store = RedisGatewayStore.open(group.uri(), "example.com");
                GatewayStore.Watch watch = store.watch(told::add)) {
            assertThat(watch).isNotNull();
            Journal journal = new Journal();
            journal.saveThrough(store, group.master::freeze, 100, 50);
            await().pollDelay(FROZEN).atMost(FROZEN.multipliedBy(2)).until(() -> true);
            group.master.thaw();

            try (UnifiedJedis old = group.master.client()) {
                await().atMost(DEADLINE)
                        .ignoreExceptions()
                        .until(() -> old.info("replication").contains("master_link_status:up"));
                store.save(Samples.trunk("last"));
                Set<String> there = store.snapshot().gateways().keySet();
                await().atMost(DEADLINE)
                        .untilAsserted(() -> assertThat(old.hkeys(HASH)).isEqualTo(there));
                assertThat(there)
                        .containsAll(
                                journal.confirmed.subList(journal.confirmed.size() - 50, journal.confirmed.size()));
                await().atMost(DEADLINE).until(() -> told.contains("last"));
            }
        }
    }

    /** What a frozen server finds in its sockets when it goes on is compared like everything else. */
    @Test
    void aSaveThatArrivesLateOverwritesNothingNewer() {
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                RedisGatewayStore hasty = RedisGatewayStore.open(server.uri() + "?timeout-ms=500", "example.com");
                RedisGatewayStore patient = RedisGatewayStore.open(server.uri() + "?timeout-ms=60000", "example.com")) {
            StoredGateway first = hasty.save(Samples.trunk("a"));
            server.freeze();
            Thread thawing = new Thread(() -> {
                await().pollDelay(FROZEN).atMost(FROZEN.multipliedBy(2)).until(() -> true);
                server.thaw();
            });
            thawing.start();
            List<String> unknown = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String realm = "late" + i;
                try {
                    hasty.saveIfUnchanged(realm(realm), first.revision());
                } catch (StoreUnavailableException e) {
                    unknown.add(realm);
                }
            }
            assertThat(unknown).hasSize(5);

            StoredGateway newest = increased(patient);

            await().during(Duration.ofSeconds(2))
                    .atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(patient.find("a")).contains(newest));
        }
    }

    private static StoredGateway increased(RedisGatewayStore store) {
        while (true) {
            StoredGateway seen = store.find("a").orElseThrow();
            try {
                return store.saveIfUnchanged(realm("newest"), seen.revision());
            } catch (RevisionConflictException e) {
                assertThat(e.present()).isPresent();
            }
        }
    }

    private static Gateway realm(String realm) {
        return Samples.trunk("a").toBuilder().set("realm", realm).build();
    }

    /** A master, its replica, and a sentinel that needs nobody's consent. */
    private static final class Group implements AutoCloseable {
        final RedisServerUnderTest master = RedisServerUnderTest.startProcess();
        final RedisServerUnderTest replica =
                RedisServerUnderTest.startProcess("--replicaof", "127.0.0.1", "" + master.port());
        final RedisServerUnderTest sentinel = RedisServerUnderTest.startSentinel(master);

        Group() {
            try (UnifiedJedis onReplica = replica.client();
                    Jedis asked = new Jedis(sentinel.host(), sentinel.port())) {
                await().atMost(DEADLINE)
                        .until(() -> onReplica.info("replication").contains("master_link_status:up"));
                await().atMost(DEADLINE)
                        .until(() -> !asked.sentinelReplicas("mymaster").isEmpty());
            }
        }

        String uri() {
            return "redis+sentinel://" + sentinel.host() + ":" + sentinel.port() + "/mymaster?timeout-ms=500";
        }

        @Override
        public void close() {
            master.thaw();
            sentinel.close();
            replica.close();
            master.close();
        }
    }
}
