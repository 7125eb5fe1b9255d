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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Saves many gateways: one round trip to read what is there, one to write. Used once. */
final class GatewayBatch {
    private final GatewayHash hash;
    private final GatewayEditor editor;
    private final GatewayValidator validator;
    private final List<Gateway> gateways;
    private final List<byte[]> fields;

    /** By the place of the gateway; written by the threads that encode. */
    private final AtomicReferenceArray<@Nullable SaveOutcome> outcomes;

    /** The gateways to save; of equal names the last one. */
    GatewayBatch(GatewayHash hash, GatewayEditor editor, GatewayValidator validator, Collection<Gateway> gateways) {
        this.hash = hash;
        this.editor = editor;
        this.validator = validator;
        Map<String, Gateway> wanted = new LinkedHashMap<>(gateways.size() * 2);
        gateways.forEach(gateway -> wanted.put(gateway.name(), gateway));
        this.gateways = List.copyOf(wanted.values());
        this.fields = wanted.keySet().stream().map(StoreKeys::utf8).toList();
        this.outcomes = new AtomicReferenceArray<>(fields.size());
    }

    List<SaveOutcome> save() {
        List<HashWrite> lost = hash.edit(fields, this::writes);
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

    private List<HashWrite> writes(int from, List<byte @Nullable []> present) {
        List<HashWrite> writes = new ArrayList<>(present.size());
        for (int i = 0; i < present.size(); i++) {
            HashWrite write = write(from + i, present.get(i));
            if (write != null) {
                writes.add(write);
            }
        }
        return writes;
    }

    /** The write of a gateway; null when there is nothing to write. */
    private @Nullable HashWrite write(int place, byte @Nullable [] seen) {
        Gateway gateway = gateways.get(place);
        try {
            validator.validate(gateway).orThrow();
            if (seen == null && GatewayEditor.readsBackAsGiven(gateway)) {
                byte[] value = GatewayDocument.encodeUtf8(gateway);
                saved(place, new StoredGateway(gateway, StoredBytes.revision(value)));
                return new HashWrite(gateway.name(), fields.get(place), null, value);
            }
            StoredEntry present = seen == null ? null : StoredEntry.of(gateway.name(), seen);
            StoredEntry changed = GatewayEditor.merged(gateway, present);
            saved(place, changed.orThrow());
            return seen != null && changed.holds(seen)
                    ? null
                    : new HashWrite(gateway.name(), fields.get(place), seen, changed.value());
        } catch (UnreadableEntryException | InvalidGatewayException e) {
            refuse(place, e);
            return null;
        }
    }
}
