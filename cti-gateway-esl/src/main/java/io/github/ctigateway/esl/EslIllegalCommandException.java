package io.github.ctigateway.esl;

/** The command was not sent: it would be read as more than one command, or would take the event socket down. */
public final class EslIllegalCommandException extends EslException {
    private static final long serialVersionUID = 1L;

    public EslIllegalCommandException(String message) {
        super(message, null);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
