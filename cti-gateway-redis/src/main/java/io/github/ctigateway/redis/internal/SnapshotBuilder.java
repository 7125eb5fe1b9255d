package io.github.ctigateway.redis.internal;

import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot of the fields of a hash, with what is known from the snapshot before; the rest is decoded by all cores. Used once.
 */
final class SnapshotBuilder {
    private static final int PART = 500;

    private final KnownSnapshot before;
    private final List<Field> arrived;
    private boolean changed;

    /** A field as it came, and its entry if it is known already. */
    private static final class Field {
        final byte[] name;
        final byte[] value;
        final @Nullable StoredEntry known;

        Field(byte[] name, byte[] value, @Nullable StoredEntry known) {
            this.name = name;
            this.value = value;
            this.known = known;
        }
    }

    /** Some entries in the order in which they came, and their gateways in the order of their names. */
    private record Part(List<StoredEntry> entries, List<StoredGateway> gateways) {}

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
                arrived.add(new Field(field, value, expected));
                return;
            }
        }
        StoredEntry known = before.of(field);
        if (known != null && known.holds(value)) {
            arrived.add(new Field(field, value, known));
        } else {
            changed = true;
            arrived.add(new Field(field, value, null));
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
        List<Field> fields = eachOnce ? arrived : lastOfEach();
        List<StoredEntry> entries = new ArrayList<>(fields.size());
        List<StoredGateway> readable = new ArrayList<>(fields.size());
        List<UnreadableEntry> unreadable = new ArrayList<>();
        InParts.<Part>forEach(
                (fields.size() + PART - 1) / PART,
                part -> decoded(fields.subList(part * PART, Math.min((part + 1) * PART, fields.size()))),
                part -> {
                    entries.addAll(part.entries());
                    readable.addAll(part.gateways());
                });
        if (readable.size() < entries.size()) {
            entries.stream()
                    .filter(entry -> entry.stored() == null)
                    .forEach(entry -> unreadable.add(entry.unreadable()));
        }
        return new KnownSnapshot(entries, StoreSnapshot.of(readable, unreadable));
    }

    private List<Field> lastOfEach() {
        Map<ByteBuffer, Field> last = new LinkedHashMap<>(arrived.size() * 2);
        arrived.forEach(field -> last.put(ByteBuffer.wrap(field.name), field));
        return List.copyOf(last.values());
    }

    private static Part decoded(List<Field> fields) {
        PlainBytes plain = new PlainBytes();
        List<StoredEntry> entries = new ArrayList<>(fields.size());
        List<StoredGateway> gateways = new ArrayList<>(fields.size());
        for (Field field : fields) {
            StoredEntry entry = field.known == null ? StoredEntry.of(field.name, field.value, plain) : field.known;
            entries.add(entry);
            StoredGateway stored = entry.stored();
            if (stored != null) {
                gateways.add(stored);
            }
        }
        gateways.sort(Comparator.comparing(stored -> stored.gateway().name()));
        return new Part(entries, gateways);
    }
}
