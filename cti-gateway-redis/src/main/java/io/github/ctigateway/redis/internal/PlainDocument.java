package io.github.ctigateway.redis.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents that nearly all are: {@code param} and {@code variables}, each once, of scalars, and nothing else. It keeps no
 * places and reports nothing: whatever else it meets it leaves to {@link GatewayReader}, which takes some three times as long.
 */
final class PlainDocument {
    private final JsonParser parser;
    private final Gateway.Builder gateway;
    private int parameters;
    private int variables;

    private PlainDocument(JsonParser parser, String name) {
        this.parser = parser;
        this.gateway = Gateway.builder(name);
    }

    /** The gateway; null when the text must be read with all care. */
    static @Nullable Gateway read(String name, String text) {
        if (text.indexOf('\\') >= 0) {
            // An escape may hide half a character.
            return null;
        }
        try (JsonParser parser = SourceReader.parser(text)) {
            return new PlainDocument(parser, name).read();
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private @Nullable Gateway read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        boolean paramSeen = false;
        boolean variablesSeen = false;
        for (String member = parser.nextFieldName(); member != null; member = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            if (member.equals(GatewayReader.PARAM) && !paramSeen) {
                paramSeen = true;
                if (!param()) {
                    return null;
                }
            } else if (member.equals(GatewayReader.VARIABLES) && !variablesSeen) {
                variablesSeen = true;
                if (!variables()) {
                    return null;
                }
            } else {
                return null;
            }
        }
        return parser.nextToken() == null ? withoutDuplicates() : null;
    }

    private @Nullable Gateway withoutDuplicates() {
        Gateway built = gateway.build();
        return built.parameters().size() == parameters && built.variables().size() == variables ? built : null;
    }

    private boolean param() throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            String value = scalar();
            if (value == null) {
                return false;
            }
            gateway.set(name, value);
            parameters++;
        }
        return true;
    }

    private boolean variables() throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            String value = scalar();
            if (value == null) {
                return false;
            }
            gateway.variable(name, value);
            variables++;
        }
        return true;
    }

    private @Nullable String scalar() throws IOException {
        JsonToken token = parser.nextToken();
        return switch (token) {
            case START_OBJECT, START_ARRAY -> null;
            case VALUE_NULL -> "";
            default -> parser.getText();
        };
    }
}
