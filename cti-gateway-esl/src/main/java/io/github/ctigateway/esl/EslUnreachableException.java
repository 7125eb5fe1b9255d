package io.github.ctigateway.esl;

import org.jspecify.annotations.Nullable;

/** No connection came about: the address does not resolve, nobody listens there, or TLS was not agreed on. */
public final class EslUnreachableException extends EslException {
    private static final long serialVersionUID = 1L;

    private final String address;

    public EslUnreachableException(String address, String reason, @Nullable Throwable cause) {
        super(
                "No connection to the event socket at " + address + ": " + reason
                        + ". Check that FreeSWITCH runs, that mod_event_socket listens there, and that no firewall stands between.",
                cause);
        this.address = address;
    }

    /** {@code host:port}. */
    public String address() {
        return address;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
