package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslReply;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One frame of the wire, its bytes not decoded yet. Owns its arrays; nobody changes them.
 *
 * @param type what it is
 * @param head the outer header lines; kept only where they say more than type and length
 * @param body the body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
public record Frame(FrameType type, byte[] head, byte[] body) {
    static final byte[] NONE = new byte[0];

    /** The value of an outer header as it stands there, or null. */
    public @Nullable String header(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < head.length; ) {
            int end = Ascii.indexOf((byte) '\n', head, at, head.length);
            int colon = Ascii.indexOf((byte) ':', head, at, end);
            if (Ascii.equalsIgnoreCase(wanted, head, at, colon)) {
                return value(colon, end);
            }
            at = end + 1;
        }
        return null;
    }

    /** The {@code Reply-Text}, empty when there is none. */
    public String replyText() {
        String text = header("Reply-Text");
        return text == null ? "" : text;
    }

    /** This frame as the answer to a command. */
    EslReply reply() {
        if (head.length == 0) {
            return new EslReply("", Map.of(), text());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int at = 0; at < head.length; ) {
            int end = Ascii.indexOf((byte) '\n', head, at, head.length);
            int colon = Ascii.indexOf((byte) ':', head, at, end);
            headers.putIfAbsent(new String(head, at, colon - at, StandardCharsets.UTF_8), value(colon, end));
            at = end + 1;
        }
        return new EslReply(replyText(), headers, text());
    }

    /** The body as text. */
    public String text() {
        return body.length == 0 ? "" : new String(body, StandardCharsets.UTF_8);
    }

    private String value(int colon, int end) {
        int from = Math.min(colon + 1, end);
        int to = end;
        while (from < to && head[from] == ' ') {
            from++;
        }
        if (to > from && head[to - 1] == '\r') {
            to--;
        }
        return new String(head, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Frame[" + type + ", " + body.length + " bytes]";
    }
}
