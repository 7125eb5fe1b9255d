package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslAclRejectedException;
import io.github.ctigateway.esl.EslAuthenticationException;
import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslConnectionLostException;
import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.EslProtocolException;
import io.github.ctigateway.esl.EslReply;
import io.github.ctigateway.esl.EslTimeoutException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from its first byte to its last. Everything happens on the reading thread, which never waits but for the wire. */
final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final EslOptions options;
    private final Wire wire;
    private final ByteBuffer buffer;
    private final CommandQueue commands;
    private final Outbound outbound;
    private final Jobs jobs;
    private final EventRouter router;
    private final BooleanSupplier closing;
    private final FrameParser parser;
    private final Vitals vitals;
    private final List<Frame> replies = new ArrayList<>();

    private boolean greeted;

    /** Why no more frames will come; frames before it are handed out first. */
    private @Nullable EslException ending;

    Connection(
            EslOptions options,
            Wire wire,
            ByteBuffer buffer,
            CommandQueue commands,
            Jobs jobs,
            EventRouter router,
            BooleanSupplier closing) {
        this.options = options;
        this.wire = wire;
        this.buffer = buffer.clear();
        this.commands = commands;
        this.outbound = commands.open(wire);
        this.jobs = jobs;
        this.router = router;
        this.closing = closing;
        this.parser = new FrameParser(options.maxHeaderBytes(), options.maxFrameBytes());
        this.vitals = new Vitals(options, commands);
    }

    /** The size of the buffer that these options need. */
    static int bufferSize(EslOptions options) {
        return Math.max(256 << 10, options.maxHeaderBytes() + 1024);
    }

    /**
     * Waits to be greeted and logs in.
     *
     * @throws EslAuthenticationException when the password is refused
     * @throws EslAclRejectedException when our address is refused
     */
    void authenticate(long deadline) throws IOException {
        while (!greeted) {
            step(deadline, "greeting of the event socket", options.authTimeout());
        }
        String login = options.user()
                .map(user -> "userauth " + user + ":" + options.password())
                .orElseGet(() -> "auth " + options.password());
        try {
            handshake("auth", login, deadline);
        } catch (EslCommandRefusedException e) {
            // A stranger may send back what it was told.
            throw new EslAuthenticationException(options.address(), withoutPassword(e.reply()));
        }
    }

    private String withoutPassword(String text) {
        return options.password().isEmpty() ? text : text.replace(options.password(), "***");
    }

    /** Sends a command of the handshake and waits for its reply. */
    EslReply handshake(String label, String command, long deadline) throws IOException {
        ReplyCommand<EslReply> pending =
                new ReplyCommand<>(label, CommandText.encode(command), options.authTimeout(), null, ReplyCommand.REPLY);
        commands.submit(pending, true);
        while (!pending.future().isDone()) {
            step(deadline, "reply to '" + label + "'", options.authTimeout());
        }
        try {
            return pending.future().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EslException failure) {
                throw failure;
            }
            throw new IllegalStateException("a command failed in an unknown way", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("a future that is done does not wait", e);
        }
    }

    /** Reads and answers until the connection is lost, which it throws, or the client is closing. */
    void serve() throws IOException {
        while (!closing.getAsBoolean()) {
            // Before waiting: the end may have come together with the last reply of the handshake.
            throwIfEnding();
            long now = System.nanoTime();
            long next = commands.expire(now, jobs);
            long check = vitals.check(now);
            pump(Math.min(next - now, check - now));
        }
    }

    /** Says goodbye and gives FreeSWITCH a moment to answer. */
    void leave(long deadline) throws IOException {
        commands.appendLast(outbound, CommandText.encode("exit"));
        while (ending == null && deadline - System.nanoTime() > 0) {
            if (wire.isDrained()) {
                wire.await(deadline - System.nanoTime());
            }
            if (wire.isWritable()) {
                outbound.onWritable();
            }
            buffer.clear();
            if (wire.read(buffer) < 0) {
                return;
            }
        }
    }

    private void step(long deadline, String what, Duration timeout) throws IOException {
        throwIfEnding();
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new EslTimeoutException(what, timeout, false);
        }
        if (closing.getAsBoolean()) {
            throw EslConnectionLostException.closed(false);
        }
        pump(left);
    }

    private void throwIfEnding() {
        if (ending != null) {
            throw ending;
        }
    }

    private void pump(long nanos) throws IOException {
        if (wire.isDrained()) {
            wire.await(nanos);
        }
        if (wire.isWritable()) {
            outbound.onWritable();
        }
        IOException writing = outbound.failure();
        if (writing != null) {
            throw writing;
        }
        int count = wire.read(buffer);
        if (count > 0) {
            vitals.heard();
            takeFrames();
        } else if (count < 0 && ending == null) {
            ending = EslConnectionLostException.lost(
                    parser.isMidFrame(buffer.duplicate().flip())
                            ? "The connection ended in the middle of a frame"
                            : "FreeSWITCH closed the connection",
                    false,
                    null);
        }
    }

    private void takeFrames() {
        buffer.flip();
        try {
            for (Frame frame = parser.next(buffer); frame != null; frame = parser.next(buffer)) {
                route(frame);
            }
        } catch (EslProtocolException e) {
            ending = e;
        } finally {
            buffer.compact();
        }
        router.deliver();
        if (!replies.isEmpty()) {
            commands.onReplies(replies);
            replies.clear();
        }
    }

    private void route(Frame frame) {
        switch (frame.type()) {
            case EVENT_JSON -> router.route(new JsonEvent(frame.body()), frame.body());
            case EVENT_PLAIN -> router.route(new PlainEvent(frame.body()), frame.body());
            case COMMAND_REPLY, API_RESPONSE -> replies.add(frame);
            case AUTH_REQUEST -> greeted = true;
            // FreeSWITCH says this in place of its greeting, never later.
            case RUDE_REJECTION ->
                ending = greeted
                        ? new EslProtocolException("A rejection came after the greeting")
                        : new EslAclRejectedException(options.address());
            case DISCONNECT_NOTICE -> onNotice(frame);
            case EVENT_XML, LOG_DATA, OTHER -> log.debug("event socket {}: nobody wants {}", options.address(), frame);
        }
    }

    private void onNotice(Frame frame) {
        // A linger notice announces the end of a call, not of the connection.
        if (!"linger".equals(frame.header("Content-Disposition")) && ending == null) {
            ending = EslConnectionLostException.lost("FreeSWITCH said goodbye", false, null);
        }
    }

    /** Takes the events of one read together. */
    interface EventRouter {
        void route(EslEvent event, byte[] bytes);

        void deliver();
    }
}
