package io.github.ctigateway.model;

import java.util.List;
import java.util.Locale;

/** Decides by name which values are never printed. */
final class Secrets {
    static final String MASK = "***";

    private static final List<String> WORDS = List.of(
            "password", "passwd", "pwd", "passphrase", "secret", "a1-hash", "token", "credential", "authorization");

    /** Without what separates the words of a name. */
    private static final List<String> JOINED = List.of("apikey", "accesskey", "privatekey");

    private static final String PASSWORD = "password";

    private Secrets() {}

    static boolean isSecret(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        String letters = lower.replaceAll("[-_ ]", "");
        return WORDS.stream().anyMatch(lower::contains)
                || JOINED.stream().anyMatch(letters::contains)
                || letters.equals("pin")
                || isNearlyPassword(letters);
    }

    /** Somebody's misspelling, as {@code pasword} and {@code pass_wrod}: in order it has nearly all letters, and few others. */
    private static boolean isNearlyPassword(String letters) {
        if (letters.equals("pass")) {
            return true;
        }
        if (Math.abs(letters.length() - PASSWORD.length()) > 2) {
            return false;
        }
        int[] sharedBefore = new int[PASSWORD.length() + 1];
        for (int i = 0; i < letters.length(); i++) {
            int[] shared = new int[PASSWORD.length() + 1];
            for (int j = 0; j < PASSWORD.length(); j++) {
                shared[j + 1] = letters.charAt(i) == PASSWORD.charAt(j)
                        ? sharedBefore[j] + 1
                        : Math.max(sharedBefore[j + 1], shared[j]);
            }
            sharedBefore = shared;
        }
        return sharedBefore[PASSWORD.length()] >= PASSWORD.length() - 2;
    }

    static String shown(String name, String value) {
        return isSecret(name) && !value.isEmpty() ? MASK : value;
    }
}
