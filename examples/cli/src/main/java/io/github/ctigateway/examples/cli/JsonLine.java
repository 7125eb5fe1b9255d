package io.github.ctigateway.examples.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object on one line. Members whose value is null are left out. Values are text, numbers, booleans, lists, maps, and such. */
final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, Object> members = new LinkedHashMap<>();

    private JsonLine() {}

    /** Begins a line; its type says what it tells. */
    static JsonLine of(String type) {
        return new JsonLine().with("type", type);
    }

    /** Begins an object inside a line. */
    static JsonLine object() {
        return new JsonLine();
    }

    JsonLine with(String member, @Nullable Object value) {
        if (value != null) {
            members.put(member, value);
        }
        return this;
    }

    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, this);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A StringWriter does not fail", impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof JsonLine line) {
            write(generator, line.members);
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                generator.writeFieldName(String.valueOf(member.getKey()));
                write(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object element : list) {
                write(generator, element);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.toString());
        } else {
            generator.writeString(value.toString());
        }
    }
}
