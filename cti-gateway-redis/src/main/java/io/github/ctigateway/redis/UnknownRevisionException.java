package io.github.ctigateway.redis;

import io.github.ctigateway.store.StoreException;

/** The history has no such revision of the gateway, or has it under a stamp key that is no more. Nothing was changed. */
public final class UnknownRevisionException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String gateway;
    private final String revision;

    /** Names what was asked for. */
    public UnknownRevisionException(String gateway, String revision) {
        super(
                "The history holds no revision " + revision + " of gateway '" + gateway
                        + "' that can be read. Look through its history for one that is there.",
                null);
        this.gateway = gateway;
        this.revision = revision;
    }

    public String gateway() {
        return gateway;
    }

    public String revision() {
        return revision;
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
