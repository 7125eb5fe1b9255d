package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A snapshot and the entries that it was made of. Not changed once it is made; thread-safe. */
final class KnownSnapshot {
    /** Of an empty hash. */
    static final KnownSnapshot NONE = new KnownSnapshot(List.of(), StoreSnapshot.of(List.of(), List.of()));

    private final List<StoredEntry> arrived;
    private final StoreSnapshot snapshot;

    /** Made when it is first needed: a hash that nobody changes is never looked into by name. */
    private volatile @Nullable Map<String, StoredEntry> byName;

    /**
     * @param arrived the entries in the order in which they came
     * @param snapshot what they say
     */
    KnownSnapshot(List<StoredEntry> arrived, StoreSnapshot snapshot) {
        this.arrived = arrived;
        this.snapshot = snapshot;
    }

    List<StoredEntry> arrived() {
        return arrived;
    }

    StoreSnapshot snapshot() {
        return snapshot;
    }

    /** The entry of this very field; null when there was none. */
    @Nullable
    StoredEntry of(byte[] field) {
        if (arrived.isEmpty()) {
            return null;
        }
        Map<String, StoredEntry> entries = byName;
        if (entries == null) {
            entries = new HashMap<>(arrived.size() * 2);
            for (StoredEntry entry : arrived) {
                entries.put(entry.name(), entry);
            }
            byName = entries;
        }
        StoredEntry known = entries.get(StoredBytes.text(field));
        return known != null && known.isOf(field) ? known : null;
    }
}
