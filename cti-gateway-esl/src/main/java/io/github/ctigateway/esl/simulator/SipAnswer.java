package io.github.ctigateway.esl.simulator;

import java.util.Optional;

/**
 * What comes back.
 *
 * @param status the SIP status; 401 is a challenge
 * @param phrase the reason phrase
 * @param granted the granted seconds
 * @param delayTicks when it arrives
 * @param networkIp the address that it came from; empty when the SIP stack made it itself
 * @param networkPort the port that it came from
 */
record SipAnswer(int status, String phrase, int granted, int delayTicks, Optional<String> networkIp, int networkPort) {
    static final int STACK_TIMEOUT_TICKS = 32;

    static SipAnswer local(int status, String phrase, int delayTicks) {
        return new SipAnswer(status, phrase, 0, delayTicks, Optional.empty(), 0);
    }

    /** The same, as caused by another answer that came over the network. */
    SipAnswer from(SipAnswer cause) {
        return new SipAnswer(status, phrase, granted, delayTicks, cause.networkIp, cause.networkPort);
    }
}
