package io.github.ctigateway.esl;

import org.jspecify.annotations.Nullable;

/** The other side sent something that is not the event socket's protocol, or more than our limits allow. */
public final class EslProtocolException extends EslException {
    private static final long serialVersionUID = 1L;

    public EslProtocolException(String message) {
        super(message, null);
    }

    public EslProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A new connection may be clean. */
    @Override
    public boolean isRetryable() {
        return true;
    }
}
