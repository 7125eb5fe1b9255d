package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.SavedPlan;
import io.github.ctigateway.control.StalePlanException;
import io.github.ctigateway.fleet.FleetOptions;
import io.github.ctigateway.fleet.FleetPlan;
import io.github.ctigateway.fleet.FleetResult;
import io.github.ctigateway.store.GatewayStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apply}: makes FreeSWITCH run what is stored. */
@Command(
        name = "apply",
        description =
                "Make FreeSWITCH run what is stored, and prove it; 1 when a gateway is not as wanted at the end. Asks"
                        + " nothing: look at 'plan' first.")
final class ApplyCommand extends GatewayCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "PLAN",
            description =
                    "A plan that 'plan --out' saved: only what it changes, and nothing if that changed meanwhile.")
    private @Nullable Path saved;

    @Option(
            names = "--allow-mass-change",
            description =
                    "Also when it takes down more than 5 and more than 30 %% of the live gateways, or any while the plan has warnings.")
    private boolean allowMassChange;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these gateways; commas between, or repeated.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--registration-timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "How long a registration is awaited; ${DEFAULT-VALUE} unless given.")
    private int registrationTimeout;

    @Option(
            names = "--canary",
            description =
                    "With several --esl: the first node with changes must end well before the others are touched.")
    private boolean canary;

    @Option(
            names = "--without-lease",
            description = "Also when another process, such as 'reconcile', works on the node.")
    private boolean withoutLease;

    @Mixin
    private NodeOptions nodeOptions = new NodeOptions();

    @Override
    public Integer call() {
        if (registrationTimeout < 0) {
            throw wrongUsage("--registration-timeout must not be negative.");
        }
        List<SavedPlan> reviewed = saved == null ? List.of() : PlanFile.read(saved);
        try (GatewayStore store = connections().openStore();
                OpenFleet nodes = connections().openFleet(store, nodeOptions, !withoutLease, fleet -> fleet)) {
            FleetPlan plan = nodes.fleet().plan();
            if (saved != null) {
                plan = renewed(plan, reviewed);
            }
            FleetPlan chosen = chosen(plan);
            boolean many = nodes.isMany();
            if (!many) {
                FleetView.refuse(chosen.failures());
            }
            chosen.plans().forEach((node, one) -> {
                FleetView.heading(node, many, this);
                output().forPeople(one.toString());
            });
            return print(apply(nodes, chosen), chosen, counted(reviewed), many);
        }
    }

    private FleetResult apply(OpenFleet nodes, FleetPlan plan) {
        ApplyOptions each = ApplyOptions.defaults()
                .withMassChange(allowMassChange)
                .withRegistrationTimeout(Duration.ofSeconds(registrationTimeout));
        FleetOptions options = FleetOptions.defaults().withCanary(canary);
        if (nodes.isMany()) {
            try (FleetProgress progress = new FleetProgress(err(), terminal().progressDrawn(), plan)) {
                return nodes.fleet().apply(plan, options.withApply(each).withProgress(progress));
            }
        }
        try (ProgressView progress = new ProgressView(err(), terminal().progressDrawn())) {
            return nodes.fleet().apply(plan, options.withApply(each.withProgress(progress)));
        }
    }

    /** The gateways whose outcomes count: those that were asked for; all when none were. */
    private List<String> counted(List<SavedPlan> reviewed) {
        if (!only.isEmpty()) {
            return only;
        }
        return reviewed.stream()
                .flatMap(plan -> plan.changes().stream())
                .map(SavedPlan.Change::gateway)
                .distinct()
                .toList();
    }

    private int print(FleetResult result, FleetPlan plan, List<String> counted, boolean many) {
        if (!many) {
            FleetView.refuse(result.failures());
        }
        int code = ExitCodes.OK;
        for (Map.Entry<String, ApplyResult> one : result.results().entrySet()) {
            FleetView.heading(one.getKey(), many, this);
            Plan planned = Objects.requireNonNull(plan.plans().get(one.getKey()));
            code = Math.max(code, OutcomeView.print(one.getValue(), planned, counted, output()));
        }
        for (Map.Entry<String, CtiGatewayException> failure : result.failures().entrySet()) {
            FleetView.failure(failure.getKey(), failure.getValue(), this);
            code = Math.max(code, Failures.exitCode(failure.getValue()));
        }
        for (String spared : result.spared()) {
            note(spared + ": not touched, since the first node did not end well");
            code = Math.max(code, ExitCodes.FINDINGS);
        }
        return code;
    }

    /** Each node's saved plan as of now. A node that has none is left alone, and one that is down is told of. */
    private static FleetPlan renewed(FleetPlan fresh, List<SavedPlan> reviewed) {
        Map<String, Plan> plans = new LinkedHashMap<>();
        int found = 0;
        for (Map.Entry<String, Plan> one : fresh.plans().entrySet()) {
            for (SavedPlan saved : reviewed) {
                boolean here = saved.node().equals(one.getValue().identity().node())
                        && saved.profile().equals(one.getValue().profile());
                if (here || (reviewed.size() == 1 && fresh.plans().size() == 1)) {
                    plans.put(one.getKey(), renewed(saved, one.getValue()));
                    found++;
                }
            }
        }
        if (found < reviewed.size() && fresh.failures().isEmpty()) {
            throw new CommandFailedException(
                    ExitCodes.FINDINGS, "The plan is also for a node that no --esl leads to. Nothing was done.");
        }
        return new FleetPlan(plans, fresh.failures());
    }

    private static Plan renewed(SavedPlan saved, Plan fresh) {
        try {
            return saved.renewed(fresh);
        } catch (StalePlanException e) {
            throw new CommandFailedException(
                    ExitCodes.FINDINGS, e.getMessage() + " Nothing was done: 'plan --out FILE' saves a new one.", e);
        }
    }

    private FleetPlan chosen(FleetPlan plan) {
        if (only.isEmpty()) {
            return plan;
        }
        for (String name : only) {
            if (!plan.plans().isEmpty()
                    && plan.plans().values().stream()
                            .allMatch(one -> one.item(name).isEmpty())) {
                throw new CommandFailedException(
                        ExitCodes.FINDINGS, "--only " + name + ": it is neither stored nor live. Nothing was done.");
            }
        }
        return plan.each(one -> one.only(Set.copyOf(only)));
    }
}
