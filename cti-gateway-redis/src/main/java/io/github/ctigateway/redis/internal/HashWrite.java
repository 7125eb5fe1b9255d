package io.github.ctigateway.redis.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value to write into a field, over the one that its writer has seen. */
final class HashWrite {
    private final String name;
    private final byte[] field;
    private final byte @Nullable [] seen;
    private final byte[] value;

    HashWrite(String name, byte[] field, byte @Nullable [] seen, byte[] value) {
        this.name = name;
        this.field = field;
        this.seen = seen;
        this.value = value;
    }

    String name() {
        return name;
    }

    /** The name as the hash has it. */
    byte[] field() {
        return field;
    }

    /** Null when the field was not there. */
    byte @Nullable [] seen() {
        return seen;
    }

    byte[] value() {
        return value;
    }

    /** The change that the write makes. */
    HashChange change() {
        return new HashChange(name, seen, value);
    }

    /** False when the value is the one that was seen, so that it has only to be there still. */
    boolean isChange() {
        return !Arrays.equals(seen, value);
    }
}
