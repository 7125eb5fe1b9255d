package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import java.util.List;

/** A plan that would take gateways down has warnings, so it was refused. Nothing was sent. */
public final class DoubtfulPlanException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final List<String> warnings;

    DoubtfulPlanException(List<String> warnings) {
        super("The plan would take gateways down, but " + String.join("; ", warnings)
                + " Mend that, or allow a mass change if it is meant.");
        this.warnings = List.copyOf(warnings);
    }

    /** The plan's warnings. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
