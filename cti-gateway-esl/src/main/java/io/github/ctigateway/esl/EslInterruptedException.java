package io.github.ctigateway.esl;

/** The waiting thread was interrupted; its interrupt flag is set again. The command may have been carried out. */
public final class EslInterruptedException extends EslException {
    private static final long serialVersionUID = 1L;

    public EslInterruptedException(String what, InterruptedException cause) {
        super("Interrupted while waiting for " + what, cause);
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
