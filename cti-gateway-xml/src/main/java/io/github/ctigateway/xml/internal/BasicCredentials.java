package io.github.ctigateway.xml.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** HTTP Basic credentials, kept and compared as a hash, in a time that tells nothing about them. */
public final class BasicCredentials {
    private static final String SCHEME = "basic ";

    private final byte[] expected;

    public BasicCredentials(String user, String password) {
        this.expected = hash((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the header {@code Authorization} holds these credentials. */
    public boolean match(@Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] given;
        try {
            given = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        return MessageDigest.isEqual(expected, hash(given));
    }

    private static byte[] hash(byte[] credentials) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(credentials);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
