package io.github.ctigateway.store;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Everything a store held at one moment. Immutable.
 *
 * @param gateways the readable entries by name, in the order of their names
 * @param unreadable the other entries by name, in the order of their names
 */
public record StoreSnapshot(Map<String, StoredGateway> gateways, Map<String, UnreadableEntry> unreadable) {
    public StoreSnapshot {
        gateways = NameMap.copyOf(gateways);
        unreadable = NameMap.copyOf(unreadable);
    }

    /** A snapshot of these entries; of equal names the last one. Quickest when they come in runs in the order of their names. */
    public static StoreSnapshot of(Collection<StoredGateway> gateways, Collection<UnreadableEntry> unreadable) {
        return new StoreSnapshot(
                NameMap.of(gateways, stored -> stored.gateway().name()), NameMap.of(unreadable, UnreadableEntry::name));
    }

    /** The same without the entries whose names do not match. */
    public StoreSnapshot only(Predicate<String> names) {
        Map<String, StoredGateway> readable = new TreeMap<>();
        gateways.forEach((name, stored) -> {
            if (names.test(name)) {
                readable.put(name, stored);
            }
        });
        Map<String, UnreadableEntry> broken = new TreeMap<>();
        unreadable.forEach((name, entry) -> {
            if (names.test(name)) {
                broken.put(name, entry);
            }
        });
        return new StoreSnapshot(readable, broken);
    }
}
