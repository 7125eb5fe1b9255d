package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of the wire into frames, wherever they are split. A frame is header lines, an empty line, and as many bytes of body as
 * {@code Content-Length} says. Not thread-safe; of no use after it threw.
 */
public final class FrameParser {
    private static final byte[] CONTENT_TYPE = "Content-Type".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "Content-Length".getBytes(StandardCharsets.US_ASCII);

    /** A body is believed, and memory taken, up to this size at once; beyond, as it arrives. */
    private static final int TRUSTED_LENGTH = 256 << 10;

    private final int maxHeader;
    private final int maxBody;
    private byte[] scratch = new byte[512];

    /** How many bytes after the buffer's position are known not to end the header block. */
    private int scanned;

    private FrameType type = FrameType.OTHER;
    private byte[] head = Frame.NONE;
    private int length = -1;
    private byte @Nullable [] body;
    private int filled;

    /**
     * @param maxHeader the longest header block in bytes; the buffers handed in must be able to hold one more byte than this
     * @param maxBody the longest body in bytes
     */
    public FrameParser(int maxHeader, int maxBody) {
        this.maxHeader = maxHeader;
        this.maxBody = maxBody;
    }

    /**
     * The next frame, or null when more bytes are needed. What of an unfinished header block is in the buffer stays there: compact it and
     * read on behind it.
     *
     * @param in ready to be read from
     * @throws EslProtocolException when these bytes are no frames, or a limit is passed
     */
    public @Nullable Frame next(ByteBuffer in) {
        if (body == null && !readHead(in)) {
            return null;
        }
        return readBody(in);
    }

    /** Whether the bytes so far end in the middle of a frame. */
    public boolean isMidFrame(ByteBuffer in) {
        return body != null || in.hasRemaining();
    }

    private boolean readHead(ByteBuffer in) {
        if (scanned == 0) {
            skipEmptyLines(in);
        }
        int start = in.position();
        int limit = in.limit();
        for (int i = start + scanned; i < limit; i++) {
            if (in.get(i) == '\n' && i > start && endsLine(in, start, i)) {
                takeHead(in, i - start);
                return true;
            }
            if (i - start >= maxHeader) {
                throw new EslProtocolException("A header block is longer than " + maxHeader + " bytes");
            }
        }
        scanned = limit - start;
        return false;
    }

    /** FreeSWITCH ends some replies with one line end too many; they would look like an empty header block. */
    private static void skipEmptyLines(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte b = in.get(in.position());
            if (b != '\n' && b != '\r') {
                return;
            }
            in.position(in.position() + 1);
        }
    }

    /** Whether the line that ends at {@code i} is empty. */
    private static boolean endsLine(ByteBuffer in, int start, int i) {
        byte before = in.get(i - 1);
        return before == '\n' || (before == '\r' && i - 2 >= start && in.get(i - 2) == '\n');
    }

    private void takeHead(ByteBuffer in, int size) {
        if (scratch.length < size) {
            scratch = new byte[Math.max(size, scratch.length * 2)];
        }
        in.get(scratch, 0, size);
        in.position(in.position() + 1);
        scanned = 0;
        parseHead(size);
        length = Math.max(length, 0);
        body = length == 0 ? Frame.NONE : new byte[Math.min(length, TRUSTED_LENGTH)];
        filled = 0;
    }

    private void parseHead(int size) {
        @Nullable FrameType found = null;
        length = -1;
        int lines = 0;
        int headers = 0;
        for (int at = 0; at < size; ) {
            int newline = Ascii.indexOf((byte) '\n', scratch, at, size);
            int end = newline > at && scratch[newline - 1] == '\r' ? newline - 1 : newline;
            if (end > at) {
                int colon = Ascii.indexOf((byte) ':', scratch, at, end);
                if (colon == end || colon == at) {
                    throw new EslProtocolException(
                            "A header line has no name: this is not an event socket, or bytes were lost");
                }
                headers++;
                int value = colon + 1 < end && scratch[colon + 1] == ' ' ? colon + 2 : colon + 1;
                if (Ascii.equalsIgnoreCase(CONTENT_LENGTH, scratch, at, colon)) {
                    length = contentLength(value, end);
                } else if (Ascii.equalsIgnoreCase(CONTENT_TYPE, scratch, at, colon)) {
                    found = FrameType.of(scratch, value, end);
                }
            }
            lines = end > at ? newline : lines;
            at = newline + 1;
        }
        if (found == null) {
            throw new EslProtocolException("A frame has no Content-Type");
        }
        if (length < 0 && found.needsLength()) {
            throw new EslProtocolException("A frame of type " + found + " has no Content-Length");
        }
        type = found;
        boolean saysMore = headers > (length >= 0 ? 2 : 1) && !found.isEvent() && found != FrameType.LOG_DATA;
        head = saysMore ? Arrays.copyOf(scratch, lines) : Frame.NONE;
    }

    private int contentLength(int from, int to) {
        int number = Ascii.number(scratch, from, to);
        if (number < 0) {
            throw new EslProtocolException("A Content-Length is not a number of bytes");
        }
        if (number > maxBody) {
            throw new EslProtocolException("A body of " + number + " bytes is announced; the limit is " + maxBody);
        }
        if (length >= 0 && number != length) {
            throw new EslProtocolException("A frame has two Content-Lengths, " + length + " and " + number);
        }
        return number;
    }

    private @Nullable Frame readBody(ByteBuffer in) {
        byte[] target = body;
        if (target == null) {
            return null;
        }
        while (filled < length && in.hasRemaining()) {
            if (filled == target.length) {
                target = Arrays.copyOf(target, (int) Math.min(length, target.length * 2L));
                body = target;
            }
            int count = Math.min(in.remaining(), target.length - filled);
            in.get(target, filled, count);
            filled += count;
        }
        if (filled < length) {
            return null;
        }
        body = null;
        return new Frame(type, head, target);
    }
}
