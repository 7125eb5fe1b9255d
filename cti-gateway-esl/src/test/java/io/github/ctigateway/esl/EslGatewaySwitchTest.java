package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.ProfileNotFoundException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.control.SwitchRefusedException;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class EslGatewaySwitchTest {
    private final List<Gateway> published = new CopyOnWriteArrayList<>();
    private final FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder()
            .profile("external", SimulatedConfiguration.gateways(() -> published))
            .manualTicks()
            .start();
    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final SwitchListener listener = new SwitchListener() {
        @Override
        public void onEvent(GatewayEvent event) {
            events.add(event);
        }

        @Override
        public void onGap(String reason) {
            notices.add("gap: " + reason);
        }

        @Override
        public void onDisconnected() {
            notices.add("disconnected");
        }
    };

    @AfterEach
    void stop() {
        freeSwitch.close();
    }

    /** mod_sofia prints the names of profiles as they are. */
    @ParameterizedTest
    @ValueSource(strings = {"second", "a<b", "a\nb", "a</name>\n<type>"})
    void namesAreThoseOfAllProfilesWhateverTheirNames(String second) {
        Gateway elsewhere = Gateway.builder("elsewhere")
                .set("realm", "198.51.100.7")
                .set("register", "false")
                .build();
        try (FreeSwitchSimulator two = FreeSwitchSimulator.builder()
                        .profile("external", SimulatedConfiguration.gateways(List::of))
                        .profile(second, SimulatedConfiguration.gateways(() -> List.of(elsewhere)))
                        .start();
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(EslOptions.of("127.0.0.1", two.port(), two.password()), "external")) {
            assertThat(node.names()).isEmpty();
            assertThat(node.namesOnAllProfiles()).containsExactly("elsewhere");
        }
    }

    private EslOptions options() {
        return EslOptions.builder("127.0.0.1", freeSwitch.port(), freeSwitch.password())
                .reconnect(ReconnectPolicy.of(Duration.ofMillis(10), Duration.ofMillis(50)))
                .build();
    }

    private EslGatewaySwitch open() {
        return EslGatewaySwitch.open(options(), "external");
    }

    private static Gateway registering(String name) {
        return Gateway.builder(name)
                .set("realm", "127.0.0.1:5090")
                .set("username", name)
                .set("password", "secret")
                .variable("cti_gateway_stamp", "stamp-of-" + name)
                .build();
    }

    @Test
    void identityIsWhatTheNodeSays() {
        try (EslGatewaySwitch node = open()) {
            assertThat(node.identity()).isEqualTo(new SwitchIdentity(freeSwitch.node(), freeSwitch.coreUuid()));
        }
    }

    @ParameterizedTest
    @EnumSource(StartCommand.class)
    void startedGatewayIsLiveAndItsVariablesAreReadBack(StartCommand command) {
        try (EslGatewaySwitch node = open()) {
            assertThat(node.live()).isEmpty();
            published.add(registering("a"));
            published.add(registering("b"));
            node.start(command);
            assertThat(node.live()).extracting(LiveGateway::name).containsExactlyInAnyOrder("a", "b");
            assertThat(node.live())
                    .allSatisfy(live -> assertThat(live.profile()).isEqualTo("external"));
            assertThat(node.variables(List.of("a", "nobody", "b"), "cti_gateway_stamp"))
                    .isEqualTo(Map.of("a", "stamp-of-a", "b", "stamp-of-b"));
            assertThat(node.variables(List.of("a"), "no_such_variable")).isEmpty();
            assertThat(node.present(List.of("a", "nobody"))).containsExactly("a");
        }
    }

    @Test
    void killedGatewayIsStillLiveButNotPresentUntilItIsGone() {
        published.add(registering("a"));
        try (EslGatewaySwitch node = open();
                GatewaySwitch.Subscription subscription = node.subscribe(listener)) {
            node.start(StartCommand.RESCAN);
            freeSwitch.tick(3);
            assertThat(node.kill(List.of("a", "nobody"))).containsExactly("nobody");
            assertThat(node.present(List.of("a"))).isEmpty();
            assertThat(node.variables(List.of("a"), "cti_gateway_stamp")).isEmpty();
            assertThat(node.live()).extracting(LiveGateway::name).containsExactly("a");
            freeSwitch.tick(4);
            assertThat(node.live()).isEmpty();
            await().untilAsserted(() -> assertThat(events)
                    .last()
                    .isInstanceOfSatisfying(GatewayEvent.Deleted.class, deleted -> {
                        assertThat(deleted.gateway()).isEqualTo("a");
                        assertThat(deleted.profile()).isEqualTo("external");
                    }));
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void eventsComeInOrderWithTheirOwnJson() {
        published.add(registering("good"));
        published.add(registering("bad"));
        freeSwitch.registrar().forGateway("bad", RegistrarAnswer.forbidden());
        try (EslGatewaySwitch node = open();
                GatewaySwitch.Subscription subscription = node.subscribe(listener)) {
            node.start(StartCommand.RESCAN);
            freeSwitch.tick(3);
            await().untilAsserted(() -> {
                assertThat(events)
                        .filteredOn(e -> e.gateway().equals("good"))
                        .last()
                        .satisfies(e -> assertThat(((GatewayEvent.StateChanged) e).state())
                                .isEqualTo(RegistrationState.REGED));
                assertThat(events)
                        .anySatisfy(e -> assertThat(e)
                                .isInstanceOfSatisfying(
                                        GatewayEvent.StateChanged.class,
                                        state -> assertThat(state.reason())
                                                .hasValueSatisfying(reason ->
                                                        assertThat(reason).hasToString("403 Forbidden"))));
            });
            assertThat(events.get(0)).isInstanceOf(GatewayEvent.Added.class);
            assertThat(events).allSatisfy(event -> {
                assertThat(event.origin().node()).isEqualTo(freeSwitch.node());
                assertThat(event.origin().coreUuid()).isEqualTo(freeSwitch.coreUuid());
                assertThat(event.json()).startsWith("{").endsWith("}").contains("\"" + event.gateway() + "\"");
            });
            assertThat(events).extracting(e -> e.origin().sequence()).isSorted();
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void afterTheSubscriptionIsClosedNothingIsTold() {
        published.add(registering("a"));
        try (EslGatewaySwitch node = open()) {
            GatewaySwitch.Subscription closed = node.subscribe(listener);
            List<GatewayEvent> others = new CopyOnWriteArrayList<>();
            node.subscribe(others::add);
            closed.close();
            node.start(StartCommand.RESCAN);
            await().until(() -> !others.isEmpty());
            assertThat(events).isEmpty();
        }
    }

    @Test
    void lostConnectionIsToldAndComesBackWithAGapAndEvents() {
        try (EslGatewaySwitch node = open()) {
            node.subscribe(listener);
            freeSwitch.dropConnections();
            await().untilAsserted(() ->
                    assertThat(notices).containsExactly("disconnected", "gap: the connection was down and is back"));
            published.add(registering("a"));
            node.start(StartCommand.RESCAN);
            await().until(() -> !events.isEmpty());
        }
    }

    @Test
    void restartedFreeSwitchHasANewIdentity() {
        try (EslGatewaySwitch node = open()) {
            SwitchIdentity before = node.identity();
            node.subscribe(listener);
            freeSwitch.restart();
            await().until(() -> notices.size() == 2);
            assertThat(node.identity().node()).isEqualTo(before.node());
            assertThat(node.identity().coreUuid()).isNotEqualTo(before.coreUuid());
        }
    }

    @Test
    void separateConnectionForEventsWorksAlike() {
        published.add(registering("a"));
        try (EslGatewaySwitch node = EslGatewaySwitch.builder(options(), "external")
                .separateEvents(true)
                .open()) {
            node.subscribe(listener);
            node.start(StartCommand.RESCAN);
            await().until(() -> !events.isEmpty());
            freeSwitch.dropConnections();
            await().until(() -> notices.size() == 2);
            await().untilAsserted(() -> assertThat(node.live()).hasSize(1));
        }
    }

    @Test
    void missingProfileIsTyped() {
        try (EslGatewaySwitch node = EslGatewaySwitch.open(options(), "internal")) {
            assertThatThrownBy(node::live)
                    .isInstanceOfSatisfying(
                            ProfileNotFoundException.class,
                            e -> assertThat(e.profile()).isEqualTo("internal"));
            assertThatThrownBy(() -> node.kill(List.of("a"))).isInstanceOf(ProfileNotFoundException.class);
            assertThatThrownBy(() -> node.start(StartCommand.RESCAN)).isInstanceOf(ProfileNotFoundException.class);
        }
    }

    @Test
    void wrongPasswordIsARefusal() {
        EslOptions wrong = EslOptions.of("127.0.0.1", freeSwitch.port(), "tr0ub4dor");
        assertThatThrownBy(() -> EslGatewaySwitch.open(wrong, "external"))
                .isInstanceOf(SwitchRefusedException.class)
                .hasCauseInstanceOf(EslAuthenticationException.class)
                .hasMessageNotContaining("tr0ub4dor");
    }

    @Test
    void nobodyThereIsUnavailable() {
        int port = freeSwitch.port();
        freeSwitch.close();
        assertThatThrownBy(() -> EslGatewaySwitch.open(EslOptions.of("127.0.0.1", port, "x"), "external"))
                .isInstanceOfSatisfying(
                        SwitchUnavailableException.class,
                        e -> assertThat(e.isRetryable()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "名", "a/b", "a;b", "a::b"})
    void namesThatCannotBeGatewaysReachNoCommand(String name) {
        try (EslGatewaySwitch node = open()) {
            freeSwitch.forgetCommands();
            assertThatThrownBy(() -> node.kill(List.of("a", name))).isInstanceOf(SwitchRefusedException.class);
            assertThatThrownBy(() -> node.variables(List.of(name), "v")).isInstanceOf(SwitchRefusedException.class);
            assertThatThrownBy(() -> node.present(List.of(name))).isInstanceOf(SwitchRefusedException.class);
            assertThatThrownBy(() -> EslGatewaySwitch.builder(options(), name).open())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(freeSwitch.commands()).isEmpty();
        }
    }

    @Test
    void killAllAsANameKillsNothing() {
        published.add(registering("a"));
        try (EslGatewaySwitch node = open()) {
            node.start(StartCommand.RESCAN);
            assertThat(node.kill(List.of("_all_", "all"))).containsExactly("_all_", "all");
            assertThat(node.present(List.of("a"))).containsExactly("a");
        }
    }
}
