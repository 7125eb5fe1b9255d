package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.ProfileNotFoundException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.esl.contract.SwitchUnderTest.SecondProfile;
import io.github.ctigateway.esl.contract.TestRegistrar.Behaviour;
import io.github.ctigateway.model.EffectiveGateway;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link GatewaySwitch} holds, on whatever server. */
public abstract class GatewaySwitchContract extends ContractCases {
    /** Opens the switch under test for a profile of the server. */
    protected abstract GatewaySwitch openSwitch(SwitchUnderTest server, String profile);

    private GatewaySwitch openSwitch() {
        return openSwitch(server(), server().profile());
    }

    private static final class Heard implements SwitchListener {
        private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(GatewayEvent event) {
            events.add(event);
        }

        private Optional<GatewayEvent> last(String gateway) {
            return events.stream()
                    .filter(event -> event.gateway().equals(gateway))
                    .reduce((a, b) -> b);
        }

        private boolean isIn(String gateway, RegistrationState state) {
            return last(gateway).orElse(null) instanceof GatewayEvent.StateChanged changed && changed.state() == state;
        }
    }

    @Test
    void identityIsTheNodesOwn() {
        try (GatewaySwitch node = openSwitch()) {
            assertThat(node.identity())
                    .isEqualTo(new SwitchIdentity(client().api("switchname"), client().api("global_getvar core_uuid")));
            assertThat(node.profile()).isEqualTo(server().profile());
        }
    }

    @Test
    void unknownProfileIsSaid() {
        try (GatewaySwitch node = openSwitch(server(), "ctitest-nosuch")) {
            assertThatThrownBy(() -> node.start(StartCommand.RESCAN)).isInstanceOf(ProfileNotFoundException.class);
            assertThatThrownBy(() -> node.start(StartCommand.START_ALL)).isInstanceOf(ProfileNotFoundException.class);
            assertThatThrownBy(node::live).isInstanceOf(ProfileNotFoundException.class);
            assertThatThrownBy(node::names).isInstanceOf(ProfileNotFoundException.class);
            assertThatThrownBy(node::namesOnAllProfiles).isInstanceOf(ProfileNotFoundException.class);
        }
    }

    @Test
    void bothStartsTakeInWhatIsPublished() {
        try (GatewaySwitch node = openSwitch()) {
            publish(quiet("ctitest-g1"));
            node.start(StartCommand.RESCAN);
            publish(quiet("ctitest-g2"));
            node.start(StartCommand.START_ALL);

            assertThat(node.live()).extracting(LiveGateway::name).contains("ctitest-g1", "ctitest-g2");
            assertThat(node.live())
                    .filteredOn(live -> live.name().startsWith("ctitest-"))
                    .allSatisfy(live -> {
                        assertThat(live.profile()).isEqualTo(server().profile());
                        assertThat(live.state()).isEqualTo(RegistrationState.NOREG);
                        assertThat(live.ping()).isEqualTo(PingStatus.UP);
                    });
        }
    }

    @Test
    void namesAreThoseOfWhatIsLive() throws IOException {
        publishAndRescan(quiet("ctitest-n1"), quiet("ctitest-n2"));
        Optional<SecondProfile> second = server().secondProfile();
        second.ifPresent(other -> {
            quiet("ctitest-elsewhere").write(other.gatewayDirectory(), 0);
            client().api("sofia profile " + other.name() + " rescan");
        });
        try (GatewaySwitch node = openSwitch()) {
            List<LiveGateway> live = node.live();
            assertThat(live.stream().anyMatch(gateway -> gateway.name().equals("ctitest-elsewhere")))
                    .isEqualTo(second.isPresent());

            assertThat(node.namesOnAllProfiles())
                    .contains("ctitest-n1", "ctitest-n2")
                    .containsExactlyInAnyOrderElementsOf(
                            live.stream().map(LiveGateway::name).toList());
            assertThat(node.names())
                    .contains("ctitest-n1", "ctitest-n2")
                    .containsExactlyInAnyOrderElementsOf(live.stream()
                            .filter(gateway -> gateway.profile().equals(server().profile()))
                            .map(LiveGateway::name)
                            .toList());
        } finally {
            if (second.isPresent()) {
                Files.delete(second.get().gatewayDirectory().resolve("ctitest-00000.xml"));
                // By its bare name it is found on whatever profile.
                client().api("sofia profile " + server().profile() + " killgw ctitest-elsewhere");
            }
        }
    }

    @Test
    void variablesComeBackAsTheyWerePublished() {
        List<String> values = HostileText.all().subList(0, 300);
        List<GatewayFile> gateways = new ArrayList<>();
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            gateways.add(quiet("ctitest-v" + i).variable("cti_gateway_stamp", values.get(i)));
            expected.put("ctitest-v" + i, values.get(i));
        }
        gateways.add(quiet("ctitest-without"));
        publishAndRescan(gateways.toArray(GatewayFile[]::new));
        List<String> asked = new ArrayList<>(expected.keySet());
        asked.addAll(List.of("ctitest-without", "ctitest-nosuch"));

        try (GatewaySwitch node = openSwitch()) {
            assertThat(node.variables(asked, "cti_gateway_stamp")).isEqualTo(expected);
        }
    }

    @Test
    void liveShowsEveryGatewayAlthoughOneBreaksTheDocument() {
        publishAndRescan(
                quiet("ctitest-before"),
                quiet("ctitest-breaks").param("realm", "a&b<c></realm>").param("username", "中文&"),
                quiet("ctitest-after"));

        try (GatewaySwitch node = openSwitch()) {
            assertThat(node.live())
                    .extracting(LiveGateway::name)
                    .contains("ctitest-before", "ctitest-breaks", "ctitest-after");
        }
    }

    @Test
    void liveIsWhatTheModelPredicts() {
        Map<String, Gateway> predicted = new LinkedHashMap<>();
        for (GatewayFile file : ContractDefinitions.all(server().registrar().address())) {
            publish(file);
            file.toGateway().ifPresent(gateway -> predicted.put(gateway.name(), gateway));
        }
        try (GatewaySwitch node = openSwitch()) {
            node.start(StartCommand.RESCAN);
            Map<String, LiveGateway> live = new LinkedHashMap<>();
            node.live().forEach(gateway -> live.put(gateway.name(), gateway));

            Map<String, String> wrong = new LinkedHashMap<>();
            predicted.forEach((name, gateway) -> {
                EffectiveGateway effective = EffectiveGateway.of(gateway, facts());
                LiveGateway shown = live.get(name);
                if (shown == null != effective.skipReason().isPresent()) {
                    wrong.put(name, "live " + (shown != null) + ", skipped for " + effective.skipReason());
                } else if (shown != null
                        && !effective.differingFields(shown.fields()).isEmpty()) {
                    wrong.put(name, effective.differingFields(shown.fields()) + " of " + shown.fields());
                }
            });
            assertThat(predicted).hasSizeGreaterThan(60);
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void lifeIsHeard() {
        server().registrar().answer("heard403", Behaviour.FORBIDDEN);
        Heard heard = new Heard();
        try (GatewaySwitch node = openSwitch();
                GatewaySwitch.Subscription subscription = node.subscribe(heard)) {
            publish(registering("ctitest-heard", "heard200"), registering("ctitest-unheard", "heard403"));
            node.start(StartCommand.RESCAN);
            within(
                    5,
                    () -> heard.isIn("ctitest-heard", RegistrationState.REGED)
                            && heard.isIn("ctitest-unheard", RegistrationState.FAIL_WAIT));

            assertThat(heard.events)
                    .filteredOn(event -> event.gateway().equals("ctitest-unheard"))
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    GatewayEvent.StateChanged.class,
                                    changed -> assertThat(changed.reason())
                                            .hasValueSatisfying(reason ->
                                                    assertThat(reason.status()).isEqualTo(403))));
            assertThat(node.kill(List.of("ctitest-heard", "ctitest-unheard", "ctitest-nosuch")))
                    .containsExactly("ctitest-nosuch");
            within(
                    5,
                    () -> List.of("ctitest-heard", "ctitest-unheard").stream()
                            .allMatch(name -> heard.last(name).orElse(null) instanceof GatewayEvent.Deleted));
            assertThat(heard.events)
                    .allSatisfy(event -> assertThat(event.origin().coreUuid())
                            .isEqualTo(node.identity().coreUuid()));
            assertThat(subscription).isNotNull();
        }
    }
}
