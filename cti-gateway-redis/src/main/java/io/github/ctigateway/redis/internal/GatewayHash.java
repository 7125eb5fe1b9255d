package io.github.ctigateway.redis.internal;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** mod_cti's hash of one domain: bytes in, bytes out. Thread-safe as far as the client is. */
final class GatewayHash {
    /**
     * Writes only over what the writer has seen: nothing, or the bytes given as the fourth argument. That the wanted bytes are there
     * already is no success: another writer may have put them there, and two equal changes are two changes. The message is best
     * effort: a user without rights to the channel may still write.
     */
    private static final RedisScript WRITE = new RedisScript("""
            local present = redis.call('HGET', KEYS[1], ARGV[1])
            if present ~= (ARGV[4] or false) then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            redis.pcall('PUBLISH', ARGV[3], ARGV[1])
            return 1
            """);

    /** Removes what the remover has seen, or anything when no bytes are given; -1 says that nothing was there. */
    private static final RedisScript REMOVE = new RedisScript("""
            local present = redis.call('HGET', KEYS[1], ARGV[1])
            if not present then return -1 end
            if ARGV[3] and present ~= ARGV[3] then return 0 end
            redis.call('HDEL', KEYS[1], ARGV[1])
            redis.pcall('PUBLISH', ARGV[2], ARGV[1])
            return 1
            """);

    private final UnifiedJedis jedis;
    private final StoreKeys keys;

    GatewayHash(UnifiedJedis jedis, StoreKeys keys) {
        this.jedis = jedis;
        this.keys = keys;
    }

    Map<byte[], byte[]> all() {
        return translated("reading the gateways of ", () -> jedis.hgetAll(keys.gateways()));
    }

    Optional<byte[]> find(String name) {
        return translated(
                "reading a gateway of ", () -> Optional.ofNullable(jedis.hget(keys.gateways(), StoreKeys.utf8(name))));
    }

    /**
     * Writes a value over the one that was seen.
     *
     * @param seen the value that was there; empty when there was none
     * @return false when something else is there now
     */
    boolean write(String name, Optional<byte[]> seen, byte[] value) {
        byte[] field = StoreKeys.utf8(name);
        byte[][] arguments = seen.map(bytes -> new byte[][] {field, value, keys.changes(), bytes})
                .orElseGet(() -> new byte[][] {field, value, keys.changes()});
        return translated("saving a gateway of ", () -> WRITE.run(jedis, keys.gateways(), arguments) == 1);
    }

    /** Removes a field, whatever it holds; false when there was none. */
    boolean remove(String name) {
        byte[][] arguments = {StoreKeys.utf8(name), keys.changes()};
        return translated("deleting a gateway of ", () -> REMOVE.run(jedis, keys.gateways(), arguments) == 1);
    }

    private <T> T translated(String doing, Supplier<T> command) {
        return RedisErrors.translate(doing + keys.domain(), command);
    }
}
