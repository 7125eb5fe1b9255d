package io.github.ctigateway.fleet;

import io.github.ctigateway.CtiGatewayException;

/** Another process works on the node. */
public final class LeaseHeldException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    private final String node;

    LeaseHeldException(String node) {
        super("Another process works on " + node
                + ": nothing was sent. It applies what is stored itself, or ends its lease.");
        this.node = node;
    }

    /** The node's name in the fleet. */
    public String node() {
        return node;
    }

    @Override
    public boolean isRetryable() {
        return true;
    }
}
