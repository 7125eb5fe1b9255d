package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import org.jspecify.annotations.Nullable;

/** Definitions could not be made readable to FreeSWITCH. Each is either as before or as wanted. */
public class PublisherException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    public PublisherException(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    @Override
    public boolean isRetryable() {
        return retryable;
    }
}
