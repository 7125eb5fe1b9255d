package io.github.ctigateway.redis.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.ctigateway.redis.internal.SourceValue.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the text of one document into values with places. Members that nobody interprets are skipped over, but checked. */
final class SourceReader {
    /** Deeper documents are refused. */
    static final int MAX_DEPTH = 32;

    /** Longer documents are refused, in bytes of UTF-8. */
    static final int MAX_BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Names are not interned and a flood of colliding names is no error: both are for documents whose author is trusted. The other
     * limits are wide, since the length of the whole document is checked first.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_BYTES)
                    .maxNameLength(MAX_BYTES)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private final String text;
    private final int shift;
    private final Set<String> interpreted;
    private final Findings findings;
    private final JsonParser parser;

    private SourceReader(String text, int shift, Set<String> interpreted, Findings findings) throws IOException {
        this.text = text;
        this.shift = shift;
        this.interpreted = interpreted;
        this.findings = findings;
        this.parser = parser(shift == 0 ? text : text.substring(shift));
    }

    /** A parser with the limits of gateway documents. */
    static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    /**
     * The object that the text holds, or null when it holds none; then the findings say why.
     *
     * @param interpreted the members of the outermost object to look into
     */
    static @Nullable SourceValue read(String text, Set<String> interpreted, Findings findings) {
        int shift = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        if (shift != 0) {
            findings.warning(
                    "json.bom", Findings.DOCUMENT, 0, "the text begins with a byte order mark", "save it without one");
        }
        try {
            return new SourceReader(text, shift, interpreted, findings).document();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
    }

    private @Nullable SourceValue document() throws IOException {
        try (parser) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                findings.error(
                        "json.syntax",
                        Findings.DOCUMENT,
                        0,
                        "the text is empty",
                        "write {\"param\":{},\"variables\":{}}");
                return null;
            }
            if (first != JsonToken.START_OBJECT) {
                // Whether the rest is JSON does not matter any more, but skipping finds an earlier reason for the same
                // finding.
                findings.error(
                        "json.not-object",
                        Findings.DOCUMENT,
                        start(),
                        "the text is JSON, but not an object",
                        "write {\"param\":{},\"variables\":{}}");
                return null;
            }
            SourceValue document = object(interpreted::contains);
            if (parser.nextToken() != null) {
                findings.error(
                        "json.syntax",
                        Findings.DOCUMENT,
                        start(),
                        "there is more text after the end of the object",
                        "remove it");
                return null;
            }
            return document;
        } catch (StreamConstraintsException e) {
            findings.error(
                    "json.depth",
                    Findings.DOCUMENT,
                    offset(e),
                    "objects and arrays are nested more than " + MAX_DEPTH + " deep",
                    "flatten it");
        } catch (JsonEOFException e) {
            findings.error("json.syntax", Findings.DOCUMENT, text.length(), "the text ends too early", "complete it");
        } catch (JsonProcessingException e) {
            // Jackson's message is not passed on: it quotes the text, and with it perhaps a password.
            if (e.getOriginalMessage().contains("surrogate")) {
                // In names Jackson refuses half characters itself; in values they are found later.
                findings.error(
                        "json.surrogate",
                        Findings.DOCUMENT,
                        offset(e),
                        "a name holds half a character (a lone surrogate), which UTF-8 cannot express",
                        "write the whole character");
            } else {
                findings.error(
                        "json.syntax", Findings.DOCUMENT, offset(e), "the text is not JSON", "mend it at this place");
            }
        }
        return null;
    }

    private SourceValue skipped() throws IOException {
        int start = start();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            parser.skipChildren();
            return SourceValue.opaque(token == JsonToken.START_OBJECT ? Kind.OBJECT : Kind.ARRAY, start, start() + 1);
        }
        return scalar();
    }

    private SourceValue value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(name -> true);
            case START_ARRAY -> array();
            default -> scalar();
        };
    }

    private SourceValue object(Predicate<String> lookedInto) throws IOException {
        int start = start();
        List<SourceMember> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int nameStart = start();
            parser.nextToken();
            members.add(new SourceMember(name, nameStart, lookedInto.test(name) ? value() : skipped()));
        }
        return new SourceValue(Kind.OBJECT, start, start() + 1, "", members, List.of());
    }

    private SourceValue array() throws IOException {
        int start = start();
        List<SourceValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return new SourceValue(Kind.ARRAY, start, start() + 1, "", List.of(), items);
    }

    private SourceValue scalar() throws IOException {
        int start = start();
        JsonToken token = parser.currentToken();
        // Strings are read lazily; their end is known only afterwards.
        String scalar = token == JsonToken.VALUE_NULL ? "" : parser.getText();
        int end = shift + (int) parser.currentLocation().getCharOffset();
        Kind kind = switch (token) {
            case VALUE_STRING -> Kind.STRING;
            case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
            case VALUE_NULL -> Kind.NULL;
            default -> Kind.NUMBER;
        };
        return SourceValue.scalar(kind, start, end, scalar);
    }

    private int start() {
        return shift + (int) parser.currentTokenLocation().getCharOffset();
    }

    private int offset(JsonProcessingException e) {
        return e.getLocation() == null
                ? shift + (int) parser.currentLocation().getCharOffset()
                : shift + (int) Math.max(0, e.getLocation().getCharOffset());
    }
}
