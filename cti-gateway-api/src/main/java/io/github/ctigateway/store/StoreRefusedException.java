package io.github.ctigateway.store;

import org.jspecify.annotations.Nullable;

/** The store's server answered and refused: a wrong password, a missing right, a key of another type, no memory. */
public final class StoreRefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
