package io.github.ctigateway.control;

import io.github.ctigateway.model.EffectiveGateway;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What stands for the definition of a live gateway that carries no stamp: a hash of all that the switch shows of it. */
final class LiveMark {
    private static final int BYTES = 16;

    private LiveMark() {}

    /** The same as long as the switch shows the same definition. */
    static String of(LiveGateway live) {
        String shown = EffectiveGateway.definedFields(live.fields()).toString();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8));
            return "shown-" + HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
