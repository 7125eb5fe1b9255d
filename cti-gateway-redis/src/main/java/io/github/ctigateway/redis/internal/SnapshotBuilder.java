package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a snapshot of the fields of a hash, with what is known from the snapshot before. Used once. */
final class SnapshotBuilder {
    private final KnownSnapshot before;
    private final List<StoredEntry> unchanged;
    private final Map<String, StoredEntry> changed = new LinkedHashMap<>();

    SnapshotBuilder(KnownSnapshot before) {
        this.before = before;
        this.unchanged = new ArrayList<>(before.entries().size());
    }

    /** Adds a field. */
    void add(byte[] field, byte[] value) {
        String name = StoredBytes.text(field);
        StoredEntry known = before.entries().get(name);
        if (known != null && known.holds(value)) {
            unchanged.add(known);
        } else {
            changed.put(name, StoredEntry.of(field, value));
        }
    }

    /**
     * The snapshot; the one before when nothing changed.
     *
     * @param eachOnce whether no field was added twice
     */
    KnownSnapshot build(boolean eachOnce) {
        if (eachOnce
                && changed.isEmpty()
                && unchanged.size() == before.entries().size()) {
            return before;
        }
        Map<String, StoredEntry> entries = new HashMap<>((unchanged.size() + changed.size()) * 2);
        unchanged.forEach(entry -> entries.put(entry.name(), entry));
        entries.putAll(changed);
        List<StoredGateway> readable = new ArrayList<>(entries.size());
        List<UnreadableEntry> unreadable = new ArrayList<>();
        for (StoredEntry entry : entries.values()) {
            StoredGateway stored = entry.stored();
            if (stored == null) {
                unreadable.add(entry.unreadable());
            } else {
                readable.add(stored);
            }
        }
        return new KnownSnapshot(entries, StoreSnapshot.of(readable, unreadable));
    }
}
