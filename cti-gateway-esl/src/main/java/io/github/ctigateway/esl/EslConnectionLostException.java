package io.github.ctigateway.esl;

import org.jspecify.annotations.Nullable;

/** There is no connection, or it ended before the reply came. A command is never sent a second time by the client. */
public final class EslConnectionLostException extends EslException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;
    private final boolean closed;

    private EslConnectionLostException(
            String message, boolean outcomeUnknown, boolean closed, @Nullable Throwable cause) {
        super(message + (outcomeUnknown ? "; the command was on its way and may have been carried out" : ""), cause);
        this.outcomeUnknown = outcomeUnknown;
        this.closed = closed;
    }

    /** The connection ended for this reason. */
    public static EslConnectionLostException lost(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        return new EslConnectionLostException(message, outcomeUnknown, false, cause);
    }

    /** The client was closed by its user. */
    public static EslConnectionLostException closed(boolean outcomeUnknown) {
        return new EslConnectionLostException("The client was closed", outcomeUnknown, true, null);
    }

    /** Whether the command was already on its way, so that it may have been carried out. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Not after the client was closed; else once it has connected again. */
    @Override
    public boolean isRetryable() {
        return !closed;
    }
}
