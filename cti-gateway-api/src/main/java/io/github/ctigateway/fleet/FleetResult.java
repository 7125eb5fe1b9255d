package io.github.ctigateway.fleet;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.ApplyResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How applying a fleet's plan ended. Each node stands in exactly one of these.
 *
 * @param results by node, also of nodes that had nothing to change
 * @param failures why a node was not brought through, by node; one that could not be planned is among them
 * @param spared the nodes that were not touched since the canary did not end well
 */
public record FleetResult(
        Map<String, ApplyResult> results, Map<String, CtiGatewayException> failures, List<String> spared) {
    public FleetResult {
        results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        spared = List.copyOf(spared);
    }

    /** Whether every gateway of every node is as it was planned. */
    public boolean isSuccess() {
        return failures.isEmpty()
                && spared.isEmpty()
                && results.values().stream().allMatch(ApplyResult::isSuccess);
    }
}
