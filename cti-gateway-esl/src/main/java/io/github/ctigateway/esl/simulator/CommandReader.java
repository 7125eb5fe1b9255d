package io.github.ctigateway.esl.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes commands off a connection, byte by byte as mod_event_socket does (read_packet). Used by one thread. */
final class CommandReader {
    private static final Logger LOG = LoggerFactory.getLogger(CommandReader.class);
    private static final int MAX_BYTES = 10 * 1024 * 1024;

    private final InputStream in;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private int lineEnds;

    /** The stream's reads must time out. */
    CommandReader(InputStream in) {
        this.in = in;
    }

    /** Whether half a command is here: no events are sent meanwhile. */
    boolean midCommand() {
        return buffer.size() > 0;
    }

    /**
     * The next command; empty when none came within the stream's time-out.
     *
     * @throws EOFException when the client has gone
     */
    Optional<Command> poll() throws IOException {
        try {
            while (true) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the client closed the connection");
                }
                if (buffer.size() == 0 && (next == '\r' || next == '\n')) {
                    continue;
                }
                buffer.write(next);
                if (next == '\n') {
                    lineEnds++;
                } else if (next != '\r') {
                    lineEnds = 0;
                }
                if (lineEnds == 2 || buffer.size() >= MAX_BYTES) {
                    String text = buffer.toString(StandardCharsets.UTF_8);
                    buffer.reset();
                    lineEnds = 0;
                    return Optional.of(command(text));
                }
            }
        } catch (SocketTimeoutException nothingYet) {
            return Optional.empty();
        }
    }

    private Command command(String text) throws IOException {
        List<String> lines = text.lines().filter(line -> !line.isEmpty()).toList();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).stripLeading());
            }
        }
        skip(headers.getOrDefault("content-length", "0"));
        return new Command(lines.get(0), headers);
    }

    /** Bodies are read and not used: no command of the simulator has one. */
    private void skip(String length) throws IOException {
        int left = length.matches("[0-9]{1,7}") ? Integer.parseInt(length) : 0;
        while (left > 0) {
            try {
                if (in.read() < 0) {
                    throw new EOFException("the client closed the connection inside a body");
                }
                left--;
            } catch (SocketTimeoutException e) {
                LOG.trace("A body is on its way, {} bytes to come", left);
            }
        }
    }

    /**
     * A command.
     *
     * @param line its first line
     * @param headers the lines after it, by lower-case name
     */
    record Command(String line, Map<String, String> headers) {}
}
