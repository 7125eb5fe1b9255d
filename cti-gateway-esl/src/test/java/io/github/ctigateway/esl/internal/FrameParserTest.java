package io.github.ctigateway.esl.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.esl.EslProtocolException;
import io.github.ctigateway.esl.ScriptedServer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FrameParserTest {
    private static final int MAX_HEADER = 4096;
    private static final int MAX_BODY = 1 << 20;
    private static final long MOST_TAKEN = 2 << 20;

    private static final String BODY = "a\n\nb\u00e9\u540d";
    private static final String CONVERSATION = "Content-Type: auth/request\n\n"
            + "Content-Type: command/reply\nReply-Text: +OK accepted\n\n"
            + ScriptedServer.apiFrame(BODY)
            + ScriptedServer.jsonFrame("{\"Event-Name\":\"X\"}")
            + ScriptedServer.plainFrame("Event-Name: Y\nContent-Length: 3\n\nz\n\n")
            + ScriptedServer.apiFrame("")
            + "Content-Type: command/reply\nReply-Text: +OK Job-UUID: 1\nJob-UUID: 1\n\n\n"
            + "content-type: text/disconnect-notice\r\nCONTENT-LENGTH:2\r\n\r\nby";

    private final FrameParser parser = new FrameParser(MAX_HEADER, MAX_BODY);

    /** Reads the bytes in pieces of these sizes, as a reader does: unfinished headers stay in the buffer. */
    private static List<Frame> parse(FrameParser parser, byte[] bytes, Random sizes, int largest) {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(MAX_HEADER + 1024);
        for (int at = 0; at < bytes.length; ) {
            int size = Math.min(
                    Math.min(bytes.length - at, buffer.remaining()), largest == 1 ? 1 : 1 + sizes.nextInt(largest));
            buffer.put(bytes, at, size);
            at += size;
            buffer.flip();
            for (Frame frame = parser.next(buffer); frame != null; frame = parser.next(buffer)) {
                frames.add(frame);
            }
            buffer.compact();
        }
        return frames;
    }

    private static List<String> described(List<Frame> frames) {
        return frames.stream()
                .map(frame ->
                        frame.type() + "|" + new String(frame.head(), StandardCharsets.UTF_8) + "|" + frame.text())
                .toList();
    }

    private List<Frame> parse(String text) {
        return parse(parser, text.getBytes(StandardCharsets.UTF_8), new Random(0), MAX_HEADER);
    }

    @Test
    void gluedFramesAreCutApart() {
        List<Frame> frames = parse(CONVERSATION);
        assertThat(frames)
                .extracting(Frame::type)
                .containsExactly(
                        FrameType.AUTH_REQUEST,
                        FrameType.COMMAND_REPLY,
                        FrameType.API_RESPONSE,
                        FrameType.EVENT_JSON,
                        FrameType.EVENT_PLAIN,
                        FrameType.API_RESPONSE,
                        FrameType.COMMAND_REPLY,
                        FrameType.DISCONNECT_NOTICE);
        assertThat(frames.get(1).replyText()).isEqualTo("+OK accepted");
        assertThat(frames.get(2).text()).isEqualTo(BODY);
        assertThat(frames.get(6).header("job-uuid")).isEqualTo("1");
        assertThat(frames.get(7).text()).isEqualTo("by");
        assertThat(parse("Content-Type: command/reply\r\nReply-Text: +OK\r\n\r\n")
                        .get(0)
                        .reply()
                        .headers())
                .containsOnlyKeys("Content-Type", "Reply-Text");
    }

    @Test
    void splitAtEveryByteBoundaryGivesTheSameFrames() {
        List<String> whole = described(parse(CONVERSATION));
        byte[] bytes = CONVERSATION.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            FrameParser fresh = new FrameParser(MAX_HEADER, MAX_BODY);
            ByteBuffer buffer = ByteBuffer.allocate(MAX_HEADER + 1024);
            List<Frame> frames = new ArrayList<>();
            for (byte[] part : List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length))) {
                buffer.put(part).flip();
                for (Frame frame = fresh.next(buffer); frame != null; frame = fresh.next(buffer)) {
                    frames.add(frame);
                }
                buffer.compact();
            }
            assertThat(described(frames)).as("cut at %d", cut).isEqualTo(whole);
        }
        assertThat(described(parse(new FrameParser(MAX_HEADER, MAX_BODY), bytes, new Random(0), 1)))
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: api/response\n\n",
                "Content-Type: text/event-json\n\n",
                "Content-Type: text/event-plain\nContent-Length: \n\n",
                "Content-Type: api/response\nContent-Length: -1\n\n",
                "Content-Type: api/response\nContent-Length: 0x10\n\n",
                "Content-Type: api/response\nContent-Length: 12a\n\n",
                "Content-Type: api/response\nContent-Length: 99999999999\n\n",
                "Content-Type: api/response\nContent-Length: 4294967297\n\n",
                "Content-Type: api/response\nContent-Length: 1048577\n\n",
                "Content-Type: api/response\nContent-Length: 1\nContent-Length: 2\n\n",
                "Content-Length: 3\n\nabc",
                "no colon here\n\n",
                ": no name\n\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n"
            })
    void whatIsNoFrameIsTyped(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(EslProtocolException.class);
    }

    @Test
    void headerBlockIsCapped() {
        String endless = "X: " + "y".repeat(MAX_HEADER * 2);
        assertThatThrownBy(() -> parse(endless))
                .isInstanceOf(EslProtocolException.class)
                .hasMessageContaining("4096");
    }

    @Test
    void bodyOfTheLargestSizeIsTaken() {
        String body = "b".repeat(MAX_BODY);
        assertThat(parse(ScriptedServer.apiFrame(body)))
                .singleElement()
                .satisfies(frame -> assertThat(frame.text()).isEqualTo(body));
    }

    @Test
    void everyProperBeginningOfAFrameIsMidFrame() {
        byte[] bytes = ScriptedServer.jsonFrame("{\"Event-Name\":\"X\"}").getBytes(StandardCharsets.UTF_8);
        for (int end = 1; end < bytes.length; end++) {
            FrameParser fresh = new FrameParser(MAX_HEADER, MAX_BODY);
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, end);
            assertThat(fresh.next(buffer)).isNull();
            assertThat(fresh.isMidFrame(buffer)).isTrue();
        }
    }

    @Test
    void tenMillionRandomBytesGiveFramesOrTheTypedFailure() {
        Random random = new Random(20261122);
        byte[] noise = new byte[10_000];
        String[] scraps = {
            "Content-Type: ", "Content-Length: ", "api/response", "\n", "\n\n", "1", "9999999", ": ", "text/event-json"
        };
        int failures = 0;
        long most = 0;
        for (int round = 0; round < 1_000; round++) {
            random.nextBytes(noise);
            // Pure noise fails at once; scraps of the protocol lead it deeper.
            for (int i = 0; round % 2 == 0 && i < 400; i++) {
                byte[] scrap = scraps[random.nextInt(scraps.length)].getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(scrap, 0, noise, random.nextInt(noise.length - scrap.length), scrap.length);
            }
            long before = allocated();
            try {
                parse(new FrameParser(MAX_HEADER, MAX_BODY), noise, random, 2_000);
            } catch (EslProtocolException e) {
                failures++;
            }
            most = Math.max(most, allocated() - before);
        }
        assertThat(failures).isPositive();
        assertThat(most)
                .as("bytes taken for 10,000 bytes of noise")
                .isPositive()
                .isLessThan(MOST_TAKEN);
    }

    @Test
    void announcedBodyTakesNoMemoryBeforeItComes() {
        String head = "Content-Type: text/event-json\nContent-Length: " + (16 << 20) + "\n\n";
        ByteBuffer in = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));

        long before = allocated();
        assertThat(new FrameParser(MAX_HEADER, 16 << 20).next(in)).isNull();

        assertThat(allocated() - before).isPositive().isLessThan(MOST_TAKEN);
    }

    /** What this thread has allocated so far, in bytes. */
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void damagedConversationsGiveFramesOrTheTypedFailure() {
        Random random = new Random(4);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = CONVERSATION.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                parse(new FrameParser(MAX_HEADER, MAX_BODY), bytes, random, 200)
                        .forEach(frame -> assertThat(frame.reply()).isNotNull());
            } catch (EslProtocolException e) {
                assertThat(e.isRetryable()).isTrue();
            }
        }
    }
}
