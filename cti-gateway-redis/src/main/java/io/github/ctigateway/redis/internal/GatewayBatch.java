package io.github.ctigateway.redis.internal;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.SaveOutcome;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.validation.InvalidGatewayException;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saves many gateways: one round trip to read what is there, one to write. Used once. */
final class GatewayBatch {
    private final GatewayHash hash;
    private final GatewayEditor editor;
    private final GatewayValidator validator;
    private final Map<String, SaveOutcome> outcomes = new LinkedHashMap<>();

    GatewayBatch(GatewayHash hash, GatewayEditor editor, GatewayValidator validator) {
        this.hash = hash;
        this.editor = editor;
        this.validator = validator;
    }

    /** Saves the gateways; of equal names the last one. */
    List<SaveOutcome> save(Collection<Gateway> gateways) {
        Map<String, Gateway> wanted = new LinkedHashMap<>();
        gateways.forEach(gateway -> wanted.put(gateway.name(), gateway));
        List<Gateway> all = List.copyOf(wanted.values());
        if (!all.isEmpty()) {
            List<byte @Nullable []> present = hash.find(List.copyOf(wanted.keySet()));
            hash.prepare();
            for (HashWrite lost : hash.writeAll(() -> new Writes(all, present))) {
                again(Objects.requireNonNull(wanted.get(lost.name())));
            }
        }
        return wanted.keySet().stream()
                .map(name -> Objects.requireNonNull(outcomes.get(name)))
                .toList();
    }

    private void refuse(Gateway gateway, CtiGatewayException reason) {
        outcomes.put(gateway.name(), new SaveOutcome.Refused(gateway.name(), reason));
    }

    /** Somebody else was quicker with this one. */
    private void again(Gateway gateway) {
        try {
            outcomes.put(
                    gateway.name(), new SaveOutcome.Saved(editor.save(gateway).orThrow()));
        } catch (UnreadableEntryException e) {
            refuse(gateway, e);
        }
    }

    /** The write of a gateway; empty when there is nothing to write. */
    private Optional<HashWrite> write(Gateway gateway, byte @Nullable [] seen) {
        try {
            validator.validate(gateway).orThrow();
            StoredEntry present = seen == null ? null : StoredEntry.of(gateway.name(), seen);
            StoredEntry changed = GatewayEditor.merged(gateway, present);
            outcomes.put(gateway.name(), new SaveOutcome.Saved(changed.orThrow()));
            return seen != null && changed.holds(seen)
                    ? Optional.empty()
                    : Optional.of(new HashWrite(gateway.name(), seen, changed.value()));
        } catch (UnreadableEntryException | InvalidGatewayException e) {
            refuse(gateway, e);
            return Optional.empty();
        }
    }

    /** Validates and computes each write when it is asked for, so that the server works meanwhile. */
    private final class Writes implements Iterator<HashWrite> {
        private final List<Gateway> gateways;
        private final List<byte @Nullable []> present;
        private int next;
        private @Nullable HashWrite ready;

        Writes(List<Gateway> gateways, List<byte @Nullable []> present) {
            this.gateways = gateways;
            this.present = present;
        }

        @Override
        public boolean hasNext() {
            while (ready == null && next < gateways.size()) {
                ready = write(gateways.get(next), present.get(next)).orElse(null);
                next++;
            }
            return ready != null;
        }

        @Override
        public HashWrite next() {
            if (!hasNext() || ready == null) {
                throw new NoSuchElementException();
            }
            HashWrite write = ready;
            ready = null;
            return write;
        }
    }
}
