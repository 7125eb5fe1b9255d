package io.github.ctigateway.redis.internal;

import org.jspecify.annotations.Nullable;

/** A change of a field that was made. */
final class HashChange {
    private final String name;
    private final byte @Nullable [] before;
    private final byte @Nullable [] after;

    HashChange(String name, byte @Nullable [] before, byte @Nullable [] after) {
        this.name = name;
        this.before = before;
        this.after = after;
    }

    String name() {
        return name;
    }

    /** Null when the field was not there. */
    byte @Nullable [] before() {
        return before;
    }

    /** Null when the field was removed. */
    byte @Nullable [] after() {
        return after;
    }
}
