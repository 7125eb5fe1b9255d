package io.github.ctigateway.redis.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What can be said of a stored value without understanding it. */
final class StoredBytes {
    private static final int REVISION_BYTES = 16;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

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
            byte[] hex = new byte[2 * REVISION_BYTES];
            for (int i = 0; i < REVISION_BYTES; i++) {
                hex[2 * i] = HEX[digest[i] >> 4 & 0xf];
                hex[2 * i + 1] = HEX[digest[i] & 0xf];
            }
            return new String(hex, StandardCharsets.ISO_8859_1);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's SHA-256 can be copied", e);
        }
    }

    static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
