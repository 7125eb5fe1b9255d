package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.ReconnectPolicy;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.GatewayDefinition;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.InMemoryGatewayStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A store, a simulated FreeSWITCH that reads what one publisher holds, and the controllers of as many processes as a test wants. */
final class Scene implements AutoCloseable {
    /** What mod_sofia must never be sent: it leaks a lock, takes down everything, or kills another profile's gateway. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(?i).*\\b(register|unregister|killgw _all_|killgw (\\S+::)?all|killgw (?!external::)\\S+|restart|stop)\\b.*");

    final InMemoryGatewayStore store = InMemoryGatewayStore.create("example.com");
    final FreeSwitchSimulator freeSwitch;
    final EslGatewaySwitch node;
    private final List<Runnable> opened = new ArrayList<>();
    private final StartCommand command;
    private volatile MemoryPublisher directory;

    Scene(StartCommand command, Duration tick) {
        this(command, FreeSwitchSimulator.builder().tick(tick));
    }

    private Scene(StartCommand command, FreeSwitchSimulator.Builder simulator) {
        this.command = command;
        this.directory = new MemoryPublisher(command);
        this.freeSwitch = simulator.profile("external", this::read).start();
        this.node = anotherConnection();
    }

    /** Its ticks come only when told. */
    static Scene withManualTicks(StartCommand command) {
        return new Scene(command, FreeSwitchSimulator.builder().manualTicks());
    }

    /** As with mod_xml_curl a start of all gets what is pending, and the start of FreeSWITCH all. */
    private List<GatewayDefinition> read(SimulatedConfiguration.Request request) {
        Collection<Gateway> gateways = request.startGateway().isPresent() ? directory.pending() : directory.gateways();
        return gateways.stream().map(GatewayDefinition::of).toList();
    }

    EslGatewaySwitch anotherConnection() {
        return anotherConnection(ReconnectPolicy.of(Duration.ofMillis(20), Duration.ofMillis(100)));
    }

    EslGatewaySwitch anotherConnection(ReconnectPolicy reconnect) {
        EslOptions options = EslOptions.builder("127.0.0.1", freeSwitch.port(), freeSwitch.password())
                .reconnect(reconnect)
                .build();
        EslGatewaySwitch connected = EslGatewaySwitch.open(options, "external");
        opened.add(0, connected::close);
        return connected;
    }

    /** What all processes publish to. */
    MemoryPublisher directory() {
        return directory;
    }

    /** What was published is lost with the process that published it, as with mod_xml_curl. */
    void forgetPublished() {
        directory = new MemoryPublisher(command);
    }

    GatewayController controller(GatewaySwitch over, GatewayPublisher publisher) {
        GatewayController controller =
                GatewayController.builder(store, over).publisher(publisher).build();
        opened.add(0, controller::close);
        return controller;
    }

    static Gateway trunk(String name, String password) {
        return Gateway.builder(name)
                .set(Parameters.REALM, "carrier.example")
                .set(Parameters.USERNAME, name)
                .set(Parameters.PASSWORD, password)
                .set(Parameters.REGISTER, name.startsWith("t"))
                .set(Parameters.RETRY_SECONDS, Duration.ofSeconds(5))
                .build();
    }

    static ApplyOptions quick() {
        return ApplyOptions.defaults()
                .withMassChange(true)
                .withReadBackTimeout(Duration.ofMillis(300))
                .withRegistrationTimeout(Duration.ofSeconds(5));
    }

    /** A new process looks once, and then the switch runs what the store says and the registrar has what the switch claims. */
    void oneReconcileMakesItRight(String when) {
        assertThat(oneReconcile(when).outcomes().values()).as(when).allMatch(outcome -> outcome.isSuccess());
        isRight(when);
    }

    /** A new process looks once, and has nothing left to do. */
    ApplyResult oneReconcile(String when) {
        try (GatewayController fresh =
                GatewayController.builder(store, node).publisher(directory).build()) {
            ApplyResult result = fresh.apply(fresh.plan(), quick());
            assertThat(fresh.plan().changes()).as(when).isEmpty();
            return result;
        }
    }

    /** Sooner than a registration is refreshed, which would hide that its binding was lost. */
    void isRight(String when) {
        isRight(when, Set.of());
    }

    /**
     * As {@link #isRight(String)}.
     *
     * @param mayLinger users whom the registrar may still know though their gateway is gone, since it did not take their un-REGISTER
     */
    void isRight(String when, Set<String> mayLinger) {
        Set<String> wanted = store.snapshot().gateways().keySet();
        await(when).atMost(Duration.ofSeconds(6)).untilAsserted(() -> {
            List<LiveGateway> live = node.live();
            assertThat(live.stream().map(LiveGateway::name)).containsExactlyInAnyOrderElementsOf(wanted);
            Set<String> registered = live.stream()
                    .filter(gateway -> gateway.state() == RegistrationState.REGED)
                    .map(LiveGateway::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(registered)
                    .containsExactlyElementsOf(wanted.stream()
                            .filter(name -> name.startsWith("t"))
                            .sorted()
                            .toList());
            Set<String> bound = bound();
            assertThat(bound).containsAll(registered);
            bound.removeAll(registered);
            assertThat(mayLinger).containsAll(bound);
            assertThat(directory.gateways().stream().map(Gateway::name))
                    .as("what a restart would bring up")
                    .containsExactlyInAnyOrderElementsOf(wanted);
        });
        assertThat(freeSwitch.commands()).as(when).noneMatch(Scene::isForbidden);
    }

    static boolean isForbidden(String command) {
        return FORBIDDEN.matcher(command).matches();
    }

    /** The users whom an inbound call would find. */
    Set<String> bound() {
        return freeSwitch.registrar().bindings().keySet().stream()
                .map(address -> address.replaceAll("@.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
        freeSwitch.close();
        store.close();
    }
}
