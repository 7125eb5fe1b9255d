package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchRefusedException;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.esl.simulator.SimulatedUser;
import io.github.ctigateway.model.Gateway;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of the directory must be allowed, for a switch to work with it. */
@Timeout(30)
class SwitchRightsTest {
    private static final String API = "global_getvar show sofia sofia_gateway_data switchname uuid_getvar";
    private static final String EVENTS =
            "BACKGROUND_JOB CUSTOM sofia::gateway_add sofia::gateway_state sofia::gateway_delete";
    private static final String USER = "gateways@example.com";

    /** Everything that a switch can be asked to do. */
    private static void work(String api, String events) {
        Gateway gateway = Gateway.builder("t1")
                .set("realm", "198.51.100.7")
                .set("register", "false")
                .variable("v", "1")
                .build();
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder()
                        .user(SimulatedUser.of(USER, "pw").withAllowedApi(api).withAllowedEvents(events))
                        .profile("external", SimulatedConfiguration.gateways(() -> List.of(gateway)))
                        .start();
                EslGatewaySwitch node = EslGatewaySwitch.open(
                        EslOptions.builder("127.0.0.1", freeSwitch.port(), "pw")
                                .user(USER)
                                .build(),
                        "external")) {
            freeSwitch.beginCall("t1", false);
            node.identity();
            assertThat(node.live()).hasSize(1);
            assertThat(node.names()).containsExactly("t1");
            assertThat(node.namesOnAllProfiles()).containsExactly("t1");
            assertThat(node.find(List.of("t1"))).hasSize(1);
            assertThat(node.variables(List.of("t1"), "v")).hasSize(1);
            assertThat(node.present(List.of("t1"))).hasSize(1);
            assertThat(node.calls(List.of("t1"))).containsEntry("t1", 1);
            assertThat(node.kill(List.of("t1"))).isEmpty();
            node.start(StartCommand.RESCAN);
            node.start(StartCommand.START_ALL);
        }
    }

    @Test
    void theseAreEnough() {
        work(API, EVENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"global_getvar", "show", "sofia", "sofia_gateway_data", "switchname", "uuid_getvar"})
    void withoutACommandTheRefusalSaysWhichRightsAreNeeded(String missing) {
        String rest = Arrays.stream(API.split(" "))
                .filter(word -> !word.equals(missing))
                .collect(Collectors.joining(" "));

        assertThatThrownBy(() -> work(rest, EVENTS))
                .isInstanceOf(SwitchRefusedException.class)
                .hasMessageContainingAll(missing, "esl-allowed-api = '" + API + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BACKGROUND_JOB", "sofia::gateway_add", "sofia::gateway_state", "sofia::gateway_delete"})
    void withoutAnEventTheRefusalSaysWhichRightsAreNeeded(String missing) {
        String rest = Arrays.stream(EVENTS.split(" "))
                .filter(word -> !word.equals(missing))
                .collect(Collectors.joining(" "));

        assertThatThrownBy(() -> work(API, rest))
                .isInstanceOf(SwitchRefusedException.class)
                .hasMessageContaining("esl-allowed-events = '" + EVENTS + "'");
    }
}
