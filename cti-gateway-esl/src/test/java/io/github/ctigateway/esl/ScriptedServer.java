package io.github.ctigateway.esl;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An event socket that does what a test's script says, connection by connection. What a script throws is kept for {@link #failures()},
 * unless the peer simply went away.
 */
public final class ScriptedServer implements Closeable {
    private final ServerSocket listener;
    private final Script script;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Peer> peers = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What happens on one connection, which ends when this returns. */
    public interface Script {
        void run(Peer peer) throws IOException, InterruptedException;
    }

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    public static ScriptedServer start(Script script) throws IOException {
        return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    public static ScriptedServer start(ServerSocket socket, Script script) {
        ScriptedServer server = new ScriptedServer(socket, script);
        daemon(server::acceptAll, "scripted-server").start();
        return server;
    }

    private static Thread daemon(Runnable run, String name) {
        Thread thread = new Thread(run, name);
        thread.setDaemon(true);
        return thread;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public EslOptions.Builder options() {
        return EslOptions.builder("127.0.0.1", port(), "ClueCon").reconnect(ReconnectPolicy.never());
    }

    public int accepted() {
        return accepted.get();
    }

    public List<Throwable> failures() {
        return failures;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Peer peer = new Peer(socket, accepted.incrementAndGet());
                peers.add(peer);
                daemon(() -> serve(peer), "scripted-peer").start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Peer peer) {
        try (peer) {
            script.run(peer);
        } catch (IOException | InterruptedException e) {
            // The client went away, as clients do.
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Peer peer : peers) {
            peer.close();
        }
    }

    /** The server's end of a connection. */
    public static final class Peer implements Closeable {
        private final Socket socket;
        private final int number;
        private final InputStream in;
        private final OutputStream out;

        private Peer(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            socket.setTcpNoDelay(true);
            this.in = new java.io.BufferedInputStream(socket.getInputStream(), 1 << 16);
            this.out = socket.getOutputStream();
        }

        /** 1 for the first connection. */
        public int number() {
            return number;
        }

        /** Greets and takes any password. */
        public Peer login() throws IOException {
            send("Content-Type: auth/request\n\n");
            String auth = expect();
            if (!auth.startsWith("auth ") && !auth.startsWith("userauth ")) {
                throw new AssertionError("not a login: " + auth);
            }
            return reply("+OK accepted");
        }

        /** The next command, its empty line cut off. */
        public String expect() throws IOException {
            ByteArrayOutputStream command = new ByteArrayOutputStream();
            int last = 0;
            while (true) {
                int next = in.read();
                if (next < 0) {
                    throw new java.io.EOFException();
                }
                if (next == '\n' && last == '\n') {
                    return command.toString(StandardCharsets.UTF_8).stripTrailing();
                }
                command.write(next);
                last = next;
            }
        }

        /** The next command must be this. */
        public Peer expect(String command) throws IOException {
            String came = expect();
            if (!came.equals(command)) {
                throw new AssertionError("expected '" + command + "' but came '" + came + "'");
            }
            return this;
        }

        /** Whether more commands have arrived already. */
        public boolean hasMore() throws IOException {
            return in.available() > 0;
        }

        public Peer reply(String text) throws IOException {
            return send("Content-Type: command/reply\nReply-Text: " + text + "\n\n");
        }

        public Peer api(String body) throws IOException {
            return send(apiFrame(body));
        }

        public Peer json(String json) throws IOException {
            return send(jsonFrame(json));
        }

        public Peer send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.UTF_8));
        }

        public Peer send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /** Answers every further command: {@code api echo X} with X, all else with +OK, until the client leaves. */
        public void echo() throws IOException {
            while (true) {
                String command = expect();
                if (command.equals("exit")) {
                    reply("+OK bye");
                    return;
                }
                answer(command);
            }
        }

        public void answer(String command) throws IOException {
            if (command.startsWith("api echo ")) {
                api(command.substring("api echo ".length()));
            } else if (command.startsWith("api ")) {
                api("-ERR " + command.substring(4) + " Command not found!\n");
            } else {
                reply("+OK");
            }
        }

        /** Reads and answers nothing, until the client leaves. */
        public void silence() throws IOException {
            while (true) {
                expect();
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    public static String apiFrame(String body) {
        return "Content-Type: api/response\nContent-Length: " + length(body) + "\n\n" + body;
    }

    public static String jsonFrame(String json) {
        return "Content-Length: " + length(json) + "\nContent-Type: text/event-json\n\n" + json;
    }

    public static String plainFrame(String headers) {
        return "Content-Length: " + length(headers) + "\nContent-Type: text/event-plain\n\n" + headers;
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
