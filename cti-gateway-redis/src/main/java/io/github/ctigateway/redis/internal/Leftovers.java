package io.github.ctigateway.redis.internal;

import io.github.ctigateway.status.GatewayEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import redis.clients.jedis.UnifiedJedis;

/** Fields of a hash of statuses whose gateways went while nobody listened. Thread-safe as far as the client is. */
final class Leftovers {
    /** Up to this many fields the hash is read at once. */
    private static final long AT_ONCE = 20_000;

    /** Removes only what was seen: others may write the field meanwhile. */
    private static final RedisScript REMOVE = new RedisScript("""
            if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
            return redis.call('HDEL', KEYS[1], ARGV[1])
            """);

    private Leftovers() {}

    /**
     * Removes fields; what is no event of a gateway stays.
     *
     * @param isGone whether the gateway of this last event is gone
     * @return how many were removed
     */
    static int remove(UnifiedJedis jedis, String hash, Predicate<GatewayEvent> isGone) {
        List<byte[]> key = List.of(hash.getBytes(StandardCharsets.UTF_8));
        return RedisErrors.translate("removing the status of gateways that are gone", () -> {
            int[] removed = {0};
            boolean unusedWhetherAtOnce = new WholeHash(jedis, key.get(0), AT_ONCE).forEach((field, value) -> {
                if (event(value).filter(isGone).isPresent()) {
                    removed[0] +=
                            REMOVE.run(jedis, key, List.of(field, value)) instanceof Long one ? one.intValue() : 0;
                }
            });
            return removed[0];
        });
    }

    private static Optional<GatewayEvent> event(byte[] value) {
        try {
            return EventJson.read(StoredBytes.text(value));
        } catch (MalformedEventException e) {
            // Somebody else's, and reported where the hash is read.
            return Optional.empty();
        }
    }
}
