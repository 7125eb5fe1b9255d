package io.github.ctigateway.redis.internal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import redis.clients.jedis.Builder;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.util.KeyValue;

/**
 * Reads a whole hash: at once while it is small, and beyond that in chunks, so that neither the server nor we have to hold a huge
 * answer. Read in chunks, a field that changes meanwhile may come as it was or as it is, and even twice.
 */
final class WholeHash {
    private static final int CHUNK = 1_000;
    private static final byte[] START = "0".getBytes(StandardCharsets.US_ASCII);

    private final UnifiedJedis jedis;
    private final byte[] key;
    private final long atOnce;
    private volatile boolean knownSmall;

    /**
     * @param key the hash
     * @param atOnce up to how many fields are read at once
     */
    WholeHash(UnifiedJedis jedis, byte[] key, long atOnce) {
        this.jedis = jedis;
        this.key = key;
        this.atOnce = atOnce;
    }

    /**
     * Gives every field to the consumer.
     *
     * @return whether it was read at once, so that none came twice
     */
    boolean forEach(BiConsumer<byte[], byte[]> field) {
        // A hash that was small the last time is hardly huge by now, and asking costs a round trip.
        boolean small = knownSmall || jedis.hlen(key) <= atOnce;
        if (small) {
            knownSmall = atOnce(field) <= atOnce;
        } else {
            inChunks(field);
        }
        return small;
    }

    /** Without the map of byte arrays that Jedis would make, which takes longer than the answer itself. */
    private int atOnce(BiConsumer<byte[], byte[]> field) {
        CommandArguments command = new CommandArguments(Command.HGETALL).key(key);
        List<?> answer = jedis.executeCommand(new CommandObject<>(command, AS_IT_COMES));
        if (!answer.isEmpty() && answer.get(0) instanceof KeyValue) {
            // RESP3
            for (Object pair : answer) {
                KeyValue<?, ?> member = (KeyValue<?, ?>) pair;
                field.accept((byte[]) member.getKey(), (byte[]) member.getValue());
            }
            return answer.size();
        }
        for (int i = 0; i + 1 < answer.size(); i += 2) {
            field.accept((byte[]) answer.get(i), (byte[]) answer.get(i + 1));
        }
        return answer.size() / 2;
    }

    private void inChunks(BiConsumer<byte[], byte[]> field) {
        ScanParams chunk = new ScanParams().count(CHUNK);
        byte[] cursor = START;
        do {
            ScanResult<Map.Entry<byte[], byte[]>> result = jedis.hscan(key, cursor, chunk);
            result.getResult().forEach(entry -> field.accept(entry.getKey(), entry.getValue()));
            cursor = result.getCursorAsBytes();
        } while (!(cursor.length == 1 && cursor[0] == START[0]));
    }

    private static final Builder<List<?>> AS_IT_COMES = new Builder<>() {
        @Override
        public List<?> build(Object answer) {
            return (List<?>) answer;
        }
    };
}
