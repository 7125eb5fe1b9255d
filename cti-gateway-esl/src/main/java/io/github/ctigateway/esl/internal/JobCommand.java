package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A {@code bgapi} command: its reply only says that it began, its BACKGROUND_JOB event ends it. */
final class JobCommand extends PendingCommand<String> {
    private final String id;

    private JobCommand(String id, String label, byte[] bytes, Duration timeout, @Nullable Executor executor) {
        super(label, bytes, timeout, executor);
        this.id = id;
    }

    static JobCommand of(String command, Duration timeout, @Nullable Executor executor) {
        // Our own id, so that it is known before the command is written: the result may overtake the reply.
        String id = UUID.randomUUID().toString();
        byte[] bytes = ("bgapi " + command + "\nJob-UUID: " + id + "\n\n").getBytes(StandardCharsets.UTF_8);
        return new JobCommand(id, "bgapi " + CommandText.firstWords(command, 1), bytes, timeout, executor);
    }

    String id() {
        return id;
    }

    @Override
    void onReply(Frame frame) {
        String text = frame.replyText();
        if (frame.type() == FrameType.COMMAND_REPLY && text.startsWith("-ERR")) {
            fail(new EslCommandRefusedException(label(), text));
        }
    }

    void onResult(EslEvent event) {
        succeed(event.body());
    }
}
