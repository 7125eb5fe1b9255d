package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.store.UnreadableEntry;
import io.github.ctigateway.store.UnreadableEntryException;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field of the hash, decoded. Immutable. */
final class StoredEntry {
    private final String name;
    private final byte[] field;
    private final byte[] value;
    private final @Nullable StoredGateway stored;

    /** What is wrong, when there is no gateway. */
    private final List<Violation> findings;

    private StoredEntry(String name, byte[] field, byte[] value, @Nullable Gateway gateway, List<Violation> findings) {
        this.name = name;
        this.field = field;
        this.value = value;
        this.stored = gateway == null ? null : new StoredGateway(gateway, () -> StoredBytes.revision(value));
        this.findings = findings;
    }

    private static StoredEntry of(byte[] field, byte[] value, DecodedGateway decoded) {
        Gateway gateway = decoded instanceof DecodedGateway.Read read ? read.gateway() : null;
        return new StoredEntry(decoded.name(), field, value, gateway, decoded.findings());
    }

    static StoredEntry of(String name, byte[] value) {
        return of(StoreKeys.utf8(name), value, GatewayDocument.decode(name, value));
    }

    /** The entry of a gateway whose new document was just made, without reading it again. */
    static StoredEntry of(byte[] field, byte[] value, Gateway gateway) {
        return new StoredEntry(gateway.name(), field, value, gateway, List.of());
    }

    /** A field whose name may be no text at all; other tools write this hash too. */
    static StoredEntry of(byte[] field, byte[] value, PlainBytes reader) {
        String name = StoredBytes.text(field);
        if (name.indexOf('\uFFFD') >= 0 && !Arrays.equals(StoreKeys.utf8(name), field)) {
            Violation reason = new Violation(
                    Severity.ERROR, "json.utf8", "name", "the name of the field is not UTF-8", "remove the field");
            return new StoredEntry(name, field, value, null, List.of(reason));
        }
        Gateway plain = value.length > SourceReader.MAX_BYTES ? null : reader.read(name, value);
        return plain == null
                ? of(field, value, GatewayDocument.decode(name, value))
                : new StoredEntry(name, field, value, plain, List.of());
    }

    String name() {
        return name;
    }

    boolean isOf(byte[] otherField) {
        return Arrays.equals(field, otherField);
    }

    boolean holds(byte[] bytes) {
        return Arrays.equals(value, bytes);
    }

    /** The value as text. */
    String text() {
        return StoredBytes.text(value);
    }

    byte[] value() {
        return value;
    }

    /** The gateway; null when there is none. */
    @Nullable
    StoredGateway stored() {
        return stored;
    }

    /**
     * The gateway.
     *
     * @throws UnreadableEntryException with the reasons when there is none
     */
    StoredGateway orThrow() {
        if (stored == null) {
            throw new UnreadableEntryException(unreadable());
        }
        return stored;
    }

    UnreadableEntry unreadable() {
        return new UnreadableEntry(name, findings);
    }
}
