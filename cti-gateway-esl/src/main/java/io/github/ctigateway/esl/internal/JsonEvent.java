package io.github.ctigateway.esl.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ctigateway.esl.EslProtocolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event in JSON: one object of texts and arrays of texts, the body under {@code _body}. */
final class JsonEvent extends DecodedEvent {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    private static final String BODY = "_body";

    private final byte[] bytes;

    JsonEvent(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Asked for one header, it reads as far as that header, and makes no text of the others. */
    @Override
    public @Nullable String header(String name) {
        if (isDecoded()) {
            return super.header(name);
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return super.header(name);
            }
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (field.equalsIgnoreCase(name) && !field.equals(BODY)) {
                    return token.isScalarValue() ? parser.getText() : super.header(name);
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return super.header(name);
        }
    }

    @Override
    Decoded decode() {
        try (JsonParser parser = JSON.createParser(bytes)) {
            return read(parser);
        } catch (IOException strict) {
            // FreeSWITCH passes on what others sent, and that is not always UTF-8.
            try (JsonParser parser = JSON.createParser(raw())) {
                return read(parser);
            } catch (IOException e) {
                throw new EslProtocolException("An event of " + bytes.length + " bytes is no JSON object", e);
            }
        }
    }

    private static Decoded read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("not an object");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>(64);
        String body = "";
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals(BODY)) {
                body = text(parser, token);
            } else if (token == JsonToken.START_ARRAY) {
                List<String> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(text(parser, parser.currentToken()));
                }
                if (!values.isEmpty()) {
                    headers.putIfAbsent(name, values);
                }
            } else {
                headers.putIfAbsent(name, List.of(text(parser, token)));
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object does not end");
        }
        return new Decoded(headers, body);
    }

    private static String text(JsonParser parser, JsonToken token) throws IOException {
        if (token == null || token.isStructStart()) {
            throw new IOException("a value is not a text");
        }
        return parser.getText();
    }

    @Override
    public String json() {
        return raw();
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
