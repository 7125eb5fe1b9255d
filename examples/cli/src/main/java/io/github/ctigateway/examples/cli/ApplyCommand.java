package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.store.GatewayStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apply}: makes FreeSWITCH run what is stored. */
@Command(
        name = "apply",
        description =
                "Make FreeSWITCH run what is stored, and prove it; 1 when a gateway is not as wanted at the end. Asks"
                        + " nothing: look at 'plan' first.")
final class ApplyCommand extends GatewayCommand {
    @Option(
            names = "--allow-mass-change",
            description =
                    "Also when it takes down more than 5 and more than 30 %% of the live gateways, or the plan has warnings.")
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
            names = "--xml-curl",
            paramLabel = "HOST:PORT",
            description = "In place of --xml-dir: answer mod_xml_curl there meanwhile.")
    private @Nullable String xmlCurl;

    @Mixin
    private XmlCurlOptions xmlCurlCredentials = new XmlCurlOptions();

    @Override
    public Integer call() {
        if (registrationTimeout < 0) {
            throw wrongUsage("--registration-timeout must not be negative.");
        }
        try (GatewayStore store = connections().openStore();
                GatewaySwitch node = connections().openSwitch();
                GatewayController controller = GatewayController.builder(store, node)
                        .publisher(connections().openPublisher(node, xmlCurl, xmlCurlCredentials))
                        .build()) {
            Plan plan = chosen(controller.plan());
            output().forPeople(plan.toString());
            ApplyResult result;
            try (ProgressView progress = new ProgressView(err(), terminal().interactive())) {
                result = controller.apply(
                        plan,
                        ApplyOptions.defaults()
                                .withMassChange(allowMassChange)
                                .withRegistrationTimeout(Duration.ofSeconds(registrationTimeout))
                                .withProgress(progress));
            }
            return OutcomeView.print(result, plan, only, output());
        }
    }

    private Plan chosen(Plan plan) {
        if (only.isEmpty()) {
            return plan;
        }
        for (String name : only) {
            if (plan.item(name).isEmpty()) {
                throw new CommandFailedException(
                        ExitCodes.FINDINGS, "--only " + name + ": it is neither stored nor live. Nothing was done.");
            }
        }
        return plan.only(Set.copyOf(only));
    }
}
