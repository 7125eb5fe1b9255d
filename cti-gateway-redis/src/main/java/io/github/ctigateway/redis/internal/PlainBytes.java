package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents that nearly all are straight from their bytes: {@code param} and {@code variables}, each at most once, whose values
 * are texts in ASCII without escapes, whole numbers, or words. Whatever else it meets it leaves to those who read with all care, and
 * it takes nothing that they would not. Not thread-safe; one after the other reads many documents, whose equal texts it shares.
 */
final class PlainBytes {
    private static final int SHARED = 1024;
    private static final int LONGEST_SHARED = 40;
    private static final byte[] PARAM = "param".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VARIABLES = "variables".getBytes(StandardCharsets.US_ASCII);

    /** Texts met before, by their hash: names and most values are the same in thousands of documents. */
    private final @Nullable String[] shared = new String[SHARED];

    private byte[] json = {};
    private int at;

    /** Where the text lies that {@link #text()} passed last. */
    private int start;

    private int end;
    private int hash;

    /** The gateway; null when the document needs more care. */
    @Nullable
    Gateway read(String name, byte[] document) {
        json = document;
        at = 0;
        Gateway.Builder gateway = Gateway.builder(name);
        int parameters = 0;
        int variables = 0;
        boolean paramSeen = false;
        boolean variablesSeen = false;
        if (!take('{')) {
            return null;
        }
        boolean more = !take('}');
        while (more) {
            if (!text()) {
                return null;
            }
            boolean isParam = is(PARAM);
            if (isParam ? paramSeen : variablesSeen || !is(VARIABLES)) {
                return null;
            }
            paramSeen |= isParam;
            variablesSeen |= !isParam;
            if (!take(':')) {
                return null;
            }
            int members = members(gateway, isParam);
            if (members < 0) {
                return null;
            }
            if (isParam) {
                parameters = members;
            } else {
                variables = members;
            }
            more = take(',');
            if (!more && !take('}')) {
                return null;
            }
        }
        skipBlanks();
        if (at < json.length) {
            return null;
        }
        Gateway built = gateway.build();
        // Of members that stand twice somebody else must tell.
        return built.parameters().size() == parameters && built.variables().size() == variables ? built : null;
    }

    /** How many members an object has that were put into the gateway; negative when it needs more care. */
    private int members(Gateway.Builder gateway, boolean areParameters) {
        if (!take('{')) {
            return -1;
        }
        if (take('}')) {
            return 0;
        }
        int count = 0;
        while (true) {
            if (!text()) {
                return -1;
            }
            String name = shared();
            String value = take(':') ? value() : null;
            if (value == null) {
                return -1;
            }
            if (areParameters) {
                gateway.set(name, value);
            } else {
                gateway.variable(name, value);
            }
            count++;
            if (!take(',')) {
                return take('}') ? count : -1;
            }
        }
    }

    private @Nullable String value() {
        if (text()) {
            return shared();
        }
        if (at >= json.length) {
            return null;
        }
        return switch (json[at]) {
            case 't' -> word("true") ? "true" : null;
            case 'f' -> word("false") ? "false" : null;
            case 'n' -> word("null") ? "" : null;
            default -> wholeNumber() ? shared() : null;
        };
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= json.length || json[at++] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Digits without a zero in front; what follows them must be looked at by the caller. */
    private boolean wholeNumber() {
        start = at;
        hash = 0;
        while (at < json.length && json[at] >= '0' && json[at] <= '9') {
            hash = 31 * hash + json[at++];
        }
        end = at;
        return start < end && (json[start] != '0' || end == start + 1);
    }

    /** Passes a text; false, and nowhere else than before, when there is none, or one that is not plain. */
    private boolean text() {
        skipBlanks();
        if (at >= json.length || json[at] != '"') {
            return false;
        }
        int from = at + 1;
        int sum = 0;
        for (int i = from; i < json.length; i++) {
            byte b = json[i];
            if (b == '"') {
                start = from;
                end = i;
                hash = sum;
                at = i + 1;
                return true;
            }
            if (b < ' ' || b == '\\') {
                return false;
            }
            sum = 31 * sum + b;
        }
        return false;
    }

    private boolean is(byte[] word) {
        return Arrays.equals(json, start, end, word, 0, word.length);
    }

    /** The text that was passed last. */
    private String shared() {
        int length = end - start;
        if (length > LONGEST_SHARED) {
            return new String(json, start, length, StandardCharsets.ISO_8859_1);
        }
        int place = (hash ^ hash >>> 10) & (SHARED - 1);
        String known = shared[place];
        if (known != null && equalsPassed(known)) {
            return known;
        }
        String fresh = new String(json, start, length, StandardCharsets.ISO_8859_1);
        shared[place] = fresh;
        return fresh;
    }

    private boolean equalsPassed(String text) {
        int length = end - start;
        // String keeps this very hash once somebody asked for it, so that most others are known at once.
        if (text.length() != length || text.hashCode() != hash) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != json[start + i]) {
                return false;
            }
        }
        return true;
    }

    private boolean take(char sign) {
        skipBlanks();
        if (at < json.length && json[at] == sign) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < json.length && (json[at] == ' ' || json[at] == '\n' || json[at] == '\t' || json[at] == '\r')) {
            at++;
        }
    }
}
