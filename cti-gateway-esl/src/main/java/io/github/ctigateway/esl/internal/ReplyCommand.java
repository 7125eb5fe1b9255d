package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslReply;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A command that its reply ends. */
final class ReplyCommand<T> extends PendingCommand<T> {
    private final Decoding<T> decoding;
    private final boolean declares;

    /** Makes of a frame what the user gets. */
    interface Decoding<T> {
        T decode(Frame frame);
    }

    /** The body of {@code api}. */
    static final Decoding<String> BODY = Frame::text;

    /** The whole reply. */
    static final Decoding<EslReply> REPLY = Frame::reply;

    ReplyCommand(String label, byte[] bytes, Duration timeout, @Nullable Executor executor, Decoding<T> decoding) {
        this(label, bytes, timeout, executor, decoding, false);
    }

    private ReplyCommand(
            String label,
            byte[] bytes,
            Duration timeout,
            @Nullable Executor executor,
            Decoding<T> decoding,
            boolean declares) {
        super(label, bytes, timeout, executor);
        this.decoding = decoding;
        this.declares = declares;
    }

    /** A subscription or filter: the client remembers it, so this connection must learn of it, be it late. */
    static ReplyCommand<EslReply> declaration(String text, Duration timeout) {
        return new ReplyCommand<>(text, CommandText.encode(text), timeout, null, REPLY, true);
    }

    @Override
    boolean mustBeSent() {
        return declares;
    }

    @Override
    void onReply(Frame frame) {
        if (hasEnded()) {
            return;
        }
        // A denied api is answered by command/reply instead of api/response.
        if (frame.type() == FrameType.COMMAND_REPLY) {
            String text = frame.replyText();
            if (text.startsWith("-ERR")) {
                fail(new EslCommandRefusedException(label(), text));
                return;
            }
        }
        succeed(decoding.decode(frame));
    }
}
