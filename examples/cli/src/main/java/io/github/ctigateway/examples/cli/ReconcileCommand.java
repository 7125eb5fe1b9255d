package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.ReconcileRun;
import io.github.ctigateway.fleet.NodeState;
import io.github.ctigateway.store.GatewayStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reconcile}: keeps FreeSWITCH as the store says. */
@Command(
        name = "reconcile",
        description =
                "Keep FreeSWITCH as the store says until it is interrupted: at once, after every change of the store, when"
                        + " FreeSWITCH was away or restarted, when somebody deletes a gateway, and every so often.")
final class ReconcileCommand extends GatewayCommand {
    @Option(names = "--watch", required = true, description = "Run on. For a single run there is 'apply'.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How often to look without a reason; ${DEFAULT-VALUE} unless given.")
    private int every;

    @Option(
            names = "--lease",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description =
                    "With --redis: for how long a node stays this process's when it dies, before another process that runs"
                            + " the same command takes over; ${DEFAULT-VALUE} unless given.")
    private int lease;

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after this time.")
    private @Nullable Integer seconds;

    @Option(
            names = "--allow-mass-change",
            description =
                    "Also when it takes down more than 5 and more than 30 %% of the live gateways, or any while the plan has warnings.")
    private boolean allowMassChange;

    @Mixin
    private NodeOptions nodeOptions = new NodeOptions();

    private final Map<String, Integer> lastCodes = new ConcurrentHashMap<>();

    @Override
    public Integer call() {
        if (!watch || every < 1 || lease < 1 || (seconds != null && seconds < 0)) {
            throw wrongUsage("--watch is needed, --every and --lease must be at least 1, and --for not negative.");
        }
        try (GatewayStore store = connections().openStore();
                OpenFleet nodes = connections()
                        .openFleet(
                                store,
                                nodeOptions,
                                true,
                                fleet -> fleet.leaseLimit(Duration.ofSeconds(lease))
                                        .onNode(report -> note(report.toString()))
                                        .onRun(this::tell))) {
            nodes.fleet()
                    .start(ReconcileOptions.defaults()
                            .withEvery(Duration.ofSeconds(every))
                            .withApply(ApplyOptions.defaults().withMassChange(allowMassChange)));
            terminal().patience().await(seconds);
            nodes.fleet().nodes().stream()
                    .filter(report -> report.state() == NodeState.DOWN)
                    .forEach(report -> lastCodes.put(
                            report.name(),
                            report.failure().map(Failures::exitCode).orElse(ExitCodes.UNAVAILABLE)));
        }
        return lastCodes.values().stream().max(Integer::compare).orElse(ExitCodes.OK);
    }

    /** A run that changes nothing is not worth a line. */
    private void tell(String node, ReconcileRun run) {
        CtiGatewayException failure = run.error();
        Plan plan = run.made();
        ApplyResult result = run.applied();
        if (failure != null) {
            lastCodes.put(node, Failures.exitCode(failure));
            FleetView.failure(node, failure, this);
        } else if (plan != null && result != null && plan.hasChanges()) {
            lastCodes.put(node, print(node, plan, result));
        } else {
            lastCodes.put(node, ExitCodes.OK);
        }
    }

    /** Nodes run at the same time, and their lines must not mix. */
    private synchronized int print(String node, Plan plan, ApplyResult result) {
        FleetView.heading(node, true, this);
        PlanView.print(plan, output());
        return OutcomeView.print(result, plan, List.of(), output());
    }
}
