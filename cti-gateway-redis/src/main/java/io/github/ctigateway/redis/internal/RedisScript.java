package io.github.ctigateway.redis.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A script on keys of one slot; by itself it is sent by its hash, and in full only to a server that has not seen it. */
final class RedisScript {
    private final byte[] source;
    private final byte[] sha1;

    RedisScript(String lua) {
        source = lua.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
            sha1 = HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** The answer; null when it is false or nil. */
    @Nullable
    Object run(UnifiedJedis jedis, List<byte[]> keys, List<byte[]> arguments) {
        try {
            return jedis.evalsha(sha1, keys, arguments);
        } catch (JedisNoScriptException e) {
            return jedis.eval(source, keys, arguments);
        }
    }

    long runForNumber(UnifiedJedis jedis, byte[] key, byte[]... arguments) {
        Object answer = run(jedis, List.of(key), List.of(arguments));
        return answer == null ? 0 : (Long) answer;
    }

    /** Queues the script in full, since nobody could send it after it when the server turns out not to have seen it. */
    Response<Object> queue(AbstractPipeline pipeline, List<byte[]> keys, List<byte[]> arguments) {
        return pipeline.eval(source, keys, arguments);
    }
}
