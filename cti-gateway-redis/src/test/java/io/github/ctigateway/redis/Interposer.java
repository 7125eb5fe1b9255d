package io.github.ctigateway.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a redis-server: counts commands, and holds back, replaces or cuts off answers. */
final class Interposer implements AutoCloseable {
    private final ServerSocket listening;
    private final RedisServerUnderTest target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private String awaited = "";
    private int awaitedCount;
    private String replaced = "";
    private @Nullable String cutAt;
    private int passing;
    private final List<@Nullable String> replacements = new ArrayList<>();

    private Interposer(ServerSocket listening, RedisServerUnderTest target) {
        this.listening = listening;
        this.target = target;
    }

    static Interposer start(RedisServerUnderTest target) throws IOException {
        Interposer interposer = new Interposer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        start(interposer::accept);
        return interposer;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Lets no answer through until this command has come so many times more, counted from now on. */
    synchronized void holdAnswersUntilAsked(String command, int times) {
        awaited = command;
        awaitedCount = timesAsked(command) + times;
    }

    /**
     * Replaces what comes next in the answers, as often as there are replacements.
     *
     * @param expected so short that it comes in one piece
     * @param others null for one that may pass
     */
    synchronized void replace(String expected, @Nullable String... others) {
        replaced = expected;
        replacements.addAll(Arrays.asList(others));
    }

    /**
     * Cuts the connection in place of an answer that holds this, so that Redis has done what its client never hears of.
     *
     * @param expected so short that it comes in one piece
     * @param before how many such answers pass before
     */
    synchronized void cutInPlaceOf(String expected, int before) {
        cutAt = expected;
        passing = before;
    }

    private synchronized void cut(byte[] answer) throws IOException {
        boolean meant = cutAt != null && new String(answer, StandardCharsets.ISO_8859_1).contains(cutAt);
        if (meant && passing-- == 0) {
            cutAt = null;
            throw new IOException("cut, as the test wants");
        }
    }

    private synchronized byte[] replaced(byte[] answer) {
        StringBuilder text = new StringBuilder(new String(answer, StandardCharsets.ISO_8859_1));
        for (int from = text.indexOf(replaced); from >= 0 && !replacements.isEmpty(); ) {
            String other = replacements.remove(0);
            String put = other == null ? replaced : other;
            text.replace(from, from + replaced.length(), put);
            from = text.indexOf(replaced, from + put.length());
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    int timesAsked(String command) {
        return asked.getOrDefault(command, 0);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(target.host(), target.port());
                open.add(client);
                open.add(server);
                start(() -> copyRequests(client, server));
                start(() -> copyAnswers(server, client));
            } catch (IOException e) {
                // Closed
            }
        }
    }

    private void copyRequests(Socket from, Socket to) {
        copy(from, to, new Commands());
    }

    private void copyAnswers(Socket from, Socket to) {
        copy(from, to, bytes -> {
            awaitAsked();
            cut(bytes);
            return replaced(bytes);
        });
    }

    private synchronized void awaitAsked() throws InterruptedException {
        while (timesAsked(awaited) < awaitedCount) {
            wait();
        }
    }

    private synchronized void asked(String command) {
        asked.merge(command, 1, Integer::sum);
        notifyAll();
    }

    private interface Passing {
        byte[] pass(byte[] bytes) throws InterruptedException, IOException;
    }

    /** Reads the first word of each command: an array of byte strings, each behind its length. */
    private final class Commands implements Passing {
        private final StringBuilder line = new StringBuilder();
        private boolean first;
        private int skip;

        @Override
        public byte[] pass(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                if (skip > 0) {
                    skip--;
                    if (first) {
                        line.append((char) bytes[i]);
                    }
                    if (skip == 0 && first) {
                        asked(line.toString().strip());
                        first = false;
                        line.setLength(0);
                    }
                } else if (bytes[i] != '\n') {
                    line.append((char) bytes[i]);
                } else {
                    header(line.toString().strip());
                    line.setLength(0);
                }
            }
            return bytes;
        }

        private void header(String text) {
            if (text.startsWith("*")) {
                first = true;
            } else {
                // The bytes and what ends the line
                skip = Integer.parseInt(text.substring(1)) + 2;
            }
        }
    }

    private static void copy(Socket from, Socket to, Passing passing) {
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16_384];
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(passing.pass(Arrays.copyOf(buffer, read)));
                out.flush();
            }
        } catch (IOException e) {
            // One side has gone; try-with-resources lets the other go too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "interposer");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
