package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.SipReason;
import io.github.ctigateway.status.StatusTracker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: what FreeSWITCH runs now, or what Redis says about it. */
@Command(
        name = "status",
        description =
                "Show the live gateways of the profile, those in trouble first; 1 when one of them cannot take calls now.")
final class StatusCommand extends GatewayCommand {
    /** Trouble is red, a registration that is being refreshed yellow, the rest green. */
    private enum Colour {
        RED("\033[31m"),
        YELLOW("\033[33m"),
        GREEN("\033[32m");

        private static final String PLAIN = "\033[0m";
        private final String code;

        Colour(String code) {
            this.code = code;
        }

        static Colour of(RegistrationState state, boolean usable) {
            boolean settled = state == RegistrationState.REGED || state == RegistrationState.NOREG;
            return !usable ? RED : settled ? GREEN : YELLOW;
        }

        String paint(String text) {
            return code + text + PLAIN;
        }
    }

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Only these; one that is not live counts as one that cannot take calls.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--from-redis",
            description = "Show what mod_cti or 'bridge' wrote to Redis, for all nodes, and do not ask FreeSWITCH.")
    private boolean fromRedis;

    @Mixin
    private StatusPlace place = new StatusPlace();

    /** A line of the table. */
    private record Line(String gateway, Colour colour, List<String> cells, JsonLine json) {
        boolean usable() {
            return colour != Colour.RED;
        }
    }

    @Override
    public Integer call() {
        List<Line> lines = new ArrayList<>(fromRedis ? inRedis() : live());
        lines.removeIf(line -> !names.isEmpty() && !names.contains(line.gateway()));
        TreeSet<String> missing = new TreeSet<>(names);
        lines.forEach(line -> missing.remove(line.gateway()));
        for (String name : missing) {
            JsonLine json = JsonLine.of("status").with("gateway", name).with("usable", false);
            lines.add(new Line(name, Colour.RED, List.of(name, "not live", "-", "-", "-", "-"), json));
        }
        lines.sort(Comparator.comparing(Line::colour).thenComparing(Line::gateway));
        print(lines);
        return lines.stream().allMatch(Line::usable) ? ExitCodes.OK : ExitCodes.FINDINGS;
    }

    private void print(List<Line> lines) {
        TextTable table = fromRedis
                ? new TextTable("GATEWAY", "STATE", "STATUS", "NODE", "SINCE", "WHY")
                : new TextTable("GATEWAY", "STATE", "STATUS", "REALM", "CALLS IN", "CALLS OUT");
        for (Line line : lines) {
            table.row(line.cells().toArray(String[]::new));
            output().forPrograms(line.json());
        }
        if (lines.isEmpty()) {
            output().forPeople("No gateway is live.");
            return;
        }
        List<String> rows = table.toString().lines().toList();
        output().forPeople(rows.get(0));
        for (int i = 0; i < lines.size(); i++) {
            output().forPeople(rows.get(i + 1), lines.get(i).colour()::paint);
        }
    }

    private List<Line> live() {
        try (GatewaySwitch node = connections().openSwitch()) {
            return node.live().stream()
                    .filter(gateway -> gateway.profile().equals(node.profile()))
                    .map(StatusCommand::line)
                    .toList();
        }
    }

    private static Line line(LiveGateway gateway) {
        boolean usable = gateway.ping().isUsable(gateway.state());
        return new Line(
                gateway.name(),
                Colour.of(gateway.state(), usable),
                List.of(
                        gateway.name(),
                        gateway.state().toString(),
                        gateway.ping().toString(),
                        field(gateway, "realm"),
                        field(gateway, "calls-in"),
                        field(gateway, "calls-out")),
                JsonLine.of("status")
                        .with("gateway", gateway.name())
                        .with("profile", gateway.profile())
                        .with("state", gateway.state())
                        .with("ping", gateway.ping())
                        .with("usable", usable)
                        .with("fields", gateway.fields()));
    }

    private List<Line> inRedis() {
        StatusTracker tracker = StatusTracker.create();
        try (RedisStatusFeed feed = connections().openStatusFeed(place.options())) {
            RedisStatusFeed.Snapshot snapshot = feed.snapshot();
            // In the order of time, so that what an earlier run of a FreeSWITCH left behind counts for nothing.
            snapshot.events().stream()
                    .sorted(Comparator.comparing(event -> event.origin().time()))
                    .forEach(tracker::accept);
            long stale = snapshot.events().stream()
                    .filter(event -> tracker.status(event.origin().node(), event.gateway())
                            .isEmpty())
                    .count();
            if (stale > 0) {
                note(stale
                        + " entries are of an earlier run of their FreeSWITCH and not shown: nothing was heard of these"
                        + " gateways since, and without --from-redis their FreeSWITCH can be asked.");
            }
            snapshot.malformed().forEach(entry -> note("No status: " + entry.source() + ": " + entry.reason()));
        }
        return tracker.statuses().stream().map(StatusCommand::line).toList();
    }

    private static Line line(GatewayStatus status) {
        boolean usable = status.isUsable();
        JsonLine json = JsonLine.of("status")
                .with("gateway", status.gateway())
                .with("node", status.node())
                .with("profile", status.profile())
                .with("state", status.state())
                .with("ping", status.ping())
                .with("usable", usable)
                .with("since", status.since())
                .with("address", status.networkAddress());
        return new Line(
                status.gateway(),
                Colour.of(status.state(), usable),
                List.of(
                        status.gateway(),
                        status.state().toString(),
                        status.ping().toString(),
                        status.node(),
                        status.since().toString(),
                        status.reason().map(SipReason::toString).orElse("")),
                OutcomeView.reason(json, status.sipReason()));
    }

    private static String field(LiveGateway gateway, String name) {
        return gateway.fields().getOrDefault(name, "-");
    }
}
