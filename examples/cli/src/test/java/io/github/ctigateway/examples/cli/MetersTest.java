package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.metrics.GatewayMeters;
import io.github.ctigateway.store.InMemoryGatewayStore;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters of a controller at work; they are of another module than the switch. */
class MetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void timesEachApplyAndShowsTheGatewaysOfAController(@TempDir Path directory) {
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder()
                        .tick(Duration.ofMillis(50))
                        .profile("external", SimulatedConfiguration.directory(directory))
                        .start();
                InMemoryGatewayStore store = InMemoryGatewayStore.create("example.com");
                EslGatewaySwitch node = EslGatewaySwitch.open(
                        EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), "external");
                GatewayController controller = GatewayController.builder(store, node)
                        .publisher(XmlDirectoryPublisher.at(directory))
                        .build();
                GatewayMeters meters = GatewayMeters.create(registry, controller::statuses)) {
            store.save(trunk("a"));
            Plan plan = controller.plan();
            ApplyResult result = controller.apply(plan);
            meters.record(plan, result);

            Timer timer = registry.get("cti.gateway.apply")
                    .tags("node", freeSwitch.node(), "profile", "external")
                    .timer();
            assertThat(timer.count()).isEqualTo(1);
            assertThat(timer.totalTime(TimeUnit.NANOSECONDS))
                    .isEqualTo((double) result.took().toNanos());
            // Statuses come by events, and the last may come after the apply has read everything back.
            await().untilAsserted(() -> {
                meters.refresh();
                assertThat(registry.get("cti.gateway.registered")
                                .tags("node", freeSwitch.node(), "profile", "external", "gateway", "a")
                                .gauge()
                                .value())
                        .isEqualTo(1);
            });

            controller.start(ReconcileOptions.defaults().withListener(meters::record));
            store.save(trunk("b"));
            await().untilAsserted(() -> assertThat(timer.count()).isEqualTo(2));
        }
    }

    private static Gateway trunk(String name) {
        return Gateway.builder(name)
                .set("register", "false")
                .set("realm", "198.51.100.7")
                .build();
    }
}
