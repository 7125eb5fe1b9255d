package io.github.ctigateway.esl.contract;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plainest client of an event socket: it writes bytes and takes frames apart, so that tests see what is really sent. */
public final class RawEventSocket implements AutoCloseable {
    private static final int DEADLINE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final Deque<Frame> events = new ArrayDeque<>();

    /** One frame: its header lines, in order, and its body. */
    public record Frame(Map<String, String> headers, String body) {
        public boolean isEvent() {
            return headers.getOrDefault("Content-Type", "").startsWith("text/event-");
        }

        public String replyText() {
            return headers.getOrDefault("Reply-Text", "");
        }
    }

    public RawEventSocket(String host, int port) {
        try {
            socket = new Socket(host, port);
            socket.setSoTimeout(DEADLINE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and authenticates. */
    public static RawEventSocket login(String host, int port, String password) {
        RawEventSocket client = new RawEventSocket(host, port);
        client.read();
        client.command("auth " + password);
        return client;
    }

    /** How long a read waits; zero is for ever. */
    public void deadline(Duration longest) {
        try {
            socket.setSoTimeout(Math.toIntExact(longest.toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes. */
    public void write(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command and gives its answer; events that come before it are kept. */
    public Frame command(String command) {
        write(command + "\n\n");
        return answer();
    }

    /** The next frame that is no event; events before it are kept. */
    public Frame answer() {
        while (true) {
            Frame frame = read();
            if (!frame.isEvent()) {
                return frame;
            }
            events.addLast(frame);
        }
    }

    /** The body that an API command answers. */
    public String api(String command) {
        return command("api " + command).body();
    }

    /** The next event, kept ones first. */
    public Frame event() {
        Frame kept = events.pollFirst();
        return kept != null ? kept : read();
    }

    /** The next events. */
    public List<Frame> events(int count) {
        List<Frame> result = new ArrayList<>();
        while (result.size() < count) {
            result.add(event());
        }
        return result;
    }

    /** The next frame, whatever it is. */
    public Frame read() {
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(": ");
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            }
            int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
            byte[] body = in.readNBytes(length);
            return new Frame(headers, new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server closed the connection; waits for it to do something. */
    public boolean atEnd() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("after: " + line);
            }
            line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
