package io.github.ctigateway.model;

import java.util.Collection;
import java.util.NoSuchElementException;
import java.util.StringJoiner;

/** Reads a JSON array of texts, which is all the JSON that the model must understand by itself. Stops where it is anything else. */
final class NameArray {
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private final String raw;
    private int at;
    private boolean whole;
    private boolean broken;

    NameArray(String raw) {
        this.raw = raw;
        blanks();
        broken = !taken('[');
        blanks();
        if (!broken && taken(']')) {
            end();
        }
    }

    static String write(Collection<String> names) {
        StringJoiner array = new StringJoiner(", ", "[", "]");
        for (String name : names) {
            StringBuilder text = new StringBuilder("\"");
            name.chars().forEach(c -> {
                if (c == '"' || c == '\\') {
                    text.append('\\').append((char) c);
                } else if (c < ' ') {
                    text.append(String.format("\\u%04x", c));
                } else {
                    text.append((char) c);
                }
            });
            array.add(text.append('"'));
        }
        return array.toString();
    }

    boolean hasNext() {
        return !broken && !whole;
    }

    /** Whether everything was an array of texts, once {@link #hasNext} says no. */
    boolean isWhole() {
        return whole;
    }

    /** The next text; an empty one when there is none, and then the array is not whole. */
    String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String text = text();
        blanks();
        if (!broken && taken(']')) {
            end();
        } else if (!broken && taken(',')) {
            blanks();
        } else {
            broken = true;
        }
        return text;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (!taken('"')) {
            broken = true;
        }
        while (!broken && !taken('"')) {
            if (at >= raw.length() || raw.charAt(at) < ' ') {
                broken = true;
            } else if (taken('\\')) {
                escaped(text);
            } else {
                text.append(raw.charAt(at));
                at++;
            }
        }
        return text.toString();
    }

    private void escaped(StringBuilder text) {
        char c = at < raw.length() ? raw.charAt(at) : 0;
        at++;
        switch (c) {
            case '"', '\\', '/' -> text.append(c);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> unicode(text);
            default -> broken = true;
        }
    }

    private void unicode(StringBuilder text) {
        int value = 0;
        for (int i = 0; i < HEX_DIGITS; i++, at++) {
            int digit = at < raw.length() && raw.charAt(at) < 0x80 ? Character.digit(raw.charAt(at), HEX) : -1;
            broken |= digit < 0;
            value = value * HEX + Math.max(digit, 0);
        }
        text.append((char) value);
    }

    private void end() {
        blanks();
        whole = at == raw.length();
        broken = !whole;
    }

    private void blanks() {
        while (at < raw.length() && " \t\r\n".indexOf(raw.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean taken(char c) {
        if (at < raw.length() && raw.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}
