package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.redis.HistoryEntry;
import io.github.ctigateway.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.XAddParams;

/**
 * The past of one domain's gateways, in a Redis stream that is trimmed to some ten thousand changes. It is another key than the hash,
 * so that a change and its record are two commands: a crash between them leaves a change without one. A record without its change
 * is possible only where an answer was lost and somebody else wrote the same bytes, see {@link UnansweredChanges}.
 */
final class HistoryStream {
    private static final Logger log = LoggerFactory.getLogger(HistoryStream.class);
    private static final long LENGTH = 10_000;
    private static final int CHUNK = 500;

    private static final String NAME = "gateway";
    private static final String AUTHOR = "author";
    private static final String OLD_REVISION = "old-revision";
    private static final String NEW_REVISION = "new-revision";
    private static final String OLD = "old";
    private static final String NEW = "new";

    private final UnifiedJedis jedis;
    private final StoreKeys keys;
    private final StampKey stampKey;

    HistoryStream(UnifiedJedis jedis, StoreKeys keys, StampKey stampKey) {
        this.jedis = jedis;
        this.keys = keys;
        this.stampKey = stampKey;
    }

    /** Records changes that were made; a failure is logged, since the changes stand. */
    void record(String author, List<HashChange> all) {
        try {
            ValueCipher cipher = new ValueCipher(stampKey.get());
            XAddParams trimmed = XAddParams.xAddParams().maxLen(LENGTH).approximateTrimming();
            RedisErrors.translate("recording the history of " + keys.domain(), () -> {
                // Single commands find a stream that moved to another node of a cluster, where pipelines do not.
                jedis.xadd(keys.history(), trimmed, fields(author, all.get(0), cipher));
                List<HashChange> changes = all.subList(1, all.size());
                if (changes.isEmpty()) {
                    return true;
                }
                try (AbstractPipeline pipeline = jedis.pipelined()) {
                    List<Response<?>> answers = new ArrayList<>(changes.size());
                    // Encrypting takes longer than all the rest.
                    InParts.<List<Map<byte[], byte[]>>>forEach(
                            (changes.size() + CHUNK - 1) / CHUNK,
                            part -> changes.subList(part * CHUNK, Math.min((part + 1) * CHUNK, changes.size())).stream()
                                    .<Map<byte[], byte[]>>map(change -> fields(author, change, cipher))
                                    .toList(),
                            part -> part.forEach(
                                    fields -> answers.add(pipeline.xadd(keys.history(), trimmed, fields))));
                    pipeline.sync();
                    // A refusal stands in the answer alone.
                    answers.forEach(Response::get);
                }
                return true;
            });
        } catch (StoreException | IllegalStateException e) {
            // The second is how a cluster's pipeline tells of a lost connection.
            log.warn("Changes of gateways of {} are made but not in their history: {}", keys.domain(), e.getMessage());
        }
    }

    private static IdentityHashMap<byte[], byte[]> fields(String author, HashChange change, ValueCipher cipher) {
        // By identity: Jedis wants a map, but nobody looks anything up in it.
        IdentityHashMap<byte[], byte[]> fields = new IdentityHashMap<>();
        put(fields, NAME, StoreKeys.utf8(change.name()));
        put(fields, AUTHOR, StoreKeys.utf8(author));
        byte[] before = change.before();
        if (before != null) {
            put(fields, OLD_REVISION, StoreKeys.utf8(StoredBytes.revision(before)));
            put(fields, OLD, cipher.encrypt(change.name(), before));
        }
        byte[] after = change.after();
        if (after != null) {
            put(fields, NEW_REVISION, StoreKeys.utf8(StoredBytes.revision(after)));
            put(fields, NEW, cipher.encrypt(change.name(), after));
        }
        return fields;
    }

    private static void put(IdentityHashMap<byte[], byte[]> fields, String name, byte[] value) {
        fields.put(name.getBytes(StandardCharsets.US_ASCII), value);
    }

    /** The last changes of a gateway, the newest first. */
    List<HistoryEntry> read(String gateway, int limit) {
        ValueCipher cipher = new ValueCipher(stampKey.get());
        List<HistoryEntry> found = new ArrayList<>();
        walk(gateway, record -> {
            found.add(record.entry(cipher));
            return found.size() < limit;
        });
        return found;
    }

    /** The bytes of a revision, when the history has them. */
    Optional<byte[]> find(String gateway, String revision) {
        ValueCipher cipher = new ValueCipher(stampKey.get());
        List<byte[]> found = new ArrayList<>(1);
        walk(gateway, record -> {
            if (record.text(NEW_REVISION).equals(revision)) {
                record.value(NEW, cipher).ifPresent(found::add);
            } else if (record.text(OLD_REVISION).equals(revision)) {
                record.value(OLD, cipher).ifPresent(found::add);
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    private interface Visitor {
        /** False when nothing more is wanted. */
        boolean visit(Entry entry);
    }

    /** From the newest change to the oldest, in chunks. */
    private void walk(String gateway, Visitor visitor) {
        String end = "+";
        while (true) {
            String from = end;
            List<Entry> chunk = RedisErrors.translate(
                    "reading the history of " + keys.domain(),
                    () -> entries(jedis.xrevrange(
                            keys.history(),
                            from.getBytes(StandardCharsets.US_ASCII),
                            "-".getBytes(StandardCharsets.US_ASCII),
                            CHUNK)));
            for (Entry entry : chunk) {
                if (entry.text(NAME).equals(gateway) && !visitor.visit(entry)) {
                    return;
                }
            }
            if (chunk.size() < CHUNK) {
                return;
            }
            end = "(" + chunk.get(chunk.size() - 1).id;
        }
    }

    private static List<Entry> entries(List<Object> answer) {
        List<Entry> entries = new ArrayList<>(answer.size());
        for (Object one : answer) {
            List<?> idAndFields = (List<?>) one;
            List<?> fields = (List<?>) idAndFields.get(1);
            Map<String, byte[]> byName = new HashMap<>();
            for (int i = 0; i + 1 < fields.size(); i += 2) {
                byName.put(StoredBytes.text((byte[]) fields.get(i)), (byte[]) fields.get(i + 1));
            }
            entries.add(new Entry(StoredBytes.text((byte[]) idAndFields.get(0)), byName));
        }
        return entries;
    }

    private static final class Entry {
        private final String id;
        private final Map<String, byte[]> fields;

        Entry(String id, Map<String, byte[]> fields) {
            this.id = id;
            this.fields = fields;
        }

        String text(String field) {
            byte[] value = fields.get(field);
            return value == null ? "" : StoredBytes.text(value);
        }

        Optional<byte[]> value(String field, ValueCipher cipher) {
            return Optional.ofNullable(fields.get(field)).flatMap(value -> cipher.decrypt(text(NAME), value));
        }

        HistoryEntry entry(ValueCipher cipher) {
            return new HistoryEntry(
                    Instant.ofEpochMilli(new StreamEntryID(id).getTime()),
                    text(AUTHOR),
                    text(NAME),
                    text(OLD_REVISION),
                    text(NEW_REVISION),
                    gateway(OLD, cipher),
                    gateway(NEW, cipher));
        }

        private @Nullable Gateway gateway(String field, ValueCipher cipher) {
            return value(field, cipher)
                    .map(value -> GatewayDocument.decode(text(NAME), value))
                    .map(decoded -> decoded instanceof DecodedGateway.Read read ? read.gateway() : null)
                    .orElse(null);
        }
    }
}
