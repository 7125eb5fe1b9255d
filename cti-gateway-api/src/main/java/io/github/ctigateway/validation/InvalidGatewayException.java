package io.github.ctigateway.validation;

import io.github.ctigateway.CtiGatewayException;
import java.util.stream.Collectors;

/** A gateway that FreeSWITCH would skip or misread was refused. Trying again does not help: the definition must change. */
public final class InvalidGatewayException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final transient ValidationResult result;

    public InvalidGatewayException(ValidationResult result) {
        super("Gateway '" + result.gateway() + "' is refused: "
                + result.errors().stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.result = result;
    }

    /** Every finding, warnings too. */
    public ValidationResult result() {
        return result;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
