package io.github.ctigateway.redis.internal;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.SaveOutcome;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.validation.InvalidGatewayException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Saves many gateways over what is read of them. What does not depend on what is there is prepared ahead, so
 * that no core rests while Redis works. Used once.
 */
final class GatewayBatch {
    private final GatewayHash hash;
    private final GatewayEditor editor;
    private final GatewayValidator validator;
    private final List<Gateway> gateways;
    private final List<byte[]> fields;

    /** By the place of the gateway; written by the threads that encode. */
    private final AtomicReferenceArray<@Nullable SaveOutcome> outcomes;

    /** A guess by what was read so far, so that what is there already is not encoded in vain. */
    private volatile boolean mostAreNew = true;

    /** The gateways to save, each name once. */
    GatewayBatch(GatewayHash hash, GatewayEditor editor, GatewayValidator validator, Collection<Gateway> gateways) {
        this.hash = hash;
        this.editor = editor;
        this.validator = validator;
        this.gateways = List.copyOf(gateways);
        this.fields = this.gateways.stream()
                .map(gateway -> StoreKeys.utf8(gateway.name()))
                .toList();
        this.outcomes = new AtomicReferenceArray<>(fields.size());
    }

    List<SaveOutcome> save() {
        int chunks = (fields.size() + FieldEdit.CHUNK - 1) / FieldEdit.CHUNK;
        List<HashWrite> lost;
        try (InParts<List<@Nullable StoredEntry>> ahead = InParts.begin(chunks, this::prepare)) {
            lost = hash.edit(fields, (from, present) -> writes(ahead.take(from / FieldEdit.CHUNK), from, present));
        }
        if (!lost.isEmpty()) {
            Map<String, Integer> places = new HashMap<>();
            gateways.forEach(gateway -> places.put(gateway.name(), places.size()));
            lost.forEach(write -> again(Objects.requireNonNull(places.get(write.name()))));
        }
        List<SaveOutcome> all = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            all.add(Objects.requireNonNull(outcomes.get(i)));
        }
        return all;
    }

    /** Somebody else was quicker with this one. */
    private void again(int place) {
        Gateway gateway = gateways.get(place);
        try {
            saved(place, editor.save(gateway).orThrow());
        } catch (UnreadableEntryException e) {
            refuse(place, e);
        }
    }

    private void saved(int place, StoredGateway stored) {
        outcomes.set(place, new SaveOutcome.Saved(stored));
    }

    private void refuse(int place, CtiGatewayException reason) {
        outcomes.set(place, new SaveOutcome.Refused(gateways.get(place).name(), reason));
    }

    /** The chunk's entries as they are written where nothing is; null for a gateway that is refused or depends on what is there. */
    private List<@Nullable StoredEntry> prepare(int chunk) {
        int from = chunk * FieldEdit.CHUNK;
        int to = Math.min(from + FieldEdit.CHUNK, fields.size());
        List<@Nullable StoredEntry> prepared = new ArrayList<>(to - from);
        for (int place = from; place < to; place++) {
            Gateway gateway = gateways.get(place);
            StoredEntry fresh = null;
            try {
                validator.validate(gateway).orThrow();
                if (mostAreNew && GatewayEditor.readsBackAsGiven(gateway)) {
                    fresh = StoredEntry.of(fields.get(place), GatewayDocument.encodeUtf8(gateway), gateway);
                }
            } catch (InvalidGatewayException e) {
                refuse(place, e);
            }
            prepared.add(fresh);
        }
        return prepared;
    }

    private List<HashWrite> writes(List<@Nullable StoredEntry> prepared, int from, List<byte @Nullable []> present) {
        mostAreNew = present.stream().filter(Objects::isNull).count() > present.size() / 2;
        List<HashWrite> writes = new ArrayList<>(present.size());
        for (int i = 0; i < present.size(); i++) {
            HashWrite write = isInvalid(from + i) ? null : write(from + i, prepared.get(i), present.get(i));
            if (write != null) {
                writes.add(write);
            }
        }
        return writes;
    }

    private boolean isInvalid(int place) {
        return outcomes.get(place) instanceof SaveOutcome.Refused refused
                && refused.reason() instanceof InvalidGatewayException;
    }

    /** The write of a gateway; null when there is nothing to write. */
    private @Nullable HashWrite write(int place, @Nullable StoredEntry fresh, byte @Nullable [] seen) {
        Gateway gateway = gateways.get(place);
        if (seen == null && fresh != null) {
            saved(place, fresh.orThrow());
            return new HashWrite(gateway.name(), fields.get(place), null, fresh.value());
        }
        try {
            StoredEntry present = seen == null ? null : StoredEntry.of(gateway.name(), seen);
            StoredEntry changed = GatewayEditor.merged(gateway, present);
            saved(place, changed.orThrow());
            return seen != null && changed.holds(seen)
                    ? null
                    : new HashWrite(gateway.name(), fields.get(place), seen, changed.value());
        } catch (UnreadableEntryException e) {
            refuse(place, e);
            return null;
        }
    }
}
