package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.RevisionConflictException;
import io.github.ctigateway.store.StoreUnavailableException;
import io.github.ctigateway.store.StoredGateway;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes single gateways of the hash: reads, patches, and writes only over what was read; when somebody else was quicker, again. */
final class GatewayEditor {
    /** Each lost race means that somebody else's save went through, so that this many in a row are somebody's endless loop. */
    private static final int MAX_LOST_RACES = 10_000;

    private final GatewayHash hash;

    GatewayEditor(GatewayHash hash) {
        this.hash = hash;
    }

    /** Writes over whatever is there, but keeps the members that other tools put there and the gateway does not mention. */
    StoredEntry save(Gateway gateway) {
        return edit(gateway.name(), present -> merged(gateway, present));
    }

    StoredEntry saveIfUnchanged(Gateway gateway, String expectedRevision) {
        return edit(gateway.name(), present -> {
            StoredGateway stored = present == null ? null : present.orThrow();
            if (!expectedRevision.equals(stored == null ? "" : stored.revision())) {
                throw new RevisionConflictException(gateway.name(), expectedRevision, gateway, stored);
            }
            return entry(gateway, present);
        });
    }

    /** Puts back the very bytes of an entry that was there once, over whatever is there, readable or not. */
    StoredEntry restore(StoredEntry entry) {
        String name = entry.orThrow().gateway().name();
        for (int i = 0; i < MAX_LOST_RACES; i++) {
            byte[] seen = hash.find(name).orElse(null);
            boolean done = seen != null && entry.holds(seen);
            if (done || hash.write(new HashWrite(name, StoreKeys.utf8(name), seen, entry.value()))) {
                return entry;
            }
        }
        throw busy(name);
    }

    /** Removes an entry, readable or not, if it is at a revision. */
    boolean deleteIfUnchanged(String name, String expectedRevision) {
        for (int i = 0; i < MAX_LOST_RACES; i++) {
            Optional<byte[]> seen = hash.find(name);
            if (seen.isEmpty()) {
                return false;
            }
            if (!StoredBytes.revision(seen.get()).equals(expectedRevision)) {
                throw new RevisionConflictException(
                        name,
                        expectedRevision,
                        null,
                        StoredEntry.of(name, seen.get()).stored());
            }
            Optional<Boolean> removed = hash.remove(name, seen.get());
            if (removed.isEmpty() || removed.get()) {
                return removed.isPresent();
            }
        }
        throw busy(name);
    }

    /** The entry that a save makes of the present one. */
    static StoredEntry merged(Gateway gateway, @Nullable StoredEntry present) {
        if (present == null) {
            return entry(gateway, null);
        }
        Gateway.Builder merged = gateway.toBuilder();
        present.orThrow().gateway().additionalMembers().forEach((member, raw) -> {
            if (!gateway.additionalMembers().containsKey(member)) {
                merged.additionalMember(member, raw);
            }
        });
        return entry(merged.build(), present);
    }

    private static StoredEntry entry(Gateway gateway, @Nullable StoredEntry present) {
        byte[] value = present == null
                ? GatewayDocument.encodeUtf8(gateway)
                : StoreKeys.utf8(GatewayDocument.encode(gateway, present.text()));
        return present == null && readsBackAsGiven(gateway)
                ? StoredEntry.of(StoreKeys.utf8(gateway.name()), value, gateway)
                : StoredEntry.of(gateway.name(), value);
    }

    /** Whether the new document of a gateway surely reads as this very gateway. */
    static boolean readsBackAsGiven(Gateway gateway) {
        return gateway.additionalMembers().isEmpty() && !VariableTexts.hasSplit(gateway);
    }

    private StoredEntry edit(String name, Edit edit) {
        for (int i = 0; i < MAX_LOST_RACES; i++) {
            byte[] seen = hash.find(name).orElse(null);
            StoredEntry changed = edit.apply(seen == null ? null : StoredEntry.of(name, seen));
            boolean done = seen != null && changed.holds(seen);
            if (done || hash.write(new HashWrite(name, StoreKeys.utf8(name), seen, changed.value()))) {
                return changed;
            }
        }
        throw busy(name);
    }

    private static StoreUnavailableException busy(String name) {
        return new StoreUnavailableException(
                "Gateway '" + name + "' is changed by others all the time; the change could not be made.", null);
    }

    private interface Edit {
        /** The entry to write in place of what is there. */
        StoredEntry apply(@Nullable StoredEntry present);
    }
}
