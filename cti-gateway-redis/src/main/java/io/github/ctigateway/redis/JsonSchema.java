package io.github.ctigateway.redis;

import io.github.ctigateway.redis.internal.GatewaySchema;

/**
 * The JSON Schema (draft 2020-12) of one gateway as {@link GatewayJson} reads it, for editors and form builders. Made from the
 * catalogue {@link io.github.ctigateway.model.Parameters}; the same text lies beside this class as the resource
 * {@code gateway.schema.json}.
 *
 * <p>It asks for more than {@code GatewayJson} does: only for values that mod_sofia reads as they were meant. Titles and descriptions are
 * in English; those in Chinese stand in the annotation {@code x-zh} beside them.
 */
public final class JsonSchema {
    private JsonSchema() {}

    /** The schema's text. */
    public static String ofGateway() {
        return GatewaySchema.text();
    }
}
