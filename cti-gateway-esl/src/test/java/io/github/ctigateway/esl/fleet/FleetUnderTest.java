package io.github.ctigateway.esl.fleet;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.control.MemoryPublisher;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.fleet.GatewayFleet;
import io.github.ctigateway.fleet.Leases;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.store.GatewayStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Simulated nodes, what each of them can read, and fleets over all of them. */
final class FleetUnderTest implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(20);

    private final Map<String, FreeSwitchSimulator> nodes = new LinkedHashMap<>();
    private final Map<String, MemoryPublisher> published = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    FleetUnderTest(String... names) {
        for (String name : names) {
            published.put(name, new MemoryPublisher(StartCommand.RESCAN));
            start(name);
        }
    }

    void start(String name) {
        FreeSwitchSimulator node = FreeSwitchSimulator.builder()
                .node(name)
                .port(ports.getOrDefault(name, 0))
                .profile("external", SimulatedConfiguration.gateways(published(name)::gateways))
                .tick(TICK)
                .start();
        nodes.put(name, node);
        ports.put(name, node.port());
    }

    void stop(String name) {
        node(name).close();
    }

    Set<String> names() {
        return nodes.keySet();
    }

    FreeSwitchSimulator node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    MemoryPublisher published(String name) {
        return Objects.requireNonNull(published.get(name));
    }

    /** The users that an inbound call from the node's registrar would find. */
    Set<String> bound(String name) {
        Set<String> users = new TreeSet<>();
        node(name).registrar().bindings().keySet().forEach(address -> users.add(address.replaceAll("@.*", "")));
        return users;
    }

    GatewayFleet.Builder fleet(GatewayStore store, Leases leases) {
        GatewayFleet.Builder fleet = GatewayFleet.builder(store)
                .leases(leases)
                .leaseLimit(Duration.ofSeconds(1))
                .patience(Duration.ofMillis(300));
        for (String name : nodes.keySet()) {
            fleet.node(
                    name,
                    () -> EslGatewaySwitch.open(
                            EslOptions.of("127.0.0.1", Objects.requireNonNull(ports.get(name)), "ClueCon"), "external"),
                    node -> GatewayController.builder(store, node).publisher(published(name)));
        }
        return fleet;
    }

    static ApplyOptions quick() {
        return ApplyOptions.defaults().withRegistrationTimeout(Duration.ofSeconds(5));
    }

    static ReconcileOptions often() {
        return ReconcileOptions.defaults().withEvery(Duration.ofSeconds(1)).withApply(quick());
    }

    static Gateway trunk(String name) {
        return Gateway.builder(name)
                .set(Parameters.REALM, "carrier.example")
                .set(Parameters.USERNAME, name)
                .set(Parameters.PASSWORD, "pw")
                .build();
    }

    static boolean changes(String command) {
        return command.contains("killgw") || command.contains("rescan") || command.contains("startgw");
    }

    List<String> changesSentTo(String name) {
        return node(name).commands().stream().filter(FleetUnderTest::changes).toList();
    }

    @Override
    public void close() {
        nodes.values().forEach(FreeSwitchSimulator::close);
    }
}
