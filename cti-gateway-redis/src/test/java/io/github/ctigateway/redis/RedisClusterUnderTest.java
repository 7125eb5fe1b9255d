package io.github.ctigateway.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A cluster of three masters, each with a replica where a test wants to lose one of them. */
final class RedisClusterUnderTest implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final List<RedisServerUnderTest> masters = new ArrayList<>();
    private final List<RedisServerUnderTest> replicas = new ArrayList<>();

    private RedisClusterUnderTest() {}

    static RedisClusterUnderTest start() {
        return start(false);
    }

    static RedisClusterUnderTest startWithReplicas() {
        return start(true);
    }

    private static RedisClusterUnderTest start(boolean withReplicas) {
        RedisClusterUnderTest cluster = new RedisClusterUnderTest();
        try {
            for (int i = 0; i < MASTERS; i++) {
                cluster.masters.add(node());
                if (withReplicas) {
                    cluster.replicas.add(node());
                }
            }
            cluster.join();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static RedisServerUnderTest node() {
        return RedisServerUnderTest.startProcess("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
    }

    private void join() {
        for (int i = 0; i < MASTERS; i++) {
            try (Jedis node = connect(masters.get(i))) {
                node.clusterAddSlots(
                        IntStream.range(firstSlot(i), firstSlot(i + 1)).toArray());
            }
        }
        for (RedisServerUnderTest server : nodes()) {
            try (Jedis node = connect(server)) {
                node.clusterMeet(masters.get(0).host(), masters.get(0).port());
            }
        }
        for (RedisServerUnderTest server : nodes()) {
            try (Jedis node = connect(server)) {
                await().atMost(DEADLINE)
                        .until(() -> node.clusterInfo().contains("cluster_state:ok")
                                && node.clusterInfo().contains("cluster_known_nodes:" + nodes().size()));
            }
        }
        for (int i = 0; i < replicas.size(); i++) {
            try (Jedis master = connect(masters.get(i));
                    Jedis replica = connect(replicas.get(i))) {
                String id = master.clusterMyId();
                replica.clusterReplicate(id);
                await().atMost(DEADLINE).until(() -> replica.info("replication").contains("master_link_status:up"));
            }
        }
    }

    private static int firstSlot(int master) {
        return Protocol.CLUSTER_HASHSLOTS * master / MASTERS;
    }

    private static Jedis connect(RedisServerUnderTest server) {
        return new Jedis(server.host(), server.port());
    }

    private List<RedisServerUnderTest> nodes() {
        List<RedisServerUnderTest> all = new ArrayList<>(masters);
        all.addAll(replicas);
        return all;
    }

    List<RedisServerUnderTest> masters() {
        return masters;
    }

    /** The master that had this key when the cluster was made. */
    RedisServerUnderTest masterOf(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        return IntStream.range(0, MASTERS)
                .filter(i -> slot >= firstSlot(i) && slot < firstSlot(i + 1))
                .mapToObj(masters::get)
                .findFirst()
                .orElseThrow();
    }

    String uri() {
        return masters.stream()
                .map(node -> node.host() + ":" + node.port())
                .collect(Collectors.joining(",", "redis+cluster://", "?timeout-ms=500"));
    }

    @Override
    public void close() {
        nodes().forEach(RedisServerUnderTest::close);
    }
}
