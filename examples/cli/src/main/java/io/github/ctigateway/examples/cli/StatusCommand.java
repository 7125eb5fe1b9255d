package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.status.PingStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code status}: what FreeSWITCH runs now. */
@Command(
        name = "status",
        description = "Show the live gateways of the profile; 1 when one of them cannot take calls now.")
final class StatusCommand extends GatewayCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Only these; one that is not live counts as one that cannot take calls.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() {
        List<LiveGateway> live;
        try (GatewaySwitch node = connections().openSwitch()) {
            live = node.live().stream()
                    .filter(gateway -> gateway.profile().equals(node.profile()))
                    .filter(gateway -> names.isEmpty() || names.contains(gateway.name()))
                    .sorted(Comparator.comparing(LiveGateway::name))
                    .toList();
        }
        TextTable table = new TextTable("GATEWAY", "STATE", "STATUS", "REALM", "CALLS IN", "CALLS OUT");
        Set<String> missing = new HashSet<>(names);
        boolean allUsable = true;
        for (LiveGateway gateway : live) {
            missing.remove(gateway.name());
            allUsable &= isUsable(gateway);
            table.row(
                    gateway.name(),
                    gateway.state().toString(),
                    gateway.ping().toString(),
                    field(gateway, "realm"),
                    field(gateway, "calls-in"),
                    field(gateway, "calls-out"));
            output().forPrograms(JsonLine.of("status")
                    .with("gateway", gateway.name())
                    .with("profile", gateway.profile())
                    .with("state", gateway.state())
                    .with("ping", gateway.ping())
                    .with("usable", isUsable(gateway))
                    .with("fields", gateway.fields()));
        }
        missing.stream().sorted().forEach(name -> {
            table.row(name, "not live", "-", "-", "-", "-");
            output().forPrograms(JsonLine.of("status").with("gateway", name).with("usable", false));
        });
        output().forPeople(live.isEmpty() && missing.isEmpty() ? "No gateway is live." : table.toString());
        return allUsable && missing.isEmpty() ? ExitCodes.OK : ExitCodes.FINDINGS;
    }

    private static boolean isUsable(LiveGateway gateway) {
        return gateway.state().isUsable() && gateway.ping() != PingStatus.DOWN;
    }

    private static String field(LiveGateway gateway, String name) {
        return gateway.fields().getOrDefault(name, "-");
    }
}
