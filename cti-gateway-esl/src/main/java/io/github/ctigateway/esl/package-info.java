/** The event socket of FreeSWITCH: a client of it, and a {@link io.github.ctigateway.control.GatewaySwitch} over that client. */
package io.github.ctigateway.esl;
