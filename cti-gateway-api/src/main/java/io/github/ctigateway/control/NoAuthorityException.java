package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import java.util.Locale;

/** Whoever was in charge of the node is no longer: another controller may be at work on it. */
public final class NoAuthorityException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final ApplyStep step;

    NoAuthorityException(ApplyStep step) {
        super("This controller is not in charge of the node any more; it stopped before it began to "
                + step.toString().toLowerCase(Locale.ROOT) + ". Whoever is in charge goes on from there.");
        this.step = step;
    }

    /** The step that was not begun. */
    public ApplyStep step() {
        return step;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
