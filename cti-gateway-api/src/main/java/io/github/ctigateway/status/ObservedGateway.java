package io.github.ctigateway.status;

/**
 * A gateway in a snapshot of a node.
 *
 * @param gateway the gateway
 * @param profile the profile that runs it
 * @param state the registration
 * @param ping the ping status
 */
public record ObservedGateway(String gateway, String profile, RegistrationState state, PingStatus ping) {}
