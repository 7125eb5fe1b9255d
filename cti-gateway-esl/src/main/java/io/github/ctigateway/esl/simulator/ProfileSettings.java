package io.github.ctigateway.esl.simulator;

/**
 * What a profile adds to its gateways.
 *
 * @param name the profile
 * @param context its dialplan context
 * @param sipIp its own SIP address
 * @param sipPort its SIP port
 */
record ProfileSettings(String name, String context, String sipIp, int sipPort) {}
