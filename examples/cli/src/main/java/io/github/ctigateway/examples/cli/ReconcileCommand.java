package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.ReconcileRun;
import io.github.ctigateway.store.GatewayStore;
import java.time.Duration;
import java.util.List;
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

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after this time.")
    private @Nullable Integer seconds;

    @Option(
            names = "--allow-mass-change",
            description =
                    "Also when it takes down more than 5 and more than 30 %% of the live gateways, or the plan has warnings.")
    private boolean allowMassChange;

    @Option(
            names = "--xml-curl",
            paramLabel = "HOST:PORT",
            description = "In place of --xml-dir: answer mod_xml_curl there meanwhile.")
    private @Nullable String xmlCurl;

    @Mixin
    private XmlCurlOptions xmlCurlCredentials = new XmlCurlOptions();

    private volatile int lastCode = ExitCodes.OK;

    @Override
    public Integer call() {
        if (!watch || every < 1) {
            throw wrongUsage("--watch is needed, and --every must be at least 1.");
        }
        try (GatewayStore store = connections().openStore();
                GatewaySwitch node = connections().openSwitch();
                GatewayController controller = GatewayController.builder(store, node)
                        .publisher(connections().openPublisher(node, xmlCurl, xmlCurlCredentials))
                        .build()) {
            note("Keeping " + node.identity().node() + " as the store says.");
            controller.start(ReconcileOptions.defaults()
                    .withEvery(Duration.ofSeconds(every))
                    .withApply(ApplyOptions.defaults().withMassChange(allowMassChange))
                    .withListener(this::tell));
            Patience.await(seconds);
        }
        return lastCode;
    }

    /** A run that changes nothing is not worth a line. */
    private void tell(ReconcileRun run) {
        CtiGatewayException failure = run.error();
        Plan plan = run.made();
        ApplyResult result = run.applied();
        if (failure != null) {
            lastCode = Failures.exitCode(failure);
            note(String.valueOf(failure.getMessage()));
        } else if (plan != null && result != null && plan.hasChanges()) {
            PlanView.print(plan, output());
            lastCode = OutcomeView.print(result, plan, List.of(), output());
        } else {
            lastCode = ExitCodes.OK;
        }
    }
}
