package io.github.ctigateway.control;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a {@link GatewayPublisher#publish} did.
 *
 * @param written the gateways whose definition is new or changed
 * @param removed the gateways that are no longer readable
 * @param clashes gateways of ours that somebody else defines too, with where: FreeSWITCH may read the other definition
 */
public record Publication(Set<String> written, Set<String> removed, Map<String, String> clashes) {
    public Publication {
        written = Set.copyOf(written);
        removed = Set.copyOf(removed);
        clashes = Collections.unmodifiableMap(new TreeMap<>(clashes));
    }
}
