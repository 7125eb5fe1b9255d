package io.github.ctigateway.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What mod_cti's own configuration, {@code cti.json}, says about the status of gateways:
 *
 * <pre>
 * "gui": {"gateway": {"hash": "gateways", "channel": "", "list": ""}}
 * </pre>
 *
 * <p>The file is JSON with comments and may have trailing commas. An empty name, or one that is not there, turns that way off.
 */
public final class CtiJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private CtiJson() {}

    /**
     * Where mod_cti writes the status of gateways, and where it can be read.
     *
     * @param text the whole of {@code cti.json}
     * @throws CtiJsonException when the text is no such file; its text is not quoted
     */
    public static RedisStatusOptions statusOptions(String text) {
        String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw failure("it is not an object", parser.currentTokenLocation());
            }
            Map<String, String> names = new HashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                if (enters(parser, "gui")) {
                    gui(parser, names);
                }
            }
            if (parser.nextToken() != null) {
                throw failure("there is more text after its end", parser.currentTokenLocation());
            }
            return RedisStatusOptions.of(
                    names.getOrDefault("hash", ""), names.getOrDefault("channel", ""), names.getOrDefault("list", ""));
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw failure("it is not JSON", place);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private static void gui(JsonParser parser, Map<String, String> names) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (enters(parser, "gateway")) {
                names.clear();
                gateway(parser, names);
            }
        }
    }

    private static void gateway(JsonParser parser, Map<String, String> names) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                names.put(name, parser.getText());
            } else if (value == JsonToken.VALUE_NULL) {
                names.put(name, "");
            } else if (value.isScalarValue()) {
                throw failure("gui.gateway." + name + " is not a text", parser.currentTokenLocation());
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Moves to the value of a member: into it when it is the wanted object, else past it. */
    private static boolean enters(JsonParser parser, String wanted) throws IOException {
        boolean named = parser.currentName().equals(wanted);
        JsonToken value = parser.nextToken();
        if (named && value == JsonToken.START_OBJECT) {
            return true;
        }
        if (named && value != JsonToken.VALUE_NULL) {
            throw failure(wanted + " is not an object", parser.currentTokenLocation());
        }
        parser.skipChildren();
        return false;
    }

    private static CtiJsonException failure(String what, JsonLocation place) {
        return new CtiJsonException(what, Math.max(1, place.getLineNr()), Math.max(1, place.getColumnNr()));
    }
}
