package io.github.ctigateway.control;

import java.util.Objects;

/**
 * Which FreeSWITCH this is.
 *
 * @param node the node's name, as {@code switchname} answers and as its events and mod_xml_curl's requests carry it
 * @param coreUuid new at every start of FreeSWITCH
 */
public record SwitchIdentity(String node, String coreUuid) {
    public SwitchIdentity {
        Objects.requireNonNull(node, "node cannot be null");
        Objects.requireNonNull(coreUuid, "coreUuid cannot be null");
    }
}
