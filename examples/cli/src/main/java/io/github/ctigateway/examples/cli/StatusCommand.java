package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.status.EventOrigin;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.SipReason;
import io.github.ctigateway.status.StatusTracker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}: what FreeSWITCH runs now, or what Redis says about it. */
@Command(
        name = "status",
        description =
                "Show the live gateways of the profile, those in trouble first; 1 when one of them cannot take calls now. With"
                        + " --from-redis, what is of an earlier run of FreeSWITCH is marked: nothing is known of it now.")
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

    /** What an empty table means. */
    private String nothing = "No gateway is live.";

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
            output().forPeople(nothing);
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
        RedisStatusOptions options = place.options();
        if (options.hash().isEmpty()) {
            throw new CommandFailedException(
                    ExitCodes.FINDINGS, "gui.gateway.hash in cti.json names no hash, so Redis holds no statuses.");
        }
        StatusTracker tracker = StatusTracker.create();
        List<GatewayEvent> earlier;
        try (RedisStatusFeed feed = connections().openStatusFeed(options)) {
            RedisStatusFeed.Snapshot snapshot = feed.snapshot();
            if (snapshot.events().isEmpty() && snapshot.malformed().isEmpty()) {
                nothing = "Redis holds no status in the hash " + options.hash()
                        + ". It is written by mod_cti, by 'bridge', or by a controller with a RedisStatusSink.";
            }
            // In the order of time, so that of each FreeSWITCH the latest run counts.
            snapshot.events().stream()
                    .sorted(Comparator.comparing(event -> event.origin().time()))
                    .forEach(tracker::accept);
            earlier = snapshot.events().stream()
                    .filter(event -> !(event instanceof GatewayEvent.Deleted))
                    .filter(event -> tracker.status(event.origin().node(), event.gateway())
                            .isEmpty())
                    .toList();
            snapshot.malformed().forEach(entry -> note("No status: " + entry.source() + ": " + entry.reason()));
        }
        if (!earlier.isEmpty()) {
            note(
                    "Of " + earlier.size()
                            + " gateways nothing was heard since their FreeSWITCH was started again: they may"
                            + " be gone. Without --from-redis their FreeSWITCH can be asked, 'bridge' removes those that are gone.");
        }
        return Stream.concat(
                        tracker.statuses().stream().map(StatusCommand::line),
                        earlier.stream().map(this::line))
                .toList();
    }

    /** What an earlier run said last. Only who asks for this gateway by name learns by the exit code that nothing is known of it. */
    private Line line(GatewayEvent earlier) {
        String state = earlier instanceof GatewayEvent.StateChanged changed
                ? changed.state().toString()
                : "added";
        EventOrigin origin = earlier.origin();
        return new Line(
                earlier.gateway(),
                names.contains(earlier.gateway()) ? Colour.RED : Colour.YELLOW,
                List.of(
                        earlier.gateway(),
                        "? was " + state,
                        "earlier run",
                        origin.node(),
                        origin.time().toString(),
                        "not heard of since FreeSWITCH was started again"),
                JsonLine.of("status")
                        .with("gateway", earlier.gateway())
                        .with("node", origin.node())
                        .with("usable", false)
                        .with("earlierRun", true)
                        .with("lastState", state)
                        .with("lastHeard", origin.time())
                        .with("coreUuid", origin.coreUuid()));
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
