package io.github.ctigateway.esl;

import java.time.Duration;

/** Something did not happen before its deadline. */
public final class EslTimeoutException extends EslException {
    private static final long serialVersionUID = 1L;

    private final Duration timeout;
    private final boolean outcomeUnknown;

    /**
     * @param what what was waited for, such as {@code the reply to 'api status'}
     * @param outcomeUnknown whether a command was already on its way, so that it may have been carried out
     */
    public EslTimeoutException(String what, Duration timeout, boolean outcomeUnknown) {
        super(
                "No " + what + " within " + timeout.toMillis() + " ms"
                        + (outcomeUnknown ? "; it may still be carried out" : ""),
                null);
        this.timeout = timeout;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** How long was waited. */
    public Duration timeout() {
        return timeout;
    }

    /** Whether a command was already on its way, so that it may have been carried out. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
