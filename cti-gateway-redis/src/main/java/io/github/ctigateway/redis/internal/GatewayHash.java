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
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

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

    /** How many fields are edited before the changes are told. */
    private static final int AT_A_TIME = 10 * FieldEdit.CHUNK;

    /** Up to this many gateways a hash is read at once. */
    private static final long AT_ONCE = 20_000;

    private static final byte[] PRESENT = {'1'};
    private static final byte[] ABSENT = {'0'};
    private static final byte[] NOTHING = {};

    private final UnifiedJedis jedis;
    private final StoreKeys keys;
    private final WholeHash whole;
    private final @Nullable Consumer<List<HashChange>> onChange;

    /**
     * @param onChange told of the changes that were made here; null when nobody needs to know
     */
    GatewayHash(UnifiedJedis jedis, StoreKeys keys, @Nullable Consumer<List<HashChange>> onChange) {
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

    /** Writes one value; false when something else is there now. */
    boolean write(HashWrite write) {
        boolean written =
                translated("saving a gateway of ", () -> run(List.of(write)).isEmpty());
        if (written) {
            tell(List.of(write));
        }
        return written;
    }

    /**
     * Edits many fields, as far as Redis allows in transactions; else with scripts, which write each field over only what was read.
     *
     * @param fields the names of the fields
     * @return the writes that were not done, since something else is there now
     */
    List<HashWrite> edit(List<byte[]> fields, FieldEdit edit) {
        List<HashWrite> lost = new ArrayList<>();
        for (int from = 0; from < fields.size(); from += AT_A_TIME) {
            int first = from;
            List<byte[]> some = fields.subList(from, Math.min(from + AT_A_TIME, fields.size()));
            lost.addAll(translated(
                    "saving gateways of ",
                    () -> editSome(some, (place, present) -> edit.writes(first + place, present))));
        }
        return lost;
    }

    private List<HashWrite> editSome(List<byte[]> fields, FieldEdit edit) {
        List<HashWrite> done = new ArrayList<>();
        List<HashWrite> overtaken = List.of();
        int edited = 0;
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            // A cluster's pipeline knows no transactions.
            if (pipeline instanceof Pipeline single) {
                WatchedEdits watched = new WatchedEdits(single, keys, done::addAll);
                edited = watched.run(fields, edit);
                overtaken = watched.overtaken();
            }
        } finally {
            // Not before: who is told may use the client, which may have this one connection only.
            tell(done);
        }
        List<HashWrite> lost = byScript(overtaken);
        if (edited < fields.size()) {
            lost.addAll(byScript(edits(fields, edited, edit)));
        }
        return lost;
    }

    /** The writes of fields that are read one chunk after the other, of which a cluster's pipeline is capable. */
    private List<HashWrite> edits(List<byte[]> fields, int first, FieldEdit edit) {
        List<Response<List<byte[]>>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            for (int from = first; from < fields.size(); from += FieldEdit.CHUNK) {
                byte[][] chunk = fields.subList(from, Math.min(from + FieldEdit.CHUNK, fields.size()))
                        .toArray(byte[][]::new);
                answers.add(pipeline.hmget(keys.gateways(), chunk));
            }
            pipeline.sync();
        }
        List<List<byte @Nullable []>> present = new ArrayList<>(answers.size());
        answers.forEach(answer -> present.add(answer.get()));
        List<HashWrite> writes = new ArrayList<>(fields.size() - first);
        InParts.forEach(
                present.size(), part -> edit.writes(first + part * FieldEdit.CHUNK, present.get(part)), writes::addAll);
        return writes;
    }

    /** Writes each value over only what its writer has seen; the answer is the writes that were not done. */
    private List<HashWrite> byScript(List<HashWrite> writes) {
        if (writes.isEmpty()) {
            return new ArrayList<>();
        }
        // The server must know the script before it can be queued.
        run(List.of());
        List<Response<Object>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = jedis.pipelined()) {
            for (int from = 0; from < writes.size(); from += FieldEdit.CHUNK) {
                List<HashWrite> chunk = writes.subList(from, Math.min(from + FieldEdit.CHUNK, writes.size()));
                answers.add(WRITE.queue(pipeline, List.of(keys.gateways()), arguments(chunk)));
            }
            pipeline.sync();
        }
        List<HashWrite> lost = new ArrayList<>();
        List<HashWrite> done = new ArrayList<>();
        JedisDataException refusal = null;
        for (int i = 0; i < answers.size(); i++) {
            int from = i * FieldEdit.CHUNK;
            List<HashWrite> chunk = writes.subList(from, Math.min(from + FieldEdit.CHUNK, writes.size()));
            try {
                Set<HashWrite> notDone = Set.copyOf(lost(chunk, answers.get(i).get()));
                chunk.forEach(write -> (notDone.contains(write) ? lost : done).add(write));
            } catch (JedisDataException e) {
                refusal = e;
            }
        }
        tell(done);
        if (refusal != null) {
            throw refusal;
        }
        return lost;
    }

    private void tell(List<HashWrite> done) {
        if (onChange != null && !done.isEmpty()) {
            onChange.accept(done.stream()
                    .map(write -> new HashChange(write.name(), write.seen(), write.value()))
                    .toList());
        }
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
            arguments.add(write.field());
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
        if (onChange != null && answer.orElse(null) instanceof byte[] removed) {
            onChange.accept(List.of(new HashChange(name, removed, null)));
        }
        return answer.map(removed -> removed instanceof byte[]);
    }

    private <T> T translated(String doing, Supplier<T> command) {
        return RedisErrors.translate(doing + keys.domain(), command);
    }
}
