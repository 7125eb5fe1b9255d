package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.fleet.GatewayFleet;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.redis.RedisGatewayStore;
import io.github.ctigateway.redis.RedisLeases;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of the READMEs, between the markers, so that it compiles and runs. {@link ReadmeTest} compares it with them. */
final class ReadmeExamples {
    private static final Logger log = LoggerFactory.getLogger(ReadmeExamples.class);

    private ReadmeExamples() {}

    static void theWholeJob(
            String redisUri,
            String domain,
            String eslHost,
            int eslPort,
            String eslPassword,
            String password,
            Path gatewayDirectory) {
        // README begin
        Gateway trunk = Gateway.builder("mytrunk")
                .set(Parameters.REALM, "180.76.224.191:35560")
                .set(Parameters.USERNAME, "mytrunk")
                .set(Parameters.PASSWORD, password)
                .set(Parameters.EXPIRE_SECONDS, Duration.ofSeconds(60))
                .variable("sip_sticky_contact", "true")
                .build();

        try (var store = RedisGatewayStore.open(redisUri, domain);
                var node = EslGatewaySwitch.open(EslOptions.of(eslHost, eslPort, eslPassword), "external");
                var controller = GatewayController.builder(store, node)
                        .publisher(XmlDirectoryPublisher.at(gatewayDirectory))
                        .onStatus(change -> log.info("{}", change))
                        .build()) {
            store.save(trunk); // refused, with every finding, when FreeSWITCH would not take it
            Plan plan = controller.plan(); // prints as a diff: + create, ~ replace, - remove, = keep
            ApplyResult result = controller.apply(plan);
            log.info("{}", result); // Applied[REGED in 2.1 s], RegistrationFailed[403 Forbidden], ...
        }
        // README end
    }

    static void severalNodes(
            String redisUri,
            String domain,
            EslOptions fs1,
            Path directory1,
            EslOptions fs2,
            Path directory2,
            Runnable serve) {
        // README begin
        try (var store = RedisGatewayStore.open(redisUri, domain);
                var leases = RedisLeases.open(redisUri, domain); // only one process at a time works on a node
                var fleet = GatewayFleet.builder(store)
                        .leases(leases)
                        .node(
                                "fs1",
                                () -> EslGatewaySwitch.open(fs1, "external"),
                                node -> GatewayController.builder(store, node)
                                        .publisher(XmlDirectoryPublisher.at(directory1)))
                        .node(
                                "fs2",
                                () -> EslGatewaySwitch.open(fs2, "external"),
                                node -> GatewayController.builder(store, node)
                                        .publisher(XmlDirectoryPublisher.at(directory2)))
                        .onNode(report -> log.info("{}", report)) // fs1 WORKING, fs2 DOWN: ...
                        .build()) {
            fleet.start(ReconcileOptions.defaults());
            serve.run(); // for as long as your application lives
        }
        // README end
    }

    static void yourTrunkCodeAgainstTheSimulator(Path gatewayDirectory, Consumer<GatewaySwitch> yourTrunkCode) {
        // README begin
        try (var freeSwitch = FreeSwitchSimulator.builder()
                        .profile("external", SimulatedConfiguration.directory(gatewayDirectory))
                        .tick(Duration.ofMillis(20)) // a second of mod_sofia's life
                        .start();
                var node = EslGatewaySwitch.open(
                        EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), "external")) {
            freeSwitch.registrar().forGateway("mytrunk", RegistrarAnswer.forbidden());
            yourTrunkCode.accept(node);
            freeSwitch.restart(); // or freeze(), dropConnections(), rejectConnections(true) …
        }
        // README end
    }
}
