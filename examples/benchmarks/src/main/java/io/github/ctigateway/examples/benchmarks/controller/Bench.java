package io.github.ctigateway.examples.benchmarks.controller;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.store.InMemoryGatewayStore;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import io.github.ctigateway.xml.XmlCurlServer;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A store with many gateways, a simulated FreeSWITCH that runs them, and the controller in between. */
final class Bench implements AutoCloseable {
    static final String PROFILE = "external";

    /** No mass change guard, and time enough for a machine that does other things beside. */
    private static final ApplyOptions OPTIONS = ApplyOptions.defaults()
            .withMassChange(true)
            .withRegistrationTimeout(Duration.ofMinutes(1))
            .withReadBackTimeout(Duration.ofMinutes(1));

    final InMemoryGatewayStore store = InMemoryGatewayStore.create("bench.example");
    final FreeSwitchSimulator freeSwitch;
    final EslGatewaySwitch node;
    final GatewayController controller;
    private final Deque<Closeable> opened = new ArrayDeque<>();
    private int edits;

    /**
     * @param tick how long a second of mod_sofia is
     */
    Bench(Publishing publishing, Duration tick) throws IOException {
        GatewayPublisher publisher;
        SimulatedConfiguration configuration;
        if (publishing == Publishing.XML_CURL) {
            XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
            XmlCurlServer server = XmlCurlServer.builder(
                            answerer, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .start();
            opened.push(server::close);
            publisher = answerer.publisher(PROFILE);
            URI uri = server.uri("127.0.0.1");
            configuration = SimulatedConfiguration.xmlCurl(uri, SimulatedConfiguration.gateways(List::of));
        } else {
            Path directory = Files.createTempDirectory("cti-gateway-bench");
            opened.push(() -> delete(directory));
            publisher = XmlDirectoryPublisher.at(directory);
            configuration = SimulatedConfiguration.directory(directory);
        }
        freeSwitch = FreeSwitchSimulator.builder()
                .profile(PROFILE, configuration)
                .tick(tick)
                .start();
        opened.push(freeSwitch::close);
        node = EslGatewaySwitch.open(EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), PROFILE);
        opened.push(node::close);
        controller = GatewayController.builder(store, node).publisher(publisher).build();
        opened.push(controller::close);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** Stores so many gateways and has them run. */
    void fill(int count, boolean registering) {
        for (int number = 0; number < count; number++) {
            store.save(trunk(number, registering));
        }
        apply(controller.plan());
    }

    /** Gives so many of the first gateways, from a random one on, another password each. */
    void edit(int count, int of, boolean registering, Random random) {
        edits++;
        int first = random.nextInt(of - count + 1);
        for (int number = first; number < first + count; number++) {
            store.save(trunk(number, registering).toBuilder()
                    .set(Parameters.PASSWORD, "edited-" + edits)
                    .build());
        }
    }

    /** Applies it to the end; milliseconds. */
    double apply(Plan plan) {
        long start = System.nanoTime();
        ApplyResult result = controller.apply(plan, OPTIONS);
        double took = (System.nanoTime() - start) / 1e6;
        if (!result.isSuccess()) {
            throw new IllegalStateException("not every gateway ended well: " + result);
        }
        return took;
    }

    /** mod_cti's page has such gateways: seven parameters and two variables. */
    static Gateway trunk(int number, boolean registering) {
        return Gateway.builder("trunk-" + number)
                .set(Parameters.REGISTER, registering)
                .set(Parameters.CALLER_ID_IN_FROM, true)
                .set(Parameters.REALM, "180.76." + number / 250 + "." + (1 + number % 250) + ":35560")
                .set(Parameters.EXPIRE_SECONDS, Duration.ofSeconds(60))
                .set(Parameters.DESTINATION_PREFIX, "9")
                .set(Parameters.USERNAME, "trunk" + number)
                .set(Parameters.PASSWORD, "trunk@ddt" + number)
                .variable("sip_sticky_contact", "true")
                .variable("absolute_codec_string", "PCMA,PCMU")
                .build();
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
