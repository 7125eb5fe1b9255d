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
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

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
    private final UnansweredChanges unanswered = new UnansweredChanges();

    /** Trying each time would cost a larger save two round trips more; a right that is given later counts for the next store. */
    private volatile boolean transactionsForbidden;

    /**
     * @param seen told of what single fields are read and of what is written
     * @param onChange told of the changes that were made here; null when nobody needs to know
     */
    GatewayHash(UnifiedJedis jedis, StoreKeys keys, LastSeen seen, @Nullable Consumer<List<HashChange>> onChange) {
        this.jedis = jedis;
        this.keys = keys;
        this.whole = new WholeHash(jedis, keys.gateways(), AT_ONCE);
        this.compared = new ComparedWrites(jedis, keys, this::tell, this::noteUnanswered);
        this.seen = seen;
        this.onChange = onChange;
    }

    /** As {@link WholeHash#forEach}. */
    boolean forEach(BiConsumer<byte[], byte[]> field) {
        // First: a deletion that is open from then on is seen by the walk or not judged by it.
        List<HashChange> deletions = unanswered.deletions();
        BiConsumer<byte[], byte[]> each = unanswered.isEmpty()
                ? field
                : field.andThen((name, value) -> unanswered.saw(StoredBytes.text(name), value));
        boolean eachOnce = translated("reading the gateways of ", () -> whole.forEach(each));
        unanswered.notMet(deletions);
        tell(List.of());
        return eachOnce;
    }

    Optional<byte[]> find(String name) {
        Optional<byte[]> value = translated(
                "reading a gateway of ", () -> Optional.ofNullable(jedis.hget(keys.gateways(), StoreKeys.utf8(name))));
        seen.saw(name, value.orElse(null));
        unanswered.saw(name, value.orElse(null));
        tell(List.of());
        return value;
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
        boolean remembered = isWorthRemembering(fields.size());
        if (!remembered && unanswered.isEmpty()) {
            return;
        }
        for (int i = 0; i < present.size(); i++) {
            String name = StoredBytes.text(fields.get(from + i));
            unanswered.saw(name, present.get(i));
            if (remembered) {
                seen.saw(name, present.get(i));
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
            if (!transactionsForbidden) {
                edited = editWatched(fields, edit, done, left);
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

    /** Edits in transactions, as far as they are allowed; the number of fields that were edited. */
    private int editWatched(List<byte[]> fields, FieldEdit edit, List<HashWrite> done, List<HashWrite> overtaken) {
        AbstractPipeline pipeline = jedis.pipelined();
        if (!(pipeline instanceof Pipeline single)) {
            // A cluster's pipeline knows no transactions.
            pipeline.close();
            return 0;
        }
        try (WatchedEdits watched = new WatchedEdits(single, keys, done::addAll, this::noteUnanswered)) {
            int edited = watched.run(fields, edit);
            overtaken.addAll(watched.overtaken());
            transactionsForbidden = watched.isForbidden();
            return edited;
        }
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

    private void noteUnanswered(List<HashWrite> writes) {
        if (onChange != null) {
            writes.stream().filter(HashWrite::isChange).map(HashWrite::change).forEach(unanswered::add);
        }
    }

    /** Tells of what was done, and before it of what was found to have been done when no answer came. */
    private void tell(List<HashWrite> done) {
        if (isWorthRemembering(done.size())) {
            done.forEach(write -> seen.saw(write.name(), write.value()));
        }
        if (onChange != null) {
            if (!unanswered.isEmpty()) {
                done.forEach(write -> unanswered.forget(write.name()));
            }
            List<HashChange> changes = new ArrayList<>(unanswered.takeMade());
            done.stream().filter(HashWrite::isChange).map(HashWrite::change).forEach(changes::add);
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
        Optional<Object> answer = translated("deleting a gateway of ", () -> {
            try {
                return Optional.ofNullable(REMOVE.run(jedis, List.of(keys.gateways()), List.of(arguments)));
            } catch (JedisDataException e) {
                throw e;
            } catch (JedisException e) {
                // Of what may have been removed unseen there is nothing to record.
                if (onChange != null && only != null) {
                    unanswered.add(new HashChange(name, only, null));
                }
                throw e;
            }
        });
        boolean another = answer.orElse(null) instanceof Long;
        if (!another) {
            seen.saw(name, null);
        }
        if (answer.isEmpty()) {
            unanswered.saw(name, null);
            tell(List.of());
        } else if (!another) {
            unanswered.forget(name);
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
