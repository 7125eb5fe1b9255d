package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.UnifiedJedis;

/** mod_cti's hash of one domain: bytes in, bytes out. Thread-safe as far as the client is. */
final class GatewayHash {
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

    private final UnifiedJedis jedis;
    private final StoreKeys keys;
    private final WholeHash whole;
    private final ComparedWrites compared;
    private final LastSeen seen;
    private final @Nullable Consumer<List<HashChange>> onChange;

    /**
     * @param seen told of what single fields are read and of what is written
     * @param onChange told of the changes that were made here; null when nobody needs to know
     */
    GatewayHash(UnifiedJedis jedis, StoreKeys keys, LastSeen seen, @Nullable Consumer<List<HashChange>> onChange) {
        this.jedis = jedis;
        this.keys = keys;
        this.whole = new WholeHash(jedis, keys.gateways(), AT_ONCE);
        this.compared = new ComparedWrites(jedis, keys, this::tell);
        this.seen = seen;
        this.onChange = onChange;
    }

    /** As {@link WholeHash#forEach}. */
    boolean forEach(BiConsumer<byte[], byte[]> field) {
        return translated("reading the gateways of ", () -> whole.forEach(field));
    }

    Optional<byte[]> find(String name) {
        byte[] value = translated(
                        "reading a gateway of ",
                        () -> Optional.ofNullable(jedis.hget(keys.gateways(), StoreKeys.utf8(name))))
                .orElse(null);
        seen.saw(name, value);
        return Optional.ofNullable(value);
    }

    /** Writes one value; false when something else is there now. */
    boolean write(HashWrite write) {
        return translated("saving a gateway of ", () -> compared.write(write));
    }

    /** As {@link ComparedWrites#tryAtOnce}. */
    List<HashWrite> tryAtOnce(List<HashWrite> writes) {
        return translated("saving gateways of ", () -> compared.tryAtOnce(writes));
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
                    () -> editSome(some, (place, present) -> {
                        note(some, place, present);
                        return edit.writes(first + place, present);
                    })));
        }
        return lost;
    }

    private void note(List<byte[]> fields, int from, List<byte @Nullable []> present) {
        if (isWorthRemembering(fields.size())) {
            for (int i = 0; i < present.size(); i++) {
                seen.saw(StoredBytes.text(fields.get(from + i)), present.get(i));
            }
        }
    }

    /** Many fields at once would only push out others, and take their time. */
    private static boolean isWorthRemembering(int fields) {
        return fields <= SmallBatch.MOST;
    }

    private List<HashWrite> editSome(List<byte[]> fields, FieldEdit edit) {
        List<HashWrite> done = new ArrayList<>();
        List<HashWrite> left = new ArrayList<>();
        int edited = 0;
        try {
            AbstractPipeline pipeline = jedis.pipelined();
            // A cluster's pipeline knows no transactions.
            if (pipeline instanceof Pipeline single) {
                try (WatchedEdits watched = new WatchedEdits(single, keys, done::addAll)) {
                    edited = watched.run(fields, edit);
                    left.addAll(watched.overtaken());
                }
            } else {
                pipeline.close();
            }
        } catch (RuntimeException | Error e) {
            tellBeside(e, done);
            throw e;
        }
        // Not before: who is told may use the client, which may have this one connection only.
        tell(done);
        if (edited < fields.size()) {
            left.addAll(edits(fields, edited, edit));
        }
        return compared.writeAll(left);
    }

    /** The writes of fields that are read one chunk after the other. */
    private List<HashWrite> edits(List<byte[]> fields, int first, FieldEdit edit) {
        List<List<byte @Nullable []>> present = new ArrayList<>();
        for (int from = first; from < fields.size(); from += FieldEdit.CHUNK) {
            byte[][] chunk = fields.subList(from, Math.min(from + FieldEdit.CHUNK, fields.size()))
                    .toArray(byte[][]::new);
            present.add(jedis.hmget(keys.gateways(), chunk));
        }
        List<HashWrite> writes = new ArrayList<>(fields.size() - first);
        InParts.forEach(
                present.size(), part -> edit.writes(first + part * FieldEdit.CHUNK, present.get(part)), writes::addAll);
        return writes;
    }

    private void tell(List<HashWrite> done) {
        if (isWorthRemembering(done.size())) {
            done.forEach(write -> seen.saw(write.name(), write.value()));
        }
        if (onChange != null) {
            List<HashChange> changes = done.stream()
                    .filter(HashWrite::isChange)
                    .map(write -> new HashChange(write.name(), write.seen(), write.value()))
                    .toList();
            if (!changes.isEmpty()) {
                onChange.accept(changes);
            }
        }
    }

    /** Tells of what was done before a failure, which is the one to throw. */
    private void tellBeside(Throwable failure, List<HashWrite> done) {
        try {
            tell(done);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Removes a field.
     *
     * @param only the value that may be removed; null for any
     * @return whether it was removed; empty when there was none
     */
    Optional<Boolean> remove(String name, byte @Nullable [] only) {
        byte[] field = StoreKeys.utf8(name);
        byte[][] arguments =
                only == null ? new byte[][] {field, keys.changes()} : new byte[][] {field, keys.changes(), only};
        Optional<Object> answer = translated(
                "deleting a gateway of ",
                () -> Optional.ofNullable(REMOVE.run(jedis, List.of(keys.gateways()), List.of(arguments))));
        boolean another = answer.orElse(null) instanceof Long;
        if (!another) {
            seen.saw(name, null);
        }
        if (onChange != null && answer.orElse(null) instanceof byte[] removed) {
            onChange.accept(List.of(new HashChange(name, removed, null)));
        }
        return answer.map(removed -> !another);
    }

    private <T> T translated(String doing, Supplier<T> command) {
        return RedisErrors.translate(doing + keys.domain(), command);
    }
}
