package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import org.jspecify.annotations.Nullable;

/** FreeSWITCH could not be asked, or did not do, what it was asked. The leaves say which. */
public abstract class SwitchException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    protected SwitchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
