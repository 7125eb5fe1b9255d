package io.github.ctigateway.model;

import java.util.Locale;
import java.util.Set;

/** Reads text as FreeSWITCH's C functions do. */
public final class SofiaText {
    private static final Set<String> TRUE_WORDS = Set.of("yes", "on", "true", "t", "enabled", "active", "allow");

    private SofiaText() {}

    /**
     * What {@code switch_true} makes of a value: true for {@code yes on true t enabled active allow} in any case and for any
     * number other than zero; everything else, {@code enable} and blanks included, is false.
     */
    public static boolean isTrue(String value) {
        return TRUE_WORDS.contains(value.toLowerCase(Locale.ROOT)) || (isNumber(value) && atoi(value) != 0);
    }

    /** What C's {@code atoi} makes of a value: leading blanks and a sign, then digits; 0 when there are none. */
    public static int atoi(String value) {
        int i = 0;
        while (i < value.length() && isSpace(value.charAt(i))) {
            i++;
        }
        boolean negative = false;
        if (i < value.length() && (value.charAt(i) == '-' || value.charAt(i) == '+')) {
            negative = value.charAt(i) == '-';
            i++;
        }
        long result = 0;
        while (i < value.length() && value.charAt(i) >= '0' && value.charAt(i) <= '9') {
            result = Math.min(result * 10 + (value.charAt(i) - '0'), Integer.MAX_VALUE + 1L);
            i++;
        }
        return (int) (negative ? -result : Math.min(result, Integer.MAX_VALUE));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** {@code switch_is_number}: an optional sign in front, then digits and dots only. */
    private static boolean isNumber(String value) {
        int start = !value.isEmpty() && (value.charAt(0) == '-' || value.charAt(0) == '+') ? 1 : 0;
        if (start == value.length()) {
            return false;
        }
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
