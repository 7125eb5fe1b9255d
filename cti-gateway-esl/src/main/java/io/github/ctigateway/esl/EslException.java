package io.github.ctigateway.esl;

import io.github.ctigateway.CtiGatewayException;
import org.jspecify.annotations.Nullable;

/** The event socket could not be reached, was lost, refused something, or spoke nonsense. The leaves say which. */
public abstract class EslException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    protected EslException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
