package io.github.ctigateway.redis.internal;

import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Opens Jedis clients from addresses. */
public final class RedisClients {
    private static final int DEFAULT_TIMEOUT_MILLIS = 5_000;
    private static final int CONNECTIONS = 16;

    /** A connection that only listens is given up after this silence and begun anew: nothing else shows that its other end is gone. */
    private static final int SILENCE_MILLIS = 60_000;

    private RedisClients() {}

    /**
     * Opens a client; the caller closes it.
     *
     * @throws IllegalArgumentException when the address is not understood; it is not quoted
     */
    public static UnifiedJedis open(String uri) {
        RedisUri address = RedisUri.parse(uri);
        try {
            return open(address);
        } catch (JedisException e) {
            // Sentinel and Cluster clients connect at once.
            throw RedisErrors.of("connecting to " + address, e);
        }
    }

    private static UnifiedJedis open(RedisUri address) {
        JedisClientConfig config = config(address, address.user(), address.password(), address.database());
        return switch (address.topology()) {
            case SINGLE ->
                RedisClient.builder()
                        .hostAndPort(address.hosts().iterator().next())
                        .clientConfig(config)
                        .poolConfig(pool(config))
                        .build();
            case SENTINEL ->
                RedisSentinelClient.builder()
                        .masterName(address.master())
                        .sentinels(address.hosts())
                        .sentinelClientConfig(config(
                                address, address.option("sentinel-user"), address.option("sentinel-password"), 0))
                        .clientConfig(config)
                        .poolConfig(pool(config))
                        .build();
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(address.hosts())
                        .clientConfig(config)
                        .poolConfig(pool(config))
                        .build();
        };
    }

    private static JedisClientConfig config(
            RedisUri address, @Nullable String user, @Nullable String password, int database) {
        String timeout = address.option("timeout-ms");
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .timeoutMillis(timeout == null ? DEFAULT_TIMEOUT_MILLIS : Integer.parseInt(timeout))
                .blockingSocketTimeoutMillis(SILENCE_MILLIS)
                .database(database)
                .protocol("3".equals(address.option("protocol")) ? RedisProtocol.RESP3 : RedisProtocol.RESP2)
                .clientName(address.option("client-name") == null ? "cti-gateway" : address.option("client-name"));
        if (address.tls()) {
            // Checks the certificate and the host's name against the JVM's trust store.
            config.sslOptions(SslOptions.defaults());
        }
        if (user != null) {
            config.user(user);
        }
        if (password != null) {
            config.password(password);
        }
        return config.build();
    }

    private static GenericObjectPoolConfig<Connection> pool(JedisClientConfig config) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        // Jedis would wait for a free connection for ever.
        pool.setMaxWait(Duration.ofMillis(config.getSocketTimeoutMillis()));
        return pool;
    }
}
