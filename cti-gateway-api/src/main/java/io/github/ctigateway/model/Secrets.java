package io.github.ctigateway.model;

import java.util.Locale;

/** Decides by name which values are never printed. */
final class Secrets {
    static final String MASK = "***";

    private Secrets() {}

    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("passwd")
                || lower.contains("secret")
                || lower.contains("a1-hash")
                || lower.contains("token");
    }

    static String shown(String name, String value) {
        return isSecret(name) && !value.isEmpty() ? MASK : value;
    }
}
