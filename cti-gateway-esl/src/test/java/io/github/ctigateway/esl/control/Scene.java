package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.ReconnectPolicy;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.InMemoryGatewayStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A store, a simulated FreeSWITCH that reads what one publisher holds, and the controllers of as many processes as a test wants. */
final class Scene implements AutoCloseable {
    /** What mod_sofia must never be sent: it leaks a lock, or takes down everything. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("(?i).*\\b(register|unregister|killgw _all_|killgw (\\S+::)?all|restart|stop)\\b.*");

    final InMemoryGatewayStore store = InMemoryGatewayStore.create("example.com");
    final FreeSwitchSimulator freeSwitch;
    final EslGatewaySwitch node;
    private final List<Runnable> opened = new ArrayList<>();
    private final StartCommand command;
    private volatile MemoryPublisher directory;

    Scene(StartCommand command, Duration tick) {
        this.command = command;
        this.directory = new MemoryPublisher(command);
        this.freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.gateways(() -> directory.gateways()))
                .tick(tick)
                .start();
        this.node = anotherConnection();
    }

    EslGatewaySwitch anotherConnection() {
        EslOptions options = EslOptions.builder("127.0.0.1", freeSwitch.port(), freeSwitch.password())
                .reconnect(ReconnectPolicy.of(Duration.ofMillis(20), Duration.ofMillis(100)))
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

    Set<String> names() {
        return node.live().stream().map(LiveGateway::name).collect(Collectors.toSet());
    }

    /** A new process looks once, and then the switch runs what the store says and the registrar has what the switch claims. */
    void oneReconcileMakesItRight(String when) {
        try (GatewayController fresh =
                GatewayController.builder(store, node).publisher(directory).build()) {
            assertThat(fresh.apply(fresh.plan(), quick()).outcomes().values())
                    .as(when)
                    .allMatch(outcome -> outcome.isSuccess());
            assertThat(fresh.plan().hasChanges()).as(when).isFalse();
        }
        Set<String> wanted = store.snapshot().gateways().keySet();
        assertThat(names()).as(when).containsExactlyInAnyOrderElementsOf(wanted);
        await(when).atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Set<String> registered = node.live().stream()
                    .filter(live -> live.state() == RegistrationState.REGED)
                    .map(LiveGateway::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(registered)
                    .containsExactlyElementsOf(wanted.stream()
                            .filter(name -> name.startsWith("t"))
                            .sorted()
                            .toList());
            assertThat(bound()).containsExactlyElementsOf(registered);
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
