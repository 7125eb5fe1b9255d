package io.github.ctigateway.esl.simulator;

/**
 * A request of a gateway on its way.
 *
 * @param kind what it asks
 * @param gateway the gateway's settings when it was sent
 * @param handle the registration it belongs to; answers to a destroyed one are dropped
 * @param credentials which credentials it carries
 */
record SipRequest(Kind kind, GatewaySettings gateway, RegistrationHandle handle, Credentials credentials) {
    enum Kind {
        REGISTER,
        UNREGISTER,
        OPTIONS
    }

    enum Credentials {
        NONE,
        /** With the nonce of an earlier challenge. */
        OLD_NONCE,
        /** With the nonce of the challenge that just came. */
        NEW_NONCE
    }

    SipRequest withNewNonce() {
        return new SipRequest(kind, gateway, handle, Credentials.NEW_NONCE);
    }
}
