package io.github.ctigateway.control;

import org.jspecify.annotations.Nullable;

/** The switch could not be reached, was lost on the way, or did not answer in time. */
public final class SwitchUnavailableException extends SwitchException {
    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    /**
     * @param outcomeUnknown whether the command was already on its way, so that it may have been carried out
     */
    public SwitchUnavailableException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether the command may have been carried out. It is never sent again by itself: read the truth first. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
