package io.github.ctigateway.redis.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what to write over the present values of fields. Must be thread-safe. */
@FunctionalInterface
interface FieldEdit {
    /** How many fields are read, edited and written at once: Lua's stack takes some 8,000 values. */
    int CHUNK = 500;

    /**
     * The writes for a chunk of the fields.
     *
     * @param from the place of the chunk's first field among all
     * @param present the chunk's values, null where there is none
     */
    List<HashWrite> writes(int from, List<byte @Nullable []> present);
}
