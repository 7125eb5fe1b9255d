package io.github.ctigateway.redis;

import io.github.ctigateway.CtiGatewayException;

/** A text is no plan that {@link PlanJson} wrote. */
public final class PlanJsonException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    /** @param what what is wrong, without quoting the text */
    public PlanJsonException(String what) {
        super("This is no plan that was written here: " + what + ". Make the plan again.");
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
