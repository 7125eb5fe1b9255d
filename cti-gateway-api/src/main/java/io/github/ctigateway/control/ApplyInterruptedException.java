package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;
import java.util.Collection;
import java.util.List;

/** The thread was interrupted while a plan was applied. Some of it may be done: plan again to see. */
public final class ApplyInterruptedException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final List<String> down;

    /** An interrupt that leaves nothing down. */
    ApplyInterruptedException(InterruptedException cause) {
        this(cause, List.of());
    }

    /**
     * An interrupt in the middle.
     *
     * @param cause what interrupted it
     * @param down as {@link #down()}
     */
    public ApplyInterruptedException(InterruptedException cause, Collection<String> down) {
        super(
                "Applying the plan was interrupted; some of it may be done. "
                        + (down.isEmpty() ? "" : "Killed and not started again: " + sorted(down) + ". ")
                        + "Plan again to see.",
                cause);
        this.down = sorted(down);
    }

    /** The gateways that were killed, are wanted, and were not seen to run again. */
    public List<String> down() {
        return down;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }
}
