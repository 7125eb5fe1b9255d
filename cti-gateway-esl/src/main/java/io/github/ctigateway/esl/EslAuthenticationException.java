package io.github.ctigateway.esl;

/** FreeSWITCH refused the password, or the user. The client does not try again by itself. */
public final class EslAuthenticationException extends EslException {
    private static final long serialVersionUID = 1L;

    private final String address;

    public EslAuthenticationException(String address, String reply) {
        super(
                "The event socket at " + address + " refused the password (" + reply
                        + "). Compare it with 'password' in event_socket.conf.xml, or with the user's 'esl-password'.",
                null);
        this.address = address;
    }

    /** {@code host:port}. */
    public String address() {
        return address;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
