package io.github.ctigateway.esl.simulator;

import java.util.UUID;

/**
 * Who the simulated switch says it is.
 *
 * @param switchname the node's name
 * @param hostname the host's name
 * @param ipv4 its address
 * @param ipv6 its address
 * @param coreUuid new at each start
 */
record NodeIdentity(String switchname, String hostname, String ipv4, String ipv6, String coreUuid) {
    /** A node of this name that has just started. */
    static NodeIdentity newLife(String name) {
        return new NodeIdentity(
                name, name, "127.0.0.1", "::1", UUID.randomUUID().toString());
    }
}
