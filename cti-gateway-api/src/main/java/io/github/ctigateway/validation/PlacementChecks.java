package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayPlacement;

/** Where a gateway runs: what cannot be understood must not end as "everywhere". */
final class PlacementChecks {
    private PlacementChecks() {}

    static void check(Gateway gateway, Findings findings) {
        if (gateway.additionalMembers().isEmpty()) {
            return;
        }
        for (String member : GatewayPlacement.malformed(gateway)) {
            Finding finding = switch (member) {
                case GatewayPlacement.ENABLED -> Finding.PLACEMENT_ENABLED;
                case GatewayPlacement.NODES -> Finding.PLACEMENT_NODES;
                default -> Finding.PLACEMENT_OWNERSHIP;
            };
            findings.add(finding, member);
        }
    }
}
