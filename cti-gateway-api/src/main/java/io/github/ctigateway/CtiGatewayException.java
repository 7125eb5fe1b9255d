package io.github.ctigateway;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything this library throws on purpose. Each leaf carries the data of its failure, says what was wrong, where, and
 * what to do, and never holds a password.
 */
public abstract class CtiGatewayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    protected CtiGatewayException(String message) {
        super(message);
    }

    protected CtiGatewayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public abstract boolean isRetryable();
}
