package io.github.ctigateway.examples.benchmarks.redis;

import io.github.ctigateway.examples.benchmarks.Area;
import io.github.ctigateway.examples.benchmarks.Promises;
import redis.clients.jedis.RedisClient;

/** The store and the sink beside bare Jedis, all against one redis-server on loopback. */
public final class RedisArea implements Area {
    @Override
    public String name() {
        return "redis";
    }

    @Override
    public void measure(Promises promises) throws Exception {
        try (LocalRedis server = new LocalRedis();
                RedisClient jedis = server.client()) {
            new StoreBench(promises, jedis).measure();
            new SinkBench(promises, jedis).measure();
        }
    }
}
