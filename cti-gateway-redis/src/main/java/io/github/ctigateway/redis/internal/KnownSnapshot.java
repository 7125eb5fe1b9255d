package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreSnapshot;
import java.util.List;
import java.util.Map;

/**
 * A snapshot and the entries that it was made of. Immutable.
 *
 * @param entries by name
 * @param snapshot what they say
 */
record KnownSnapshot(Map<String, StoredEntry> entries, StoreSnapshot snapshot) {
    /** Of an empty hash. */
    static final KnownSnapshot NONE = new KnownSnapshot(Map.of(), StoreSnapshot.of(List.of(), List.of()));
}
