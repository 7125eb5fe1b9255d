package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.fleet.FleetPlan;
import io.github.ctigateway.redis.PlanJson;
import io.github.ctigateway.store.GatewayStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plan}: what differs between the store and FreeSWITCH. */
@Command(
        name = "plan",
        description =
                "Compare the store with FreeSWITCH and change nothing; 2 when there are changes, 1 when there are none but"
                        + " an entry is invalid or clashes.")
final class PlanCommand extends GatewayCommand {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Also save the plan, for 'apply FILE': it is refused if what it touches changed meanwhile.")
    private @Nullable Path out;

    @Mixin
    private NodeOptions nodeOptions = new NodeOptions();

    @Override
    public Integer call() {
        FleetPlan plan;
        try (GatewayStore store = connections().openStore();
                OpenFleet nodes = connections().openFleet(store, nodeOptions, true, fleet -> fleet)) {
            plan = nodes.fleet().plan();
            FleetView.plan(plan, nodes.isMany(), this);
        }
        if (out != null && plan.failures().isEmpty()) {
            PlanFile.write(out, PlanJson.write(plan.plans().values()));
            note("Saved to " + out + ".");
        } else if (out != null) {
            note("Not saved: a node has no plan.");
        }
        return exitCode(plan);
    }

    private static int exitCode(FleetPlan plan) {
        if (!plan.failures().isEmpty()) {
            return Failures.exitCode(plan.failures().values().iterator().next());
        }
        if (plan.hasChanges()) {
            return ExitCodes.CHANGES;
        }
        long doubtful = 0;
        for (Plan one : plan.plans().values()) {
            doubtful += one.count(Action.INVALID) + one.count(Action.CLASH);
        }
        return doubtful == 0 ? ExitCodes.OK : ExitCodes.FINDINGS;
    }
}
