package io.github.ctigateway.redis.internal;

import io.github.ctigateway.status.GatewayEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.UnifiedJedis;

/** A field of a hash of statuses whose gateway may have gone while nobody listened. Immutable. */
final class Leftover {
    /** Up to this many fields the hash is read at once. */
    private static final long AT_ONCE = 20_000;

    /** Removes only what was seen: others may write the field meanwhile. */
    private static final RedisScript REMOVE = new RedisScript("""
            if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
            return redis.call('HDEL', KEYS[1], ARGV[1])
            """);

    private static final String WORK = "removing the status of gateways that are gone";

    private final byte[] key;
    private final byte[] field;
    private final byte[] value;
    private final GatewayEvent event;

    private Leftover(byte[] key, byte[] field, byte[] value, GatewayEvent event) {
        this.key = key;
        this.field = field;
        this.value = value;
        this.event = event;
    }

    /** The events in a hash; what is no event of a gateway is nobody's leftover. */
    static List<Leftover> in(UnifiedJedis jedis, String hash) {
        byte[] key = hash.getBytes(StandardCharsets.UTF_8);
        return RedisErrors.translate(WORK, () -> {
            List<Leftover> found = new ArrayList<>();
            boolean unusedWhetherAtOnce = new WholeHash(jedis, key, AT_ONCE)
                    .forEach((field, value) ->
                            event(value).ifPresent(event -> found.add(new Leftover(key, field, value, event))));
            return found;
        });
    }

    /** The event, the last one of its gateway. */
    GatewayEvent event() {
        return event;
    }

    /** Removes it, unless somebody has written the field since; says whether it was removed. */
    boolean remove(UnifiedJedis jedis) {
        return RedisErrors.translate(WORK, () -> REMOVE.runForNumber(jedis, key, field, value) > 0);
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
