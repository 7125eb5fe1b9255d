/**
 * A FreeSWITCH for tests: it listens on a port, speaks the event socket, and treats gateways as mod_sofia does, the ticks, the marked
 * deletions and the answers that prove nothing included. Applications use it to test their own trunk code without a FreeSWITCH.
 *
 * <p>Start at {@link io.github.ctigateway.esl.simulator.FreeSwitchSimulator}.
 */
package io.github.ctigateway.esl.simulator;
