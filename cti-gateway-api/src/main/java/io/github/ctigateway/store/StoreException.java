package io.github.ctigateway.store;

import io.github.ctigateway.CtiGatewayException;
import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked. */
public abstract class StoreException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    protected StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
