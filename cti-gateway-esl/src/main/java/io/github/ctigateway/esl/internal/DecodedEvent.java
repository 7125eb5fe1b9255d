package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslProtocolException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event whose headers are decoded together, when they are first asked for. */
abstract class DecodedEvent implements EslEvent {
    private static final String ARRAY = "ARRAY::";
    private static final String ARRAY_SEPARATOR = "|:";

    private volatile @Nullable Decoded decoded;

    /** Headers in order, and the body. */
    record Decoded(Map<String, List<String>> headers, String body) {}

    abstract Decoded decode();

    final boolean isDecoded() {
        return decoded != null;
    }

    private Decoded decoded() {
        Decoded now = decoded;
        if (now == null) {
            // Two threads may both decode; they get the same.
            now = decode();
            decoded = now;
        }
        return now;
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : joined(values);
    }

    @Override
    public final List<String> values(String name) {
        // The first one wins, as with what is read without decoding everything.
        for (Map.Entry<String, List<String>> header : decoded().headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return Collections.unmodifiableList(header.getValue());
            }
        }
        return List.of();
    }

    @Override
    public final Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>();
        decoded().headers().forEach((name, values) -> all.put(name, joined(values)));
        return Collections.unmodifiableMap(all);
    }

    @Override
    public final String body() {
        return decoded().body();
    }

    final Map<String, List<String>> allValues() {
        return decoded().headers();
    }

    private static String joined(List<String> values) {
        return values.size() == 1 ? values.get(0) : ARRAY + String.join(ARRAY_SEPARATOR, values);
    }

    /** The values in a text that FreeSWITCH wrote for an array, or the text itself. */
    static List<String> split(String value) {
        return value.startsWith(ARRAY) ? List.of(value.substring(ARRAY.length()).split("\\|:", -1)) : List.of(value);
    }

    @Override
    public final String toString() {
        // Headers may hold what is nobody's business; the name says enough.
        return "EslEvent[" + described() + size() + " bytes]";
    }

    private String described() {
        try {
            return name() + (subclass().isEmpty() ? ", " : " " + subclass() + ", ");
        } catch (EslProtocolException e) {
            return "unreadable, ";
        }
    }
}
