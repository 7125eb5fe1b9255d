package io.github.ctigateway.examples.quickstart;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.SipReason;
import io.github.ctigateway.store.InMemoryGatewayStore;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The whole way of a gateway in one run, with nothing but a JDK: three gateways are stored, planned, applied and shown, then one is
 * changed and the others are not touched. The FreeSWITCH is the simulator; with a real one only the first lines of {@link #run} differ.
 */
public final class Quickstart {
    private static final String PROFILE = "external";

    private final PrintStream out;
    private final FreeSwitchSimulator freeSwitch;
    private final InMemoryGatewayStore store;
    private final GatewayController controller;
    private @Nullable ApplyStep step;

    private Quickstart(
            PrintStream out, FreeSwitchSimulator freeSwitch, InMemoryGatewayStore store, GatewayController controller) {
        this.out = out;
        this.freeSwitch = freeSwitch;
        this.store = store;
        this.controller = controller;
    }

    /**
     * Runs the quickstart.
     *
     * @param args ignored
     * @throws IOException when the temporary directory cannot be used
     */
    public static void main(String[] args) throws IOException {
        run(System.out);
    }

    static void run(PrintStream out) throws IOException {
        Path directory = Files.createTempDirectory("cti-gateway-quickstart");
        try (var freeSwitch = FreeSwitchSimulator.builder()
                        .profile(PROFILE, SimulatedConfiguration.directory(directory))
                        .start();
                var store = InMemoryGatewayStore.create("example.com");
                var node = EslGatewaySwitch.open(
                        EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), PROFILE);
                var events = new EventCount(node);
                var controller = GatewayController.builder(store, node)
                        .publisher(XmlDirectoryPublisher.at(directory))
                        .build()) {
            out.printf("A simulated FreeSWITCH listens on 127.0.0.1:%d and reads %s.%n", freeSwitch.port(), directory);
            new Quickstart(out, freeSwitch, store, controller).tell(events);
        } finally {
            delete(directory);
        }
    }

    private void tell(EventCount events) {
        Gateway mytrunk = Gateway.builder("mytrunk")
                .set(Parameters.REGISTER, true)
                .set(Parameters.CALLER_ID_IN_FROM, true)
                .set(Parameters.REALM, "180.76.224.191:35560")
                .set(Parameters.USERNAME, "mytrunk")
                .set(Parameters.PASSWORD, "mytrunk@ddt")
                .set(Parameters.EXPIRE_SECONDS, Duration.ofSeconds(60))
                .variable("sip_sticky_contact", "true")
                .build();
        Gateway refused = Gateway.builder("refused")
                .set(Parameters.REALM, "sip.example.net")
                .set(Parameters.USERNAME, "refused")
                .set(Parameters.PASSWORD, "not-the-right-one")
                .build();
        Gateway byAddress = Gateway.builder("by-address")
                .set(Parameters.REGISTER, false)
                .set(Parameters.REALM, "198.51.100.7")
                .build();
        freeSwitch.registrar().password("mytrunk", "mytrunk@ddt").forGateway("refused", RegistrarAnswer.forbidden());

        title("1. Three gateways are stored");
        for (Gateway gateway : List.of(mytrunk, refused, byAddress)) {
            store.save(gateway);
            out.println(gateway);
        }

        title("2. The plan: what differs between the store and FreeSWITCH");
        Plan plan = controller.plan();
        out.println(plan);

        title("3. The plan is applied, and each outcome is proven");
        apply(plan);

        title("4. The status of every gateway");
        out.println(statusTable());

        title("5. The carrier gives mytrunk a new password: the plan is one replace, two keep");
        freeSwitch.registrar().password("mytrunk", "a-new-secret");
        store.save(mytrunk.toBuilder().set(Parameters.PASSWORD, "a-new-secret").build());
        Plan change = controller.plan();
        out.println(change);

        title("6. It is applied, and only mytrunk is touched");
        events.reset();
        freeSwitch.forgetCommands();
        apply(change);
        out.println();
        out.println(touched(events));
    }

    private void title(String text) {
        out.printf("%n%s%n%s%n", text, "-".repeat(text.length()));
    }

    private void apply(Plan plan) {
        ApplyResult result = controller.apply(plan, ApplyOptions.defaults().withProgress(this::progress));
        out.printf(Locale.ROOT, "Done in %.1f s:%n%s%n", result.took().toMillis() / 1000.0, result);
        step = null;
    }

    /** Prints each step as it begins, and each outcome as it is known. */
    private void progress(ApplyProgress progress) {
        String name = progress.step().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (progress.gateway() != null) {
            out.printf("  %-12s  %s: %s%n", name, progress.gateway(), progress.ended());
        } else if (progress.step() != step && progress.total() > 0) {
            step = progress.step();
            out.printf("  %-12s  %d to go%n", name, progress.total());
        }
    }

    private String statusTable() {
        StringBuilder table =
                new StringBuilder(String.format("%-12s  %-10s  %-6s  %s", "GATEWAY", "STATE", "PING", "WHY"));
        for (GatewayStatus status : controller.statuses()) {
            String why = status.reason().map(SipReason::toString).orElse("");
            table.append(
                    String.format("%n%-12s  %-10s  %-6s  %s", status.gateway(), status.state(), status.ping(), why));
        }
        return table.toString().replaceAll(" +(\\R|$)", "$1");
    }

    /** What the second apply did to each gateway, as the switch saw it. */
    private String touched(EventCount events) {
        StringBuilder table = new StringBuilder(
                String.format("%-12s  %-5s  %-6s  %s", "GATEWAY", "KILLS", "EVENTS", "REGISTERS SINCE THE START"));
        for (GatewayStatus status : controller.statuses()) {
            String name = status.gateway();
            long kills = freeSwitch.commands().stream()
                    .filter(command -> command.contains("killgw") && command.endsWith(name))
                    .count();
            table.append(String.format(
                    "%n%-12s  %-5d  %-6d  %d",
                    name, kills, events.of(name), freeSwitch.registrar().registers(name)));
        }
        return table.toString();
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
