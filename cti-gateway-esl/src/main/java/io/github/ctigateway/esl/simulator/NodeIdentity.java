package io.github.ctigateway.esl.simulator;

/**
 * Who the simulated switch says it is.
 *
 * @param switchname the node's name
 * @param hostname the host's name
 * @param ipv4 its address
 * @param ipv6 its address
 * @param coreUuid new at each start
 */
record NodeIdentity(String switchname, String hostname, String ipv4, String ipv6, String coreUuid) {}
