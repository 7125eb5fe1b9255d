package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a snapshot of the fields of a hash, with what is known from the snapshot before. Used once. */
final class SnapshotBuilder {
    private final KnownSnapshot before;
    private final List<StoredEntry> arrived;
    private boolean changed;

    SnapshotBuilder(KnownSnapshot before) {
        this.before = before;
        this.arrived = new ArrayList<>(before.arrived().size());
    }

    /** Adds a field. A hash that did not change comes in the order in which it came before, which spares most look-ups. */
    void add(byte[] field, byte[] value) {
        int place = arrived.size();
        if (place < before.arrived().size()) {
            StoredEntry expected = before.arrived().get(place);
            if (expected.isOf(field) && expected.holds(value)) {
                arrived.add(expected);
                return;
            }
        }
        StoredEntry known = before.entries().get(StoredBytes.text(field));
        if (known != null && known.isOf(field) && known.holds(value)) {
            arrived.add(known);
        } else {
            changed = true;
            arrived.add(StoredEntry.of(field, value));
        }
    }

    /**
     * The snapshot; the one before when nothing changed.
     *
     * @param eachOnce whether no field was added twice
     */
    KnownSnapshot build(boolean eachOnce) {
        if (eachOnce && !changed && arrived.size() == before.arrived().size()) {
            return before;
        }
        Map<String, StoredEntry> entries = new HashMap<>(arrived.size() * 2);
        // Of a field that came twice the last counts.
        arrived.forEach(entry -> entries.put(entry.name(), entry));
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
        return new KnownSnapshot(arrived, entries, StoreSnapshot.of(readable, unreadable));
    }
}
