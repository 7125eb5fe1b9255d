package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.store.GatewayStore;
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
            names = "--xml-curl",
            paramLabel = "HOST:PORT",
            description = "In place of --xml-dir: answer mod_xml_curl there meanwhile.")
    private @Nullable String xmlCurl;

    @Mixin
    private XmlCurlOptions xmlCurlCredentials = new XmlCurlOptions();

    @Override
    public Integer call() {
        Plan plan;
        try (GatewayStore store = connections().openStore();
                GatewaySwitch node = connections().openSwitch();
                GatewayController controller = GatewayController.builder(store, node)
                        .publisher(connections().openPublisher(node, xmlCurl, xmlCurlCredentials))
                        .build()) {
            plan = controller.plan();
        }
        PlanView.print(plan, output());
        if (plan.hasChanges()) {
            return ExitCodes.CHANGES;
        }
        return plan.count(Action.INVALID) + plan.count(Action.CLASH) == 0 ? ExitCodes.OK : ExitCodes.FINDINGS;
    }
}
