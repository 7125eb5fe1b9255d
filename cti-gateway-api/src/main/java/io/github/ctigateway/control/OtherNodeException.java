package io.github.ctigateway.control;

import io.github.ctigateway.CtiGatewayException;

/** A saved plan was made for another node or profile. Nothing was sent. */
public final class OtherNodeException extends CtiGatewayException {
    private static final long serialVersionUID = 1L;

    OtherNodeException(String saved, String found) {
        super("The plan was made for " + saved + ", and this is " + found + ". Make a plan for this one.");
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
