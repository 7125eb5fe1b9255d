package io.github.ctigateway.esl.internal;

/** Looks at bytes as ASCII text without making strings of them. */
final class Ascii {
    private Ascii() {}

    /** Whether {@code bytes[from, to)} is this text, without regard to case. */
    static boolean equalsIgnoreCase(byte[] text, byte[] bytes, int from, int to) {
        if (to - from != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (text[i] != bytes[from + i] && lower(text[i]) != lower(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    /** The same for a text of ASCII characters. */
    static boolean equalsIgnoreCase(String text, byte[] bytes, int from, int to) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < to - from; i++) {
            char c = text.charAt(i);
            if (c != bytes[from + i] && lower((byte) c) != lower(bytes[from + i])) {
                return false;
            }
        }
        return true;
    }

    /** Where {@code wanted} is in {@code bytes[from, to)}, or {@code to}. */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return to;
    }

    /** Whether this text stands somewhere in the first {@code limit} bytes. */
    static boolean contains(byte[] text, byte[] bytes, int limit) {
        int last = Math.min(limit, bytes.length) - text.length;
        for (int i = 0; i <= last; i++) {
            if (bytes[i] == text[0] && matches(text, bytes, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] text, byte[] bytes, int at) {
        for (int i = 1; i < text.length; i++) {
            if (bytes[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The decimal number in {@code bytes[from, to)}, blanks around it allowed; -1 when it is none, or does not fit an int.
     */
    static int number(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && bytes[start] == ' ') {
            start++;
        }
        while (end > start && bytes[end - 1] == ' ') {
            end--;
        }
        if (start == end || end - start > 10) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    /** 0 to 15, or -1. */
    static int hexDigit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = lower(b);
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
