package io.github.ctigateway.xml.internal;

import org.jspecify.annotations.Nullable;

/**
 * Writes text so that it survives FreeSWITCH's preprocessor, FreeSWITCH's parser and any standard parser (switch_xml.c,
 * {@code preprocess}, {@code expand_vars} and {@code switch_xml_decode}).
 *
 * <p>The preprocessor works on lines and knows no XML: it replaces <code>$${name}</code>, and drops or obeys lines with
 * {@code <?}, {@code <include>}, {@code <!--#} and, in any case, {@code X-PRE-PROCESS}. None of these can stand in what is written
 * here. Tab, CR and LF are references because a parser turns the bare characters of an attribute into blanks.
 */
public final class XmlText {
    /** What {@link #append} answers when every character was written. */
    public static final int WRITTEN = -1;

    private static final String DIRECTIVE = "x-pre-process";
    private static final char LAST_SPECIAL = '>';
    private static final long SPECIAL = bit('&') | bit('<') | bit('>') | bit('"') | bit('\'') | bit('$');

    private XmlText() {}

    /**
     * Appends an attribute's value.
     *
     * @return {@link #WRITTEN}, or the first UTF-16 unit that XML 1.0 cannot carry; what was appended up to then is of no use
     */
    public static int append(StringBuilder out, String value) {
        if (isPlain(value)) {
            out.append(value);
            return WRITTEN;
        }
        return appendEscaped(out, value);
    }

    /** Most values are; this is kept apart and simple so that the JIT makes a tight loop of it. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= LAST_SPECIAL ? c < ' ' || (SPECIAL & bit(c)) != 0 : c >= 128) {
                return false;
            }
        }
        return value.length() < DIRECTIVE.length() || !holdsDirective(value);
    }

    private static long bit(char c) {
        return 1L << c;
    }

    private static boolean holdsDirective(String value) {
        for (int hyphen = value.indexOf('-', 1); hyphen > 0; hyphen = value.indexOf('-', hyphen + 1)) {
            if (startsDirective(value, hyphen - 1)) {
                return true;
            }
        }
        return false;
    }

    private static int appendEscaped(StringBuilder out, String value) {
        int length = value.length();
        int written = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= Character.MIN_SURROGATE) {
                if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(value.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(c) || c >= '\uFFFE') {
                    return c;
                }
                continue;
            }
            String reference = reference(value, i, c);
            if (reference != null) {
                out.append(value, written, i).append(reference);
                written = i + 1;
            } else if (c < ' ') {
                return c;
            }
        }
        out.append(value, written, length);
        return WRITTEN;
    }

    private static @Nullable String reference(String value, int index, char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            case '$' -> "&#36;";
            case '\t' -> "&#9;";
            case '\n' -> "&#10;";
            case '\r' -> "&#13;";
            case 'X' -> startsDirective(value, index) ? "&#88;" : null;
            case 'x' -> startsDirective(value, index) ? "&#120;" : null;
            default -> null;
        };
    }

    private static boolean startsDirective(String value, int index) {
        return (value.charAt(index) | 0x20) == 'x'
                && value.regionMatches(true, index, DIRECTIVE, 0, DIRECTIVE.length());
    }

    /** A name as it may stand in a message: what cannot be printed or written becomes {@code ?}. */
    public static String printable(String name) {
        int plain = 0;
        while (plain < name.length() && name.charAt(plain) >= ' ' && name.charAt(plain) < 127) {
            plain++;
        }
        if (plain == name.length()) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().forEach(c -> out.appendCodePoint(isPrintable(c) ? c : '?'));
        return out.toString();
    }

    private static boolean isPrintable(int c) {
        return !Character.isISOControl(c) && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    }
}
