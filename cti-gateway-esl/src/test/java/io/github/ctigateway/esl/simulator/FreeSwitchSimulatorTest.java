package io.github.ctigateway.esl.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.esl.contract.RawEventSocket;
import io.github.ctigateway.model.Gateway;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tests can do to the simulator that a real FreeSWITCH does not offer; what it does by itself is in the contract. */
class FreeSwitchSimulatorTest {
    private final List<Gateway> published = new CopyOnWriteArrayList<>();
    private final FreeSwitchSimulator simulator = FreeSwitchSimulator.builder()
            .node("node-1")
            .password("secret")
            .manualTicks()
            .profile("external", SimulatedConfiguration.gateways(() -> published))
            .profile("second", SimulatedConfiguration.gateways(() -> published))
            .start();

    @AfterEach
    void stop() {
        simulator.close();
    }

    private RawEventSocket login() {
        return RawEventSocket.login("127.0.0.1", simulator.port(), "secret");
    }

    private static Gateway registering(String name) {
        return Gateway.builder(name)
                .set("realm", "r.example")
                .set("username", name)
                .set("password", "p")
                .set("expire-seconds", "60")
                .build();
    }

    private static String stateOf(RawEventSocket client, String gateway) {
        return client.api("sofia xmlstatus gateway " + gateway).replaceAll("(?s).*<state>([A-Z_]*)</state>.*", "$1");
    }

    @Test
    void timeStandsStillBetweenManualTicks() {
        published.add(registering("a"));
        try (RawEventSocket client = login()) {
            client.api("sofia profile external rescan");
            assertThat(stateOf(client, "a")).isEqualTo("UNREGED");
            simulator.tick();
            assertThat(stateOf(client, "a")).isEqualTo("REGISTER");
            simulator.tick();
            assertThat(stateOf(client, "a")).isEqualTo("REGED");
            assertThat(simulator.registrar().bindings()).containsOnlyKeys("a@r.example");
        }
    }

    @Test
    void lateAnswerArrivesAfterItsTicks() {
        published.add(registering("a"));
        simulator.registrar().forGateway("a", RegistrarAnswer.accept().after(3));
        try (RawEventSocket client = login()) {
            client.api("sofia profile external rescan");
            simulator.tick(3);
            assertThat(stateOf(client, "a")).isEqualTo("TRYING");
            simulator.tick();
            assertThat(stateOf(client, "a")).isEqualTo("REGISTER");
        }
    }

    @Test
    void shortGrantIsRenewedAndBindingsExpireWithoutIt() {
        published.add(registering("a"));
        simulator.registrar().byDefault(RegistrarAnswer.accept(Duration.ofSeconds(10)));
        try (RawEventSocket client = login()) {
            client.api("sofia profile external rescan");
            simulator.tick(2);
            int first = simulator.registrar().registers("a");
            simulator.tick(20);
            assertThat(simulator.registrar().registers("a")).isGreaterThan(first);
            assertThat(simulator.registrar().bindings()).isNotEmpty();

            simulator.registrar().byDefault(RegistrarAnswer.silent());
            simulator.tick(11);
            assertThat(simulator.registrar().bindings()).isEmpty();
        }
    }

    @Test
    void retriesWaitLongerWithEachFailure() {
        published.add(registering("a").toBuilder().set("retry-seconds", "5").build());
        simulator.registrar().byDefault(RegistrarAnswer.forbidden());
        try (RawEventSocket client = login()) {
            client.api("sofia profile external rescan");
            simulator.tick(2);
            assertThat(client.api("sofia xmlstatus gateway a")).contains("<retry>5s</retry>");
            simulator.tick(7);
            assertThat(client.api("sofia xmlstatus gateway a")).contains("<retry>10s</retry>");
        }
    }

    @Test
    void proxyThatChallengesAgainAndAgainIsGivenUp() {
        published.add(registering("a"));
        simulator.registrar().forGateway("a", RegistrarAnswer.refuse(407, "Proxy Authentication Required"));
        try (RawEventSocket client = login()) {
            client.command("event plain CUSTOM sofia::gateway_state");
            client.api("sofia profile external rescan");
            simulator.tick();

            assertThat(stateOf(client, "a")).isEqualTo("FAILED");
            assertThat(client.events(2).get(1).body()).contains("Status: 904\n");
        }
    }

    @Test
    void sameNameOnASecondProfileIsOutOfReachByName() {
        published.add(Gateway.builder("same").set("register", "false").build());
        try (RawEventSocket client = login()) {
            client.api("sofia profile external rescan");
            client.api("sofia profile second rescan");
            client.api("sofia profile second rescan");

            assertThat(client.api("sofia xmlstatus gateway").split("<name>same</name>", -1))
                    .hasSize(4);
            assertThat(client.api("sofia profile second killgw second::same")).isEqualTo("-ERR no such gateway.\n");
            assertThat(client.api("sofia profile second killgw same")).isEqualTo("+OK gateway marked for deletion.\n");
            simulator.tick();
            assertThat(client.api("sofia xmlstatus gateway"))
                    .contains("<profile>second</profile>")
                    .doesNotContain("<profile>external</profile>");
        }
    }

    @Test
    void frozenSwitchAcceptsAndSaysNothingUntilItThaws() {
        simulator.freeze();
        try (RawEventSocket client = new RawEventSocket("127.0.0.1", simulator.port())) {
            client.deadline(Duration.ofMillis(150));
            assertThatThrownBy(client::read).isInstanceOf(UncheckedIOException.class);
        }
        simulator.thaw();
        try (RawEventSocket client = login()) {
            assertThat(client.api("switchname")).isEqualTo("node-1");
        }
    }

    @Test
    void droppedConnectionEndsWithoutAWord() {
        try (RawEventSocket client = login()) {
            simulator.dropConnections();
            assertThat(client.atEnd()).isTrue();
        }
        try (RawEventSocket client = login()) {
            assertThat(client.api("echo again")).isEqualTo("again");
        }
    }

    @Test
    void rejectedClientIsToldSo() {
        simulator.rejectConnections(true);
        try (RawEventSocket client = new RawEventSocket("127.0.0.1", simulator.port())) {
            RawEventSocket.Frame frame = client.read();
            assertThat(frame.headers()).containsEntry("Content-Type", "text/rude-rejection");
            assertThat(frame.body()).isEqualTo("Access Denied, go away.\n");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void restartIsANewLifeOnTheSamePort() {
        published.add(registering("a"));
        String before = simulator.coreUuid();
        int port = simulator.port();
        try (RawEventSocket client = login()) {
            client.api("sofia profile external rescan");
            simulator.tick(2);
            published.add(registering("b"));

            simulator.restart();

            assertThat(client.read().body()).isEqualTo("The system is being shut down.\n");
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(simulator.port()).isEqualTo(port);
        assertThat(simulator.registrar().unregisters("a")).isEqualTo(1);
        try (RawEventSocket client = login()) {
            assertThat(client.api("global_getvar core_uuid"))
                    .isEqualTo(simulator.coreUuid())
                    .isNotEqualTo(before);
            assertThat(stateOf(client, "b")).isEqualTo("UNREGED");
        }
    }

    @Test
    void commandsAreRecordedWithoutPasswords() {
        try (RawEventSocket client = login()) {
            client.api("echo one");
            assertThat(simulator.commands()).containsExactly("auth ***", "api echo one");
            simulator.forgetCommands();
            client.api("echo two");
            assertThat(simulator.commands()).containsExactly("api echo two");
        }
    }

    @Test
    void callCountersAreShown() {
        published.add(Gateway.builder("a").set("register", "false").build());
        try (RawEventSocket client = login()) {
            client.api("sofia profile external rescan");
            assertThat(simulator.calls("a", 1, 2, 3, 4)).isTrue();
            assertThat(simulator.calls("nobody", 1, 2, 3, 4)).isFalse();
            assertThat(client.api("sofia xmlstatus gateway a"))
                    .contains("<calls-in>1<", "<calls-out>2<", "<failed-calls-in>3<", "<failed-calls-out>4<");
        }
    }

    @Test
    void scheduledTicksMakeGatewaysRegister() {
        published.add(registering("a"));
        try (FreeSwitchSimulator running = FreeSwitchSimulator.builder()
                        .tick(Duration.ofMillis(10))
                        .profile("external", SimulatedConfiguration.gateways(() -> published))
                        .start();
                RawEventSocket client = RawEventSocket.login("127.0.0.1", running.port(), running.password())) {
            Awaitility.await().until(() -> stateOf(client, "a").equals("REGED"));
        }
    }

    @Test
    void configurationAroundADirectoryThatDoesNotReadItSaysSo(@TempDir Path directory) {
        SimulatedConfiguration files = SimulatedConfiguration.directory(directory);
        try (FreeSwitchSimulator wrapped = FreeSwitchSimulator.builder()
                        .password("secret")
                        .profile("external", request -> files.read(request))
                        .start();
                RawEventSocket client = RawEventSocket.login("127.0.0.1", wrapped.port(), "secret")) {
            assertThat(client.api("sofia profile external rescan")).contains("must hand reload() on");

            files.reload();
            assertThat(client.api("sofia profile external rescan")).contains("Reload XML [Success]");
        }
    }
}
