package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreRefusedException;
import java.security.SecureRandom;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** The secret of one domain, kept in Redis. Whoever needs it first makes it. */
final class StampKey {
    private static final int BYTES = 32;

    private final UnifiedJedis jedis;
    private final StoreKeys keys;

    StampKey(UnifiedJedis jedis, StoreKeys keys) {
        this.jedis = jedis;
        this.keys = keys;
    }

    /** The secret that is there, or else a new one; of two that come at once, one decides for both. */
    byte[] get() {
        byte[] secret = RedisErrors.translate("reading the stamp key of " + keys.domain(), () -> {
            byte[] present = jedis.get(keys.stampKey());
            if (present != null) {
                return present;
            }
            byte[] fresh = new byte[BYTES];
            new SecureRandom().nextBytes(fresh);
            if (jedis.set(keys.stampKey(), fresh, SetParams.setParams().nx()) != null) {
                return fresh;
            }
            byte[] winner = jedis.get(keys.stampKey());
            return winner == null ? new byte[0] : winner;
        });
        if (secret.length < BYTES) {
            throw new StoreRefusedException(
                    "The key cti_gateway_stamp_key@" + keys.domain() + " holds less than " + BYTES
                            + " bytes; somebody else wrote or deleted it. Delete it, and all gateways will be stamped anew.",
                    null);
        }
        return secret;
    }
}
