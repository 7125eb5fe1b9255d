package io.github.ctigateway.examples.cli;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.redis.RedisStatusSink;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.LiveNames;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bridge}: FreeSWITCH's gateway events into Redis. */
@Command(
        name = "bridge",
        description =
                "Write the gateway events of FreeSWITCH to Redis as mod_cti does, until it is interrupted. For a FreeSWITCH"
                        + " without mod_cti.")
final class BridgeCommand extends GatewayCommand {
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);

    @Mixin
    private StatusPlace place = new StatusPlace();

    @Option(
            names = "--per-node",
            description = "Also keep a hash for each node, HASH@NODE, since in the other the last node wins.")
    private boolean perNode;

    @Option(names = "--for", paramLabel = "SECONDS", description = "End after this time.")
    private @Nullable Integer seconds;

    private boolean wasBehind;
    private boolean refusalTold;

    @Override
    public Integer call() {
        if (seconds != null && seconds < 0) {
            throw wrongUsage("--for must not be negative.");
        }
        RedisStatusOptions options = place.options();
        if (options.hash().isEmpty()
                && options.channel().isEmpty()
                && options.list().isEmpty()) {
            throw new CommandFailedException(
                    ExitCodes.FINDINGS,
                    "gui.gateway in cti.json names no hash, channel or list: nothing would be written.");
        }
        // The sink would wait for a Redis that never answers.
        try (RedisStatusFeed feed = connections().openStatusFeed(options)) {
            feed.snapshot();
        }
        try (RedisStatusSink sink = connections().openStatusSink(perNode ? options.withHashPerNode() : options);
                GatewaySwitch node = connections().openSwitch()) {
            // Events would come without it, but of a profile that does not run nobody learns which gateways are gone.
            node.names();
            sink.consult(() -> new LiveNames(node.identity().node(), node.namesOnAllProfiles()));
            try (GatewaySwitch.Subscription subscription = node.subscribe(new Listener(sink))) {
                Objects.requireNonNull(subscription);
                sink.gap();
                note("Writing the events of " + node.identity().node() + " to Redis.");
                terminal().patience().await(seconds, () -> lookAt(sink));
            }
            boolean all = sink.flush(LAST_WRITES);
            tellRefusal(sink);
            output().fact(
                            JsonLine.of("bridged")
                                    .with("written", sink.written())
                                    .with("refused", sink.refused())
                                    .with("removed", sink.removed()),
                            sink.written() + " events written, " + sink.refused() + " commands refused, "
                                    + sink.removed()
                                    + " entries of gateways that were gone removed"
                                    + (all ? "" : "; Redis did not take the rest"));
            return all && sink.refused() == 0 ? ExitCodes.OK : ExitCodes.FINDINGS;
        }
    }

    /** Says once that Redis is away, once that it is back, and once why it refuses. */
    private void lookAt(RedisStatusSink sink) {
        boolean behind = !sink.flush(Duration.ofSeconds(1));
        if (behind != wasBehind) {
            note(behind ? "Events wait for Redis; --verbose says why." : "Redis takes the events again.");
        }
        wasBehind = behind;
        tellRefusal(sink);
    }

    private void tellRefusal(RedisStatusSink sink) {
        if (!refusalTold) {
            sink.firstRefusal().ifPresent(refusal -> {
                note("Redis does not take all of the events: " + refusal.getMessage());
                refusalTold = true;
            });
        }
    }

    private final class Listener implements SwitchListener {
        private final RedisStatusSink sink;

        Listener(RedisStatusSink sink) {
            this.sink = sink;
        }

        @Override
        public void onEvent(GatewayEvent event) {
            try {
                sink.accept(event);
            } catch (CtiGatewayException e) {
                note("An event of '" + event.gateway() + "' is lost: " + e.getMessage());
            }
        }

        @Override
        public void onDisconnected() {
            note("The connection to FreeSWITCH is lost; trying again.");
        }

        @Override
        public void onGap(String reason) {
            note(
                    "Events may have been missed (" + reason
                            + "). Redis has the newer status with each gateway's next event; gateways that are gone are looked for.");
            sink.gap();
        }
    }
}
