package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;

/** The thread was interrupted while a plan was applied. Some of it may be done: plan again to see. */
public final class ApplyInterruptedException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    /** @param cause what interrupted it */
    public ApplyInterruptedException(InterruptedException cause) {
        super("Applying the plan was interrupted; some of it may be done. Plan again to see.", cause);
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
