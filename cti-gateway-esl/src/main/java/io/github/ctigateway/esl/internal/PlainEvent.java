package io.github.ctigateway.esl.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.ctigateway.esl.EslProtocolException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event in FreeSWITCH's own writing: header lines with %XX in their values, an empty line, and perhaps a body. Asked for one header, it
 * decodes that line only.
 */
final class PlainEvent extends DecodedEvent {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] CONTENT_LENGTH = "Content-Length".getBytes(StandardCharsets.US_ASCII);
    private static final String EMPTY = "_undef_";

    private final byte[] bytes;

    PlainEvent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public @Nullable String header(String name) {
        if (isDecoded()) {
            return super.header(name);
        }
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length && bytes[at] != '\n'; ) {
            int colon = at + wanted.length;
            if (colon < bytes.length && bytes[colon] == ':' && Ascii.equalsIgnoreCase(wanted, bytes, at, colon)) {
                String value = value(colon, Ascii.indexOf((byte) '\n', bytes, colon, bytes.length));
                List<String> parts = split(value);
                return parts.size() == 1 ? parts.get(0) : value;
            }
            at = Ascii.indexOf((byte) '\n', bytes, at, bytes.length) + 1;
        }
        return null;
    }

    @Override
    Decoded decode() {
        Map<String, List<String>> headers = new LinkedHashMap<>(64);
        int length = -1;
        int at = 0;
        while (at < bytes.length && bytes[at] != '\n') {
            int end = Ascii.indexOf((byte) '\n', bytes, at, bytes.length);
            int colon = Ascii.indexOf((byte) ':', bytes, at, end);
            if (colon == end || colon == at) {
                throw new EslProtocolException("An event of " + bytes.length + " bytes has a line without a name");
            }
            if (Ascii.equalsIgnoreCase(CONTENT_LENGTH, bytes, at, colon)) {
                length = Ascii.number(bytes, colon + 1, end);
            }
            headers.putIfAbsent(new String(bytes, at, colon - at, StandardCharsets.UTF_8), split(value(colon, end)));
            at = end + 1;
        }
        int start = Math.min(at + 1, bytes.length);
        int size = length < 0 ? 0 : Math.min(length, bytes.length - start);
        return new Decoded(headers, new String(bytes, start, size, StandardCharsets.UTF_8));
    }

    private String value(int colon, int end) {
        int from = colon + 1;
        if (from < end && bytes[from] == ' ') {
            from++;
        }
        String value = percentDecoded(from, Math.max(from, end));
        return value.equals(EMPTY) ? "" : value;
    }

    private String percentDecoded(int from, int to) {
        if (Ascii.indexOf((byte) '%', bytes, from, to) == to) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        byte[] decoded = new byte[to - from];
        int count = 0;
        for (int i = from; i < to; i++) {
            int high = bytes[i] == '%' && i + 2 < to ? Ascii.hexDigit(bytes[i + 1]) : -1;
            int low = high >= 0 ? Ascii.hexDigit(bytes[i + 2]) : -1;
            if (low >= 0) {
                decoded[count++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                decoded[count++] = bytes[i];
            }
        }
        return new String(decoded, 0, count, StandardCharsets.UTF_8);
    }

    @Override
    public String json() {
        StringWriter text = new StringWriter(bytes.length + 64);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, List<String>> header : allValues().entrySet()) {
                json.writeFieldName(header.getKey());
                if (header.getValue().size() == 1) {
                    json.writeString(header.getValue().get(0));
                } else {
                    json.writeArray(
                            header.getValue().toArray(String[]::new),
                            0,
                            header.getValue().size());
                }
            }
            if (!body().isEmpty()) {
                json.writeStringField("_body", body());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }

    @Override
    public String raw() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int size() {
        return bytes.length;
    }
}
