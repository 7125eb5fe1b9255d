package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whoever was in charge of the node is no longer: another controller may be at work on it. Nothing more was sent. */
public final class NoAuthorityException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final ApplyStep step;
    private final List<String> down;

    NoAuthorityException(ApplyStep step, Collection<String> down) {
        super("This controller is not in charge of the node any more; it stopped before it began to "
                + step.toString().toLowerCase(Locale.ROOT)
                + (down.isEmpty()
                        ? ""
                        : ", after it killed " + down.stream().sorted().toList())
                + ". Whoever is in charge goes on from there.");
        this.step = step;
        this.down = down.stream().sorted().toList();
    }

    /** The step that was not begun. */
    public ApplyStep step() {
        return step;
    }

    /** The gateways that were killed, are wanted, and were not seen to run again. */
    public List<String> down() {
        return down;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
