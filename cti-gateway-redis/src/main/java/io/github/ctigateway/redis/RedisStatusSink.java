package io.github.ctigateway.redis;

import io.github.ctigateway.redis.internal.RedisClients;
import io.github.ctigateway.redis.internal.RedisErrors;
import io.github.ctigateway.redis.internal.StatusWriter;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.StatusSink;
import java.util.Objects;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Writes the status of gateways to Redis as mod_cti does, so that whoever reads mod_cti's status reads ours: each event as FreeSWITCH
 * made it, into a hash under the gateway's name, and on a channel and a list when these are named. Thread-safe.
 *
 * <p>A gateway leaves the hash when it is deleted and no other of its name is left on any node that this sink has heard of; one that
 * was added again before the deletion of its predecessor stays.
 */
public final class RedisStatusSink implements StatusSink {
    private final StatusWriter writer;
    private final Runnable closeClient;

    private RedisStatusSink(UnifiedJedis jedis, RedisStatusOptions options, Runnable closeClient) {
        this.writer = new StatusWriter(jedis, Objects.requireNonNull(options, "options cannot be null"));
        this.closeClient = closeClient;
    }

    /**
     * Opens a client of its own and closes it with the sink; for the forms of the address see {@link RedisGatewayStore#open}.
     *
     * @throws IllegalArgumentException when the address is not understood; it is not quoted, since it may hold a password
     */
    public static RedisStatusSink open(String uri, RedisStatusOptions options) {
        UnifiedJedis jedis = RedisClients.open(Objects.requireNonNull(uri, "uri cannot be null"));
        return new RedisStatusSink(jedis, options, jedis::close);
    }

    /** Uses a client that stays open when the sink is closed. */
    public static RedisStatusSink of(UnifiedJedis jedis, RedisStatusOptions options) {
        return new RedisStatusSink(Objects.requireNonNull(jedis, "jedis cannot be null"), options, () -> {});
    }

    /**
     * Writes one event, in one round trip.
     *
     * @throws io.github.ctigateway.store.StoreUnavailableException when Redis could not be reached
     * @throws io.github.ctigateway.store.StoreRefusedException when it refused
     */
    @Override
    public void accept(GatewayEvent event) {
        try {
            writer.write(event);
        } catch (JedisException e) {
            throw RedisErrors.of("writing the status of gateways", e);
        }
    }

    @Override
    public void close() {
        closeClient.run();
    }
}
