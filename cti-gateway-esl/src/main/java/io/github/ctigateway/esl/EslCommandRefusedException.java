package io.github.ctigateway.esl;

/** FreeSWITCH answered a command with {@code -ERR}: we may not give it, or it does not know it. */
public final class EslCommandRefusedException extends EslException {
    private static final long serialVersionUID = 1L;

    private final String reply;

    public EslCommandRefusedException(String command, String reply) {
        super("FreeSWITCH refused '" + command + "': " + reply, null);
        this.reply = reply;
    }

    /** The {@code Reply-Text}. */
    public String reply() {
        return reply;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
