package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** mod_cti's hash of one domain: bytes in, bytes out. Thread-safe as far as the client is. */
final class GatewayHash {
    /**
     * Writes each value only over what its writer has seen, and answers with the places of those that were not written. That the wanted
     * bytes are there already is no success: another writer may have put them there, and two equal changes are two changes. The
     * message is best effort: a user without rights to the channel may still write.
     */
    private static final RedisScript WRITE = new RedisScript("""
            local n = (#ARGV - 1) / 4
            if n == 0 then return {} end
            local fields = {}
            for i = 1, n do fields[i] = ARGV[4 * i - 2] end
            local present = redis.call('HMGET', KEYS[1], unpack(fields))
            local write, lost = {}, {}
            for i = 1, n do
              local seen = ARGV[4 * i] == '1' and ARGV[4 * i + 1] or false
              if present[i] == seen then
                write[#write + 1] = fields[i]
                write[#write + 1] = ARGV[4 * i - 1]
              else
                lost[#lost + 1] = i - 1
              end
            end
            if #write > 0 then
              redis.call('HSET', KEYS[1], unpack(write))
              redis.pcall('PUBLISH', ARGV[1], write[1])
            end
            return lost
            """);

    /** Removes what the remover has seen, or anything when no bytes are given, and answers with it; 0 says that it is another. */
    private static final RedisScript REMOVE = new RedisScript("""
            local present = redis.call('HGET', KEYS[1], ARGV[1])
            if not present then return false end
            if ARGV[3] and present ~= ARGV[3] then return 0 end
            redis.call('HDEL', KEYS[1], ARGV[1])
            redis.pcall('PUBLISH', ARGV[2], ARGV[1])
            return present
            """);

    /** Lua's stack takes some 8,000 values, and a script holds up all other clients while it runs. */
    private static final int CHUNK = 500;

    /** Up to this many gateways a hash is read at once. */
    private static final long AT_ONCE = 20_000;

    private static final byte[] PRESENT = {'1'};
    private static final byte[] ABSENT = {'0'};
    private static final byte[] NOTHING = {};

    private final UnifiedJedis jedis;
    private final StoreKeys keys;
    private final WholeHash whole;
    private final Consumer<List<HashChange>> onChange;

    /**
     * @param onChange told of the changes that were made here
     */
    GatewayHash(UnifiedJedis jedis, StoreKeys keys, Consumer<List<HashChange>> onChange) {
        this.jedis = jedis;
        this.keys = keys;
        this.whole = new WholeHash(jedis, keys.gateways(), AT_ONCE);
        this.onChange = onChange;
    }

    /** As {@link WholeHash#forEach}. */
    boolean forEach(BiConsumer<byte[], byte[]> field) {
        return translated("reading the gateways of ", () -> whole.forEach(field));
    }

    Optional<byte[]> find(String name) {
        return translated(
                "reading a gateway of ", () -> Optional.ofNullable(jedis.hget(keys.gateways(), StoreKeys.utf8(name))));
    }

    /** The values of many fields, in their order, null where there is none; in one round trip. */
    List<byte @Nullable []> find(List<String> names) {
        return translated("reading gateways of ", () -> {
            List<Response<List<byte[]>>> answers = new ArrayList<>();
            try (AbstractPipeline pipeline = jedis.pipelined()) {
                for (int from = 0; from < names.size(); from += CHUNK) {
                    byte[][] fields = names.subList(from, Math.min(from + CHUNK, names.size())).stream()
                            .map(StoreKeys::utf8)
                            .toArray(byte[][]::new);
                    answers.add(pipeline.hmget(keys.gateways(), fields));
                }
                pipeline.sync();
            }
            List<byte @Nullable []> found = new ArrayList<>(names.size());
            answers.forEach(answer -> found.addAll(answer.get()));
            return found;
        });
    }

    /** Writes one value; false when something else is there now. */
    boolean write(HashWrite write) {
        boolean written =
                translated("saving a gateway of ", () -> run(List.of(write)).isEmpty());
        if (written) {
            onChange.accept(List.of(change(write)));
        }
        return written;
    }

    /**
     * Writes many values in one round trip.
     *
     * @param writes the values; computed one by one while the server is at work already
     * @return the writes that were not done, since something else is there now
     */
    List<HashWrite> writeAll(Iterable<HashWrite> writes) {
        List<List<HashWrite>> chunks = new ArrayList<>();
        List<HashWrite> lost = translated("saving gateways of ", () -> {
            List<Response<Object>> answers = new ArrayList<>();
            try (AbstractPipeline pipeline = jedis.pipelined()) {
                List<HashWrite> chunk = new ArrayList<>(CHUNK);
                for (HashWrite write : writes) {
                    chunk.add(write);
                    if (chunk.size() == CHUNK) {
                        chunks.add(chunk);
                        answers.add(WRITE.queue(pipeline, List.of(keys.gateways()), arguments(chunk)));
                        chunk = new ArrayList<>(CHUNK);
                    }
                }
                if (!chunk.isEmpty()) {
                    chunks.add(chunk);
                    answers.add(WRITE.queue(pipeline, List.of(keys.gateways()), arguments(chunk)));
                }
                pipeline.sync();
            }
            List<HashWrite> notWritten = new ArrayList<>();
            for (int i = 0; i < chunks.size(); i++) {
                notWritten.addAll(lost(chunks.get(i), answers.get(i).get()));
            }
            return notWritten;
        });
        Set<HashWrite> notWritten = new HashSet<>(lost);
        onChange.accept(chunks.stream()
                .flatMap(List::stream)
                .filter(write -> !notWritten.contains(write))
                .map(GatewayHash::change)
                .toList());
        return lost;
    }

    private static HashChange change(HashWrite write) {
        return new HashChange(write.name(), write.seen(), write.value());
    }

    /** Makes the script known to the server, so that it can be queued. */
    void prepare() {
        translated("preparing to save gateways of ", () -> run(List.of()));
    }

    private List<HashWrite> run(List<HashWrite> writes) {
        return lost(writes, WRITE.run(jedis, List.of(keys.gateways()), arguments(writes)));
    }

    private static List<HashWrite> lost(List<HashWrite> writes, @Nullable Object answer) {
        Set<Integer> places = new HashSet<>();
        ((List<?>) Objects.requireNonNull(answer)).forEach(place -> places.add(((Long) place).intValue()));
        List<HashWrite> lost = new ArrayList<>();
        for (int place : places) {
            lost.add(writes.get(place));
        }
        return lost;
    }

    private List<byte[]> arguments(List<HashWrite> writes) {
        List<byte[]> arguments = new ArrayList<>(1 + 4 * writes.size());
        arguments.add(keys.changes());
        for (HashWrite write : writes) {
            arguments.add(StoreKeys.utf8(write.name()));
            arguments.add(write.value());
            byte[] seen = write.seen();
            arguments.add(seen == null ? ABSENT : PRESENT);
            arguments.add(seen == null ? NOTHING : seen);
        }
        return arguments;
    }

    /**
     * Removes a field.
     *
     * @param seen the value that may be removed; null for any
     * @return whether it was removed; empty when there was none
     */
    Optional<Boolean> remove(String name, byte @Nullable [] seen) {
        byte[] field = StoreKeys.utf8(name);
        byte[][] arguments =
                seen == null ? new byte[][] {field, keys.changes()} : new byte[][] {field, keys.changes(), seen};
        Optional<Object> answer = translated(
                "deleting a gateway of ",
                () -> Optional.ofNullable(REMOVE.run(jedis, List.of(keys.gateways()), List.of(arguments))));
        if (answer.orElse(null) instanceof byte[] removed) {
            onChange.accept(List.of(new HashChange(name, removed, null)));
        }
        return answer.map(removed -> removed instanceof byte[]);
    }

    private <T> T translated(String doing, Supplier<T> command) {
        return RedisErrors.translate(doing + keys.domain(), command);
    }
}
