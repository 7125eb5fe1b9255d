package io.github.ctigateway.redis.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this process last saw of a hash: its last snapshot, and the latest single fields that it read or wrote since. Whoever relies on
 * it must let Redis compare, since others write the hash too; what is forgotten or out of date costs a round trip and nothing else.
 * Thread-safe.
 */
final class LastSeen {
    /** How many single fields are remembered; a snapshot takes their place. */
    static final int FIELDS = 2_000;

    private final Map<String, Optional<byte[]>> since = new LinkedHashMap<>();
    private KnownSnapshot snapshot = KnownSnapshot.NONE;

    /** The last snapshot; that of an empty hash when there was none. */
    synchronized KnownSnapshot snapshot() {
        return snapshot;
    }

    synchronized void saw(KnownSnapshot now) {
        snapshot = now;
        since.clear();
    }

    /**
     * Takes note of a field.
     *
     * @param value null when it is not there
     */
    synchronized void saw(String name, byte @Nullable [] value) {
        since.remove(name);
        since.put(name, Optional.ofNullable(value));
        if (since.size() > FIELDS) {
            since.remove(since.keySet().iterator().next());
        }
    }

    /** The entry as it was last seen; null when there was none, or nothing is known of it. */
    @Nullable
    StoredEntry entry(String name, byte[] field) {
        Optional<byte[]> value;
        KnownSnapshot before;
        synchronized (this) {
            value = since.get(name);
            before = snapshot;
        }
        if (value == null) {
            return before.of(field);
        }
        return value.map(bytes -> StoredEntry.of(name, bytes)).orElse(null);
    }
}
