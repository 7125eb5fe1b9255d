package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import java.util.List;

/** The store or the switch changed since the plan was made, in what the plan touches. Nothing was sent: plan again. */
public final class StalePlanException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final List<String> gateways;

    StalePlanException(List<String> gateways) {
        super("Since the plan was made these gateways changed in the store or on the switch: " + gateways
                + ". Plan again.");
        this.gateways = List.copyOf(gateways);
    }

    /** The gateways for which the plan no longer holds. */
    public List<String> gateways() {
        return gateways;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
