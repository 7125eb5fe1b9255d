package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreSnapshot;
import java.util.List;
import java.util.Map;

/**
 * A snapshot and the entries that it was made of. Not changed once it is made.
 *
 * @param arrived the entries in the order in which they came
 * @param entries the entries by name
 * @param snapshot what they say
 */
record KnownSnapshot(List<StoredEntry> arrived, Map<String, StoredEntry> entries, StoreSnapshot snapshot) {
    /** Of an empty hash. */
    static final KnownSnapshot NONE = new KnownSnapshot(List.of(), Map.of(), StoreSnapshot.of(List.of(), List.of()));
}
