package io.github.ctigateway.xml.internal;

import org.jspecify.annotations.Nullable;

/** The references in an attribute's value, as FreeSWITCH resolves them (switch_xml.c, {@code switch_xml_decode}). */
final class References {
    private static final int LONGEST = 14;

    private References() {}

    /** Whether nothing in it needs {@link #decode}, or could be a preprocessor variable or markup. */
    static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c <= '<' && (c < ' ' || c == '&' || c == '<' || c == '$')) {
                return false;
            }
        }
        return true;
    }

    /**
     * The value: references resolved, blanks of any kind turned into spaces. What is no reference stays as it stands, as FreeSWITCH leaves
     * it; {@link #hasUnknown} tells.
     */
    static String decode(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int end = c == '&' ? end(raw, i) : -1;
            int resolved = end < 0 ? -1 : resolve(raw, i + 1, end);
            if (resolved >= 0) {
                out.appendCodePoint(resolved);
                i = end;
            } else if (c == '\r' && i + 1 < raw.length() && raw.charAt(i + 1) == '\n') {
                out.append(' ');
                i++;
            } else {
                out.append(c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
            }
        }
        return out.toString();
    }

    /** Whether an {@code &} stands there that begins no reference. */
    static boolean hasUnknown(String raw) {
        for (int i = raw.indexOf('&'); i >= 0; i = raw.indexOf('&', i + 1)) {
            int end = end(raw, i);
            if (end < 0 || resolve(raw, i + 1, end) < 0) {
                return true;
            }
        }
        return false;
    }

    /** The semicolon that may end the reference which begins here; negative when none is near. */
    private static int end(String raw, int from) {
        int last = Math.min(raw.length(), from + LONGEST);
        for (int i = from; i < last; i++) {
            if (raw.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    /** The code point of the reference between {@code &} and {@code ;}, or a negative number. */
    private static int resolve(String raw, int from, int to) {
        String reference = raw.substring(from, to);
        Integer named = named(reference);
        if (named != null) {
            return named;
        }
        boolean hex = reference.startsWith("#x");
        if (!hex && !reference.startsWith("#")) {
            return -1;
        }
        long code = 0;
        int digits = hex ? 2 : 1;
        if (digits == reference.length()) {
            return -1;
        }
        for (int i = digits; i < reference.length(); i++) {
            char c = reference.charAt(i);
            int digit = c < 128 ? Character.digit(c, hex ? 16 : 10) : -1;
            if (digit < 0) {
                return -1;
            }
            code = code * (hex ? 16 : 10) + digit;
        }
        boolean character = code > 0 && code <= Character.MAX_CODE_POINT && !(code >= 0xD800 && code <= 0xDFFF);
        return character ? (int) code : -1;
    }

    private static @Nullable Integer named(String name) {
        return switch (name) {
            case "amp" -> (int) '&';
            case "lt" -> (int) '<';
            case "gt" -> (int) '>';
            case "quot" -> (int) '"';
            case "apos" -> (int) '\'';
            default -> null;
        };
    }
}
