package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads and writes the stored form of one gateway. */
public final class GatewayDocument {
    private static final char REPLACEMENT = '\uFFFD';

    private GatewayDocument() {}

    /** Reads the bytes of a stored value. */
    public static DecodedGateway decode(String name, byte[] utf8) {
        if (utf8.length > SourceReader.MAX_BYTES) {
            return tooLong(name);
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            int invalid = firstInvalid(utf8);
            if (invalid >= 0) {
                return unreadable(name, "json.utf8", "byte " + invalid + " is not UTF-8", "save it as UTF-8");
            }
        }
        return decodeShort(name, text);
    }

    /** Reads a text. */
    public static DecodedGateway decode(String name, String text) {
        if (JsonLimits.isTooLong(text)) {
            return tooLong(name);
        }
        int lone = Surrogates.firstLone(text);
        if (lone >= 0) {
            Findings findings = new Findings(text);
            findings.error(
                    "json.surrogate",
                    Findings.DOCUMENT,
                    lone,
                    "the text holds half a character (a lone surrogate), which UTF-8 cannot express",
                    "write the whole character");
            return new DecodedGateway.Unreadable(name, findings.all());
        }
        return decodeShort(name, text);
    }

    private static DecodedGateway decodeShort(String name, String text) {
        Gateway plain = PlainDocument.read(name, text);
        if (plain != null) {
            return new DecodedGateway.Read(plain, List.of());
        }
        Findings findings = new Findings(text);
        Gateway gateway = GatewayReader.read(name, text, findings);
        return gateway == null
                ? new DecodedGateway.Unreadable(name, findings.all())
                : new DecodedGateway.Read(gateway, findings.all());
    }

    /** A new document. */
    public static String encode(Gateway gateway) {
        JsonLimits.check(gateway);
        return JsonLimits.checkLength(gateway, GatewayWriter.write(gateway));
    }

    /** A new document as it is stored: {@link #encode(Gateway)} in UTF-8. */
    static byte[] encodeUtf8(Gateway gateway) {
        byte[] plain = PlainWriter.write(gateway);
        return plain == null ? encode(gateway).getBytes(StandardCharsets.UTF_8) : plain;
    }

    /**
     * The document of a gateway that takes the place of another; what they have in common keeps its bytes.
     *
     * @param original a text that {@link #decode} can read
     * @throws IllegalArgumentException when it cannot
     */
    public static String encode(Gateway changed, String original) {
        Findings findings = new Findings(original);
        SourceValue document = SourceReader.read(original, GatewayReader.INTERPRETED, findings);
        Gateway before =
                document == null ? null : GatewayReader.interpret(changed.name(), original, document, findings);
        if (document == null || before == null) {
            throw new IllegalArgumentException("the original is no gateway: " + findings.all());
        }
        if (before.equals(changed)) {
            return original;
        }
        JsonLimits.check(changed);
        return JsonLimits.checkLength(changed, GatewayPatch.patch(original, document, before, changed));
    }

    private static DecodedGateway tooLong(String name) {
        return unreadable(
                name,
                "json.size",
                "the text is longer than " + SourceReader.MAX_BYTES + " bytes",
                "shorten its values");
    }

    private static DecodedGateway unreadable(String name, String code, String message, String hint) {
        return new DecodedGateway.Unreadable(
                name, List.of(new Violation(Severity.ERROR, code, Findings.DOCUMENT, message, hint)));
    }

    /** The place of the first byte that is no UTF-8, or -1 when the text really holds U+FFFD. */
    private static int firstInvalid(byte[] utf8) {
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, CharBuffer.allocate(utf8.length), true);
        return result.isError() ? in.position() : -1;
    }
}
