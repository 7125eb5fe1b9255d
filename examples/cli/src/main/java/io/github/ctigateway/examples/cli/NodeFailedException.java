package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;

/** The only node of a command could not be done. It is told of as its failure is, and programs are told the node. */
final class NodeFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String esl;
    private final CtiGatewayException failure;

    NodeFailedException(String esl, CtiGatewayException failure) {
        super(failure);
        this.esl = esl;
        this.failure = failure;
    }

    String esl() {
        return esl;
    }

    CtiGatewayException failure() {
        return failure;
    }
}
