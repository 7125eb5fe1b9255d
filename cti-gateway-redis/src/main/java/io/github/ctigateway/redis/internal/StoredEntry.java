package io.github.ctigateway.redis.internal;

import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntry;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.util.Arrays;
import java.util.List;

/** A field of the hash, decoded. */
final class StoredEntry {
    private final byte[] value;
    private final DecodedGateway decoded;

    private StoredEntry(byte[] value, DecodedGateway decoded) {
        this.value = value;
        this.decoded = decoded;
    }

    static StoredEntry of(String name, byte[] value) {
        return new StoredEntry(value, GatewayDocument.decode(name, value));
    }

    /** A field whose name may be no text at all; other tools write this hash too. */
    static StoredEntry of(byte[] field, byte[] value) {
        String name = StoredBytes.text(field);
        if (name.indexOf('\uFFFD') >= 0 && !Arrays.equals(StoreKeys.utf8(name), field)) {
            Violation reason = new Violation(
                    Severity.ERROR, "json.utf8", "name", "the name of the field is not UTF-8", "remove the field");
            return new StoredEntry(value, new DecodedGateway.Unreadable(name, List.of(reason)));
        }
        return of(name, value);
    }

    /** The value as text. */
    String text() {
        return StoredBytes.text(value);
    }

    boolean isReadable() {
        return decoded instanceof DecodedGateway.Read;
    }

    /**
     * The gateway.
     *
     * @throws UnreadableEntryException with the reasons when there is none
     */
    StoredGateway orThrow() {
        if (decoded instanceof DecodedGateway.Read read) {
            return new StoredGateway(read.gateway(), StoredBytes.revision(value));
        }
        throw new UnreadableEntryException(unreadable());
    }

    UnreadableEntry unreadable() {
        return new UnreadableEntry(decoded.name(), decoded.findings());
    }
}
