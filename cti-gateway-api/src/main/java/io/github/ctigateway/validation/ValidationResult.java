package io.github.ctigateway.validation;

import java.util.List;

/**
 * Everything that was found in one gateway.
 *
 * @param gateway the gateway's name
 * @param violations the findings, those of one place together; unmodifiable
 */
public record ValidationResult(String gateway, List<Violation> violations) {
    public ValidationResult {
        violations = List.copyOf(violations);
    }

    /** Whether FreeSWITCH would skip or misread the gateway. */
    public boolean hasErrors() {
        for (Violation violation : violations) {
            if (violation.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    /** The findings of severity ERROR. */
    public List<Violation> errors() {
        return violations.stream()
                .filter(violation -> violation.severity() == Severity.ERROR)
                .toList();
    }

    /**
     * Does nothing when there is no error.
     *
     * @throws InvalidGatewayException with every finding otherwise
     */
    public void orThrow() {
        if (hasErrors()) {
            throw new InvalidGatewayException(this);
        }
    }
}
