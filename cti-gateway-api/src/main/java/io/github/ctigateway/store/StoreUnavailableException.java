package io.github.ctigateway.store;

import org.jspecify.annotations.Nullable;

/** The store's server could not be reached, or was lost on the way. What was being written may or may not be there. */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
