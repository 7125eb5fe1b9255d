package io.github.ctigateway.esl;

/** FreeSWITCH's access list does not let this address in. The client does not try again by itself. */
public final class EslAclRejectedException extends EslException {
    private static final long serialVersionUID = 1L;

    private final String address;

    public EslAclRejectedException(String address) {
        super(
                "The event socket at " + address
                        + " rejected our address. Add it to the list that 'apply-inbound-acl' in event_socket.conf.xml names.",
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
