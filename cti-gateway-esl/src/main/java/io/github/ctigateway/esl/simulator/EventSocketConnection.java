package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.esl.simulator.CommandReader.Command;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the event socket. One thread reads commands, answers them in order, and sends events only while there is no command to
 * read, polling every 20 ms as mod_event_socket does.
 */
final class EventSocketConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSocketConnection.class);
    private static final int POLL_MILLIS = 20;
    private static final int MAX_QUEUED_EVENTS = 100_000;
    private static final String GOODBYE = "Disconnected, goodbye.\nSee you at ClueCon! http://www.cluecon.com/\n";

    private final Socket socket;
    private final EventSocketServer server;
    private final SwitchCore core;
    private final BlockingQueue<SimulatedEvent> events = new LinkedBlockingQueue<>(MAX_QUEUED_EVENTS);
    private final CommandHandler handler;
    private volatile boolean running = true;

    EventSocketConnection(Socket socket, EventSocketServer server, SwitchCore core) {
        this.socket = socket;
        this.server = server;
        this.core = core;
        this.handler = new CommandHandler(core);
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(POLL_MILLIS);
            CommandReader reader = new CommandReader(new BufferedInputStream(socket.getInputStream()));
            core.awaitThaw();
            if (server.rejects()) {
                notice("text/rude-rejection", "Access Denied, go away.\n");
                return;
            }
            send("Content-Type: auth/request\n\n");
            while (running) {
                core.awaitThaw();
                Optional<Command> command = reader.poll();
                if (command.isPresent()) {
                    core.awaitThaw();
                    answer(command.get());
                } else if (!reader.midCommand()) {
                    sendEvents();
                }
            }
        } catch (SocketException | EOFException e) {
            LOG.debug("Event socket connection ended: {}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("Event socket connection failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.remove(this);
        }
    }

    private void answer(Command command) throws IOException, InterruptedException {
        CommandHandler.Reply reply = handler.handle(command);
        send(reply.frame());
        if (reply.last()) {
            notice("text/disconnect-notice", GOODBYE);
            running = false;
        }
    }

    /** Takes an event when this connection wants it. Called by the thread that fires. */
    void offer(SimulatedEvent event) {
        if (handler.wants(event) && !events.offer(event)) {
            // FreeSWITCH drops events here too, and after 500 of them the listener.
            LOG.debug("Event queue full, event dropped");
        }
    }

    private void sendEvents() throws IOException {
        if (!handler.subscribed()) {
            events.clear();
        }
        for (SimulatedEvent next = events.poll(); running && next != null; next = events.poll()) {
            EventFormat format = handler.format();
            String body = format.write(next);
            send("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\nContent-Type: text/event-"
                    + format.word() + "\n\n" + body);
        }
    }

    /** Ends it with the notice that FreeSWITCH sends when it shuts down. */
    void shutDown() {
        try {
            notice("text/disconnect-notice", "The system is being shut down.\n");
        } catch (IOException e) {
            LOG.debug("Client was gone before the switch: {}", e.getMessage());
        }
        drop();
    }

    /** Ends it without a word. */
    void drop() {
        running = false;
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a connection failed: {}", e.getMessage());
        }
    }

    private void notice(String type, String text) throws IOException {
        send("Content-Type: " + type + "\nContent-Length: " + text.length() + "\n\n" + text);
    }

    private void send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        synchronized (events) {
            out.write(bytes);
            out.flush();
        }
    }
}
