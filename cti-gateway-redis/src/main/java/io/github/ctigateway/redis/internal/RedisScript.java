package io.github.ctigateway.redis.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A script on one key, sent by its hash and in full only to a server that has not seen it. */
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

    long run(UnifiedJedis jedis, byte[] key, byte[]... arguments) {
        List<byte[]> keys = List.of(key);
        List<byte[]> values = List.of(arguments);
        Object answer;
        try {
            answer = jedis.evalsha(sha1, keys, values);
        } catch (JedisNoScriptException e) {
            answer = jedis.eval(source, keys, values);
        }
        return (Long) answer;
    }
}
