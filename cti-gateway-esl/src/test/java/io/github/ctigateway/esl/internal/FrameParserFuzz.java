package io.github.ctigateway.esl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ctigateway.esl.EslProtocolException;
import io.github.ctigateway.fuzz.FuzzTally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Any bytes, however they arrive, are the same frames, then nothing or the typed failure; and nothing is kept that is longer than the
 * limits. The first byte says how long the pieces are.
 */
class FrameParserFuzz {
    private static final int MAX_HEADER = 512;
    private static final int MAX_BODY = 2_048;

    @RegisterExtension
    static final FuzzTally TALLY = new FuzzTally();

    @FuzzTest
    @DictionaryEntries({
        "Content-Type: ",
        "Content-Length: ",
        "Reply-Text: ",
        "Job-UUID: ",
        "auth/request",
        "command/reply",
        "api/response",
        "text/event-json",
        "text/event-plain",
        "text/event-xml",
        "text/disconnect-notice",
        "text/rude-rejection",
        "log/data",
        "\\x0A\\x0A",
        "\\x0D\\x0A\\x0D\\x0A"
    })
    void piecesGiveTheFramesOfTheWhole(byte[] input) {
        TALLY.count();
        int piece = input.length == 0 ? 1 : 1 + (input[0] & 0xFF);
        List<String> inPieces = parsed(input, piece);
        assertThat(inPieces).isEqualTo(parsed(input, Math.max(1, input.length)));
    }

    private static List<String> parsed(byte[] input, int piece) {
        FrameParser parser = new FrameParser(MAX_HEADER, MAX_BODY);
        ByteBuffer buffer = ByteBuffer.allocate(MAX_HEADER + 1);
        List<String> frames = new ArrayList<>();
        try {
            for (int at = Math.min(1, input.length); at < input.length; ) {
                int size = Math.min(Math.min(piece, input.length - at), buffer.remaining());
                buffer.put(input, at, size).flip();
                at += size;
                for (Frame frame = parser.next(buffer); frame != null; frame = parser.next(buffer)) {
                    frames.add(described(frame));
                }
                buffer.compact();
                assertThat(buffer.hasRemaining()).as("room to read on").isTrue();
            }
            buffer.flip();
            frames.add("mid frame: " + parser.isMidFrame(buffer));
        } catch (EslProtocolException refused) {
            frames.add(String.valueOf(refused.getMessage()));
        }
        return frames;
    }

    private static String described(Frame frame) {
        assertThat(frame.head().length).isLessThanOrEqualTo(MAX_HEADER);
        assertThat(frame.body().length).isLessThanOrEqualTo(MAX_BODY);
        String head = new String(frame.head(), StandardCharsets.ISO_8859_1);
        return frame.type() + "|" + head + "|" + frame.replyText() + "|" + frame.reply() + "|" + frame.text();
    }
}
