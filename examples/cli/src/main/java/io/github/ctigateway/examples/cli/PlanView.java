package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.Difference;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import java.util.Locale;

/** A plan as lines. */
final class PlanView {
    private PlanView() {}

    static void print(Plan plan, Output output) {
        for (PlanItem item : plan.items()) {
            output.forPrograms(json(item).with("node", plan.identity().node()));
        }
        JsonLine counts = JsonLine.object();
        for (Action action : Action.values()) {
            counts.with(action.name().toLowerCase(Locale.ROOT), plan.count(action));
        }
        output.fact(
                JsonLine.of("plan")
                        .with("node", plan.identity().node())
                        .with("profile", plan.profile())
                        .with("changes", plan.hasChanges())
                        .with("warnings", plan.warnings())
                        .with("counts", counts),
                plan.toString());
    }

    private static JsonLine json(PlanItem item) {
        return JsonLine.of("item")
                .with("gateway", item.gateway())
                .with("action", item.action())
                .with("reason", item.reason())
                .with("liveState", item.liveState())
                .with("dropsRegistration", item.dropsRegistration())
                .with("calls", item.calls())
                .with(
                        "differences",
                        item.differences().stream().map(PlanView::json).toList())
                .with("findings", item.violations().stream().map(Findings::json).toList());
    }

    private static JsonLine json(Difference difference) {
        return JsonLine.object()
                .with("field", difference.field())
                .with("before", difference.before())
                .with("after", difference.after());
    }
}
