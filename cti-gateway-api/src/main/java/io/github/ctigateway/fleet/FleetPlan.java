package io.github.ctigateway.fleet;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.Plan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What each node of a fleet needs. Immutable.
 *
 * @param plans by node, in the order of the fleet
 * @param failures why a node has no plan, by node, in the order of the fleet
 */
public record FleetPlan(Map<String, Plan> plans, Map<String, CtiGatewayException> failures) {
    public FleetPlan {
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /** Whether applying it would change any node. */
    public boolean hasChanges() {
        return plans.values().stream().anyMatch(Plan::hasChanges);
    }

    /** The same with every plan changed so, such as {@code plan -> plan.only(names)}. */
    public FleetPlan each(UnaryOperator<Plan> change) {
        Map<String, Plan> changed = new LinkedHashMap<>();
        plans.forEach((node, plan) -> changed.put(node, change.apply(plan)));
        return new FleetPlan(changed, failures);
    }

    /** Every node's diff under its name. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        plans.forEach(
                (node, plan) -> text.append(node).append(":\n").append(plan).append('\n'));
        failures.forEach((node, failure) ->
                text.append(node).append(": ").append(failure.getMessage()).append('\n'));
        return text.toString();
    }
}
