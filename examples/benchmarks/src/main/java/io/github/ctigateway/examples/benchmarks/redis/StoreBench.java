package io.github.ctigateway.examples.benchmarks.redis;

import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.GatewayJson;
import io.github.ctigateway.redis.RedisGatewayStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;

/** Saving and reading many gateways. The best of many rounds counts; the two sides take turns. */
final class StoreBench {
    private static final String DOMAIN = "bench.example";
    private static final String HASH = "cti_gateway@" + DOMAIN;
    private static final int COUNT = 10_000;
    private static final int MANY = 100_000;

    private final Promises promises;
    private final RedisClient jedis;
    private final int rounds;

    StoreBench(Promises promises, RedisClient jedis) {
        this.promises = promises;
        this.jedis = jedis;
        this.rounds = promises.quick() ? 15 : 100;
    }

    void measure() {
        List<Gateway> gateways = gateways(COUNT);
        Map<String, String> documents = new LinkedHashMap<>();
        gateways.forEach(gateway -> documents.put(gateway.name(), GatewayJson.encode(gateway)));
        save(gateways, documents);
        snapshot();
        many();
        jedis.flushAll();
    }

    private void save(List<Gateway> gateways, Map<String, String> documents) {
        double bare = Double.MAX_VALUE;
        double ours = Double.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            jedis.del(HASH);
            bare = Math.min(bare, milliseconds(() -> {
                try (AbstractPipeline pipeline = jedis.pipelined()) {
                    documents.forEach((name, document) -> pipeline.hset(HASH, name, document));
                    pipeline.sync();
                }
            }));
            jedis.del(HASH);
            ours = Math.min(ours, milliseconds(() -> {
                RedisGatewayStore store = RedisGatewayStore.of(jedis, DOMAIN);
                store.saveAll(gateways);
            }));
        }
        promises.info("bare_hset_10k_ms", bare);
        promises.info("save_10k_ms", ours);
        promises.atMost("save_to_bare_hset", ours / bare, 1.5);
    }

    private void snapshot() {
        double bare = Double.MAX_VALUE;
        double first = Double.MAX_VALUE;
        double again = Double.MAX_VALUE;
        RedisGatewayStore warm = RedisGatewayStore.of(jedis, DOMAIN);
        warm.snapshot();
        for (int i = 0; i < rounds; i++) {
            bare = Math.min(bare, milliseconds(() -> size(jedis.hgetAll(HASH).size(), COUNT)));
            RedisGatewayStore cold = RedisGatewayStore.of(jedis, DOMAIN);
            first = Math.min(
                    first, milliseconds(() -> size(cold.snapshot().gateways().size(), COUNT)));
            again = Math.min(
                    again, milliseconds(() -> size(warm.snapshot().gateways().size(), COUNT)));
        }
        promises.info("bare_hgetall_10k_ms", bare);
        promises.info("first_snapshot_10k_ms", first);
        promises.info("first_snapshot_to_bare_hgetall", first / bare);
        promises.info("snapshot_10k_ms", again);
        promises.atMost("snapshot_to_bare_hgetall", again / bare, 1.5);
    }

    private void many() {
        RedisGatewayStore store = RedisGatewayStore.of(jedis, DOMAIN);
        List<Gateway> gateways = gateways(MANY);
        promises.info("save_100k_ms", milliseconds(() -> store.saveAll(gateways)));
        promises.info(
                "snapshot_100k_ms",
                milliseconds(() -> size(store.snapshot().gateways().size(), MANY)));
        promises.info(
                "snapshot_again_100k_ms",
                milliseconds(() -> size(store.snapshot().gateways().size(), MANY)));
    }

    private static void size(int found, int expected) {
        if (found != expected) {
            throw new IllegalStateException("found " + found + " gateways, not " + expected);
        }
    }

    private static double milliseconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000.0;
    }

    private static List<Gateway> gateways(int count) {
        return IntStream.range(0, count).mapToObj(StoreBench::gateway).toList();
    }

    private static Gateway gateway(int number) {
        return Gateway.builder("trunk-" + number)
                .set("register", "true")
                .set("caller-id-in-from", "true")
                .set("realm", "180.76." + number / 250 % 250 + "." + (1 + number % 250) + ":35560")
                .set("expire-seconds", "60")
                .set("destination-prefix", "9")
                .set("username", "trunk" + number)
                .set("password", "trunk@ddt" + number)
                .variable("sip_sticky_contact", "true")
                .variable("absolute_codec_string", "PCMA,PCMU")
                .build();
    }
}
