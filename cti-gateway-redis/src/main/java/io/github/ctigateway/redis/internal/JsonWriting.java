package io.github.ctigateway.redis.internal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.ctigateway.redis.internal.SourceValue.Kind;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes the small pieces of JSON that documents are made of. */
final class JsonWriting {
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    private JsonWriting() {}

    static void string(StringBuilder out, String value) {
        out.append('"');
        if (isPlain(value)) {
            out.append(value);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(value, out);
        }
        out.append('"');
    }

    /** Nearly every text needs no escape, and looking for one is much cheaper than copying character by character. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    static String string(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2);
        string(out, value);
        return out.toString();
    }

    /** The value in the form it had, when that form can hold it: a boolean or number stays one. */
    static String scalarLike(Kind kind, String value) {
        boolean bare = switch (kind) {
            case BOOLEAN -> value.equals("true") || value.equals("false");
            case NUMBER -> NUMBER.matcher(value).matches();
            default -> false;
        };
        return bare ? value : string(value);
    }

    /** An object on one line whose values are raw JSON. */
    static String object(Map<String, String> rawValues, String colon) {
        StringBuilder out = new StringBuilder("{");
        rawValues.forEach((name, raw) -> {
            if (out.length() > 1) {
                out.append(", ");
            }
            string(out, name);
            out.append(colon).append(raw);
        });
        return out.append('}').toString();
    }
}
