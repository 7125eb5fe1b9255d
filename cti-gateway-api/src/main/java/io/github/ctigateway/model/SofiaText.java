package io.github.ctigateway.model;

import java.util.Optional;

/**
 * Reads text as FreeSWITCH's C functions do (switch_utils.h, sofia_glue.c). The comparisons without regard to case are those of the
 * C locale: ASCII letters only.
 */
public final class SofiaText {
    private static final String[] TRUE_WORDS = {"true", "yes", "on", "t", "enabled", "active", "allow"};
    private static final String[] FALSE_WORDS = {"false", "no", "off", "f", "disabled", "inactive", "disallow"};
    /** In the order of {@code sofia_glue_str2transport}; none is a prefix of another. */
    private static final String[] TRANSPORTS = {"udp", "tcp", "sctp", "tls"};
    /** What {@code switch_is_lan_addr} compares, the ranges 1/8 and 2/8 included. */
    private static final String[] LAN_PREFIXES = {
        "10.",
        "192.168.",
        "127.",
        "255.",
        "0.",
        "1.",
        "2.",
        "172.16.",
        "172.17.",
        "172.18.",
        "172.19.",
        "172.20.",
        "172.21.",
        "172.22.",
        "172.23.",
        "172.24.",
        "172.25.",
        "172.26.",
        "172.27.",
        "172.28.",
        "172.29.",
        "172.30.",
        "172.31.",
        "192.0.2.",
        "169.254."
    };

    private SofiaText() {}

    /**
     * What {@code switch_true} makes of a value: true for {@code yes on true t enabled active allow} in any case, and for a number
     * whose whole part is not zero ({@code 1.0} is true, {@code 0.5} is not). Everything else, {@code enable} and a word with a blank
     * included, is false.
     */
    public static boolean isTrue(String value) {
        return !value.isEmpty() && (isOneOf(value, TRUE_WORDS) || (isNumber(value) && atoi(value) != 0));
    }

    /**
     * What {@code switch_false} makes of a value: {@code no off false f disabled inactive disallow} in any case, and a number whose whole
     * part is zero. mod_sofia does not ask: a value that is neither true nor false counts as false, but was hardly meant so.
     */
    public static boolean isFalse(String value) {
        return isOneOf(value, FALSE_WORDS) || (isNumber(value) && atoi(value) == 0);
    }

    /**
     * What C's {@code atoi} makes of a value on a 64-bit Linux: leading blanks and a sign, then digits; 0 when there are none. A number
     * that does not fit wraps as glibc's does: {@code 4294967296} is 0.
     */
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
        for (; i < value.length() && isDigit(value.charAt(i)); i++) {
            int digit = value.charAt(i) - '0';
            if (result > (Long.MAX_VALUE - digit) / 10) {
                return (int) (negative ? Long.MIN_VALUE : Long.MAX_VALUE);
            }
            result = result * 10 + digit;
        }
        return (int) (negative ? -result : result);
    }

    /** Whether a value is digits and nothing else, so that {@code atoi} reads all of it. */
    public static boolean isDigits(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    /**
     * What {@code sofia_glue_str2transport} makes of a value: {@code udp}, {@code tcp}, {@code sctp} or {@code tls}, by prefix and without
     * regard to case; empty when it knows none.
     */
    public static Optional<String> transport(String value) {
        for (String transport : TRANSPORTS) {
            if (startsWithIgnoringCase(value, transport)) {
                return Optional.of(transport);
            }
        }
        return Optional.empty();
    }

    /** Whether a URI begins with {@code sip:} or {@code sips:} in any case. */
    public static boolean hasScheme(String uri) {
        return startsWithIgnoringCase(uri, "sip:") || startsWithIgnoringCase(uri, "sips:");
    }

    /** {@code sofia_glue_get_host_from_cfg}: without the scheme and the port; parameters stay when there is no port behind them. */
    public static String host(String uri) {
        int start = 0;
        if (startsWithIgnoringCase(uri, "sip:")) {
            start = "sip:".length();
        } else if (startsWithIgnoringCase(uri, "sips:")) {
            start = "sips:".length();
        }
        return withoutPort(uri.substring(start));
    }

    /** {@code sofia_glue_get_register_host}: what stands behind the first {@code sip:}, without the port. */
    static String registerHost(String uri) {
        int scheme = indexOfIgnoringCase(uri, "sip:");
        if (scheme < 0) {
            return "";
        }
        return withoutPort(uri.substring(scheme + "sip:".length()));
    }

    private static String withoutPort(String hostAndPort) {
        int bracket = hostAndPort.indexOf(']');
        if (bracket >= 0) {
            return hostAndPort.startsWith(":", bracket + 1) ? hostAndPort.substring(0, bracket + 1) : hostAndPort;
        }
        int colon = hostAndPort.lastIndexOf(':');
        return colon >= 0 ? hostAndPort.substring(0, colon) : hostAndPort;
    }

    /** {@code switch_is_lan_addr}: whether FreeSWITCH takes an address for one behind the same NAT. */
    static boolean isLanAddress(String ip) {
        for (String prefix : LAN_PREFIXES) {
            if (ip.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Where a part stands in a text, without regard to ASCII case; -1 when nowhere ({@code switch_stristr}). */
    static int indexOfIgnoringCase(String text, String part) {
        for (int i = 0; i <= text.length() - part.length(); i++) {
            if (matchesIgnoringCase(text, i, part)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean startsWithIgnoringCase(String text, String prefix) {
        return text.length() >= prefix.length() && matchesIgnoringCase(text, 0, prefix);
    }

    /** {@code part} must be in lower case. */
    private static boolean matchesIgnoringCase(String text, int offset, String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = text.charAt(offset + i);
            if ((c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c) != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOneOf(String value, String[] words) {
        for (String word : words) {
            if (value.length() == word.length() && matchesIgnoringCase(value, 0, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** {@code switch_is_number}: an optional sign in front, then digits and dots only; a sign alone or nothing counts too. */
    private static boolean isNumber(String value) {
        int start = !value.isEmpty() && (value.charAt(0) == '-' || value.charAt(0) == '+') ? 1 : 0;
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '.' && !isDigit(c)) {
                return false;
            }
        }
        return true;
    }
}
