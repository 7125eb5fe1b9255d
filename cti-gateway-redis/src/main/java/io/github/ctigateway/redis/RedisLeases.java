package io.github.ctigateway.redis;

import io.github.ctigateway.fleet.Lease;
import io.github.ctigateway.fleet.Leases;
import io.github.ctigateway.redis.internal.OwnerHash;
import io.github.ctigateway.redis.internal.RedisClients;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.UnifiedJedis;

/**
 * Where the processes that work on one domain agree: leases as in {@link RedisLease}, and the owners of gateways in the hash
 * {@code cti_gateway_owner@<domain>}, one field for a gateway, such as {@code 1794621600000 fs1}: until when in milliseconds since 1970
 * by the clock of Redis, and the node. Thread-safe.
 *
 * <p>A failover of Redis that loses the last writes, or moves its clock, can give two nodes the same gateway until both ask again.
 */
public final class RedisLeases implements Leases, AutoCloseable {
    private final UnifiedJedis jedis;
    private final OwnerHash owners;
    private final Runnable closeClient;

    private RedisLeases(UnifiedJedis jedis, String domain, Runnable closeClient) {
        this.jedis = jedis;
        this.owners = new OwnerHash(jedis, domain);
        this.closeClient = closeClient;
    }

    /**
     * Opens a client of its own and closes it with these leases.
     *
     * @param uri as for {@link RedisGatewayStore#open(String, String)}
     * @throws IllegalArgumentException when the address is not understood; it is not quoted, since it may hold a password
     */
    public static RedisLeases open(String uri, String domain) {
        UnifiedJedis jedis = RedisClients.open(Objects.requireNonNull(uri, "uri cannot be null"));
        return new RedisLeases(jedis, domain, jedis::close);
    }

    /** Uses a client that stays open when these leases are closed. */
    public static RedisLeases of(UnifiedJedis jedis, String domain) {
        return new RedisLeases(Objects.requireNonNull(jedis, "jedis cannot be null"), domain, () -> {});
    }

    @Override
    public Optional<Lease> tryAcquire(String name, Duration limit) {
        return RedisLease.tryAcquire(jedis, name, limit).map(lease -> lease);
    }

    @Override
    public Map<String, String> claim(String node, Collection<String> gateways, Set<String> free, Duration limit) {
        return owners.claim(node, gateways, free, limit);
    }

    @Override
    public Map<String, String> owners(Collection<String> gateways) {
        return owners.owners(gateways);
    }

    /** Ends no lease: each is its holder's to close, before this. */
    @Override
    public void close() {
        closeClient.run();
    }
}
