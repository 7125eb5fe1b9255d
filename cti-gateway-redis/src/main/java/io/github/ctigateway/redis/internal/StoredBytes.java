package io.github.ctigateway.redis.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What can be said of a stored value without understanding it. */
final class StoredBytes {
    private static final int REVISION_BYTES = 16;

    private static final HexFormat HEX = HexFormat.of();

    /** Never used but to be copied. */
    private static final MessageDigest SHA_256 = sha256();

    private StoredBytes() {}

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Names the content: the first half of its SHA-256, in hexadecimal. */
    static String revision(byte[] value) {
        try {
            // Looking the algorithm up each time would take longer than the hash.
            byte[] digest = ((MessageDigest) SHA_256.clone()).digest(value);
            return HEX.formatHex(digest, 0, REVISION_BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's SHA-256 can be copied", e);
        }
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
