package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.ObservedGateway;
import io.github.ctigateway.status.StatusAlerts;
import io.github.ctigateway.status.StatusChange;
import io.github.ctigateway.status.StatusTracker;
import io.github.ctigateway.status.StatusTransition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code watch}: every change of a status as it happens, or just those that somebody should be told of. */
@Command(name = "watch", description = "Print the statuses, and then every change, until it is interrupted.")
final class WatchCommand extends GatewayCommand {
    @Option(names = "--for", paramLabel = "SECONDS", description = "End after this time.")
    private @Nullable Integer seconds;

    @Option(
            names = "--alerts",
            paramLabel = "SECONDS",
            description =
                    "Print only that a gateway registered, was lost, fails or recovered, once it has lasted for this time.")
    private @Nullable Integer holdDown;

    @Override
    public Integer call() {
        if (seconds != null && seconds < 0) {
            throw wrongUsage("--for must not be negative.");
        }
        if (holdDown == null) {
            return watch(this::print);
        }
        if (holdDown < 0) {
            throw wrongUsage("--alerts must not be negative.");
        }
        try (StatusAlerts alerts = StatusAlerts.create(Duration.ofSeconds(holdDown), this::print)) {
            return watch(alerts);
        }
    }

    private int watch(Consumer<StatusChange> listener) {
        try (GatewaySwitch node = connections().openSwitch()) {
            AtomicReference<StatusTracker> statuses = new AtomicReference<>();
            StatusTracker tracker = StatusTracker.builder()
                    .onChange(listener)
                    .onSnapshotWanted(name -> readAgain(statuses.get(), node))
                    .build();
            statuses.set(tracker);
            try (GatewaySwitch.Subscription subscription =
                    node.subscribe(new Listener(tracker, node.identity().node()))) {
                Objects.requireNonNull(subscription);
                read(tracker, node);
                terminal().patience().await(seconds);
            }
        }
        return ExitCodes.OK;
    }

    private void readAgain(@Nullable StatusTracker tracker, GatewaySwitch node) {
        try {
            read(Objects.requireNonNull(tracker), node);
        } catch (CtiGatewayException e) {
            note(String.valueOf(e.getMessage()));
        }
    }

    private static void read(StatusTracker tracker, GatewaySwitch node) {
        Instant asked = InstantSource.system().instant();
        SwitchIdentity identity = node.identity();
        List<ObservedGateway> observed =
                node.live().stream().map(LiveGateway::observed).toList();
        tracker.accept(identity.node(), identity.coreUuid(), observed, asked);
    }

    private void print(StatusChange change) {
        GatewayStatus now = change.after();
        JsonLine line = JsonLine.of("status").with("gateway", change.gateway()).with("node", change.node());
        if (now == null) {
            line.with("gone", true);
        } else {
            line.with("profile", now.profile())
                    .with("state", now.state())
                    .with("ping", now.ping())
                    .with("since", now.since())
                    .with("address", now.networkAddress());
            OutcomeView.reason(line, now.sipReason());
        }
        Instant time = now == null ? InstantSource.system().instant() : now.updated();
        output().fact(line.with("time", time), time + "  " + change);
    }

    private void print(StatusTransition transition) {
        Instant time = InstantSource.system().instant();
        GatewayStatus now = transition.status();
        JsonLine line = JsonLine.of("alert")
                .with("gateway", transition.gateway())
                .with("node", transition.node())
                .with("kind", transition.kind())
                .with("state", now.state())
                .with("failures", now.failures())
                .with("flaps", now.flaps());
        output().fact(OutcomeView.reason(line, now.sipReason()).with("time", time), time + "  " + transition);
    }

    private final class Listener implements SwitchListener {
        private final StatusTracker tracker;
        private final String node;

        Listener(StatusTracker tracker, String node) {
            this.tracker = tracker;
            this.node = node;
        }

        @Override
        public void onEvent(GatewayEvent event) {
            tracker.accept(event);
        }

        @Override
        public void onDisconnected() {
            note("The connection to FreeSWITCH is lost; trying again.");
            tracker.disconnected(node);
        }

        @Override
        public void onGap(String reason) {
            note("Changes may have been missed (" + reason + "); reading the statuses again.");
            tracker.gap(node);
        }
    }
}
