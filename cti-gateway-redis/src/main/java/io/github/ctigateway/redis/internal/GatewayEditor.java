package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.RevisionConflictException;
import io.github.ctigateway.store.StoreUnavailableException;
import io.github.ctigateway.store.StoredGateway;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes single gateways of the hash: reads, patches, and writes only over what was read; when somebody else was quicker, again.
 */
final class GatewayEditor {
    /** Each lost race means that somebody else's save went through, so that this many in a row are somebody's endless loop. */
    private static final int MAX_LOST_RACES = 10_000;

    private final GatewayHash hash;

    GatewayEditor(GatewayHash hash) {
        this.hash = hash;
    }

    /** Writes over whatever is there, but keeps the members that other tools put there and the gateway does not mention. */
    StoredGateway save(Gateway gateway) {
        return edit(gateway.name(), present -> {
            if (present == null) {
                return GatewayDocument.encode(gateway);
            }
            Gateway.Builder merged = gateway.toBuilder();
            present.orThrow().gateway().additionalMembers().forEach((member, raw) -> {
                if (!gateway.additionalMembers().containsKey(member)) {
                    merged.additionalMember(member, raw);
                }
            });
            return GatewayDocument.encode(merged.build(), present.text());
        });
    }

    StoredGateway saveIfUnchanged(Gateway gateway, String expectedRevision) {
        return edit(gateway.name(), present -> {
            StoredGateway stored = present == null ? null : present.orThrow();
            if (!expectedRevision.equals(stored == null ? "" : stored.revision())) {
                throw new RevisionConflictException(gateway.name(), expectedRevision, stored);
            }
            return present == null ? GatewayDocument.encode(gateway) : GatewayDocument.encode(gateway, present.text());
        });
    }

    private StoredGateway edit(String name, Edit edit) {
        for (int i = 0; i < MAX_LOST_RACES; i++) {
            Optional<byte[]> seen = hash.find(name);
            String text =
                    edit.apply(seen.map(value -> StoredEntry.of(name, value)).orElse(null));
            byte[] value = StoreKeys.utf8(text);
            boolean done = seen.isPresent() && Arrays.equals(seen.get(), value);
            if (done || hash.write(name, seen, value)) {
                return StoredEntry.of(name, value).orThrow();
            }
        }
        throw new StoreUnavailableException(
                "Gateway '" + name + "' is changed by others all the time; it could not be saved.", null);
    }

    private interface Edit {
        /** The text to write in place of what is there. */
        String apply(@Nullable StoredEntry present);
    }
}
