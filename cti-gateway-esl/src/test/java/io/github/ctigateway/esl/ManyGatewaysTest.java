package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchException;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.esl.simulator.SimulatedUser;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about many gateways go to FreeSWITCH in few commands, and are answered as if each had been asked by itself. */
@Timeout(30)
class ManyGatewaysTest {
    private static final String USER = "gateways@example.com";
    private static final int MANY = 200;

    private final Map<String, String> values = new TreeMap<>();
    private final List<Gateway> published = new ArrayList<>();

    private void publish(String name, String value) {
        values.put(name, value);
        published.add(Gateway.builder(name)
                .set("realm", "198.51.100.7")
                .set("register", "false")
                .variable("v", value)
                .build());
    }

    private FreeSwitchSimulator.Builder freeSwitch() {
        return FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.gateways(() -> published))
                .manualTicks();
    }

    private static EslOptions.Builder options(FreeSwitchSimulator freeSwitch) {
        return EslOptions.builder("127.0.0.1", freeSwitch.port(), freeSwitch.password());
    }

    private List<String> namesAndOneUnknown() {
        List<String> names = new ArrayList<>(values.keySet());
        names.add(names.size() / 2, "nobody");
        return names;
    }

    private static long sent(FreeSwitchSimulator freeSwitch, String beginning) {
        return freeSwitch.commands().stream()
                .filter(command -> command.startsWith(beginning))
                .count();
    }

    @Test
    void manyAreAskedForInFewCommands() {
        IntStream.range(0, MANY).forEach(i -> publish("g" + i, "value " + i));
        try (FreeSwitchSimulator freeSwitch = freeSwitch().start();
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(options(freeSwitch).build(), "external")) {
            node.start(StartCommand.RESCAN);
            freeSwitch.forgetCommands();

            assertThat(node.variables(namesAndOneUnknown(), "v")).isEqualTo(values);
            assertThat(node.variables(namesAndOneUnknown(), "other")).isEmpty();
            assertThat(node.present(namesAndOneUnknown())).isEqualTo(values.keySet());
            assertThat(node.find(namesAndOneUnknown()))
                    .extracting(LiveGateway::name)
                    .containsExactlyElementsOf(values.keySet());
            assertThat(node.kill(namesAndOneUnknown())).containsExactly("nobody");

            assertThat(node.variables(values.keySet(), "v")).isEmpty();
            assertThat(sent(freeSwitch, "api sofia")).isZero();
            // Of 201 gateways and, last, of 200.
            assertThat(sent(freeSwitch, "api expand ")).isEqualTo(5 * 3 + 2);
        }
    }

    /** FreeSWITCH takes itself down when a command holds both words; each name alone is harmless. */
    @Test
    void namesThatMayNotStandInOneCommandAreAskedForOneByOne() {
        IntStream.range(0, MANY).forEach(i -> publish("g" + i, "value " + i));
        publish("mod_event_socket", "1");
        publish("trunk-reload", "2");
        List<String> names = new ArrayList<>(List.of("mod_event_socket", "trunk-reload"));
        IntStream.range(0, MANY).forEach(i -> names.add("g" + i));
        try (FreeSwitchSimulator freeSwitch = freeSwitch().start();
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(options(freeSwitch).build(), "external")) {
            node.start(StartCommand.RESCAN);

            assertThat(node.variables(names, "v")).isEqualTo(values);
            assertThat(node.kill(names)).isEmpty();
            assertThat(node.present(names)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, MANY})
    void gatewayThatNoCommandMayNameIsLeftAlone(int others) {
        IntStream.range(0, others).forEach(i -> publish("g" + i, "value " + i));
        Map<String, String> askable = new TreeMap<>(values);
        publish("mod_event_socket-reload", "1");
        try (FreeSwitchSimulator freeSwitch = freeSwitch().start();
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(options(freeSwitch).build(), "external")) {
            node.start(StartCommand.RESCAN);

            assertThat(node.variables(values.keySet(), "v")).isEqualTo(askable);
            assertThat(node.present(values.keySet())).isEqualTo(askable.keySet());
            assertThat(node.kill(values.keySet())).isEmpty();
            freeSwitch.tick();
            assertThat(node.names()).containsExactly("mod_event_socket-reload");
        }
    }

    @ParameterizedTest
    @CsvSource({"15, 0", "16, 1", "100, 1", "101, 2"})
    void sixteenAreWorthACommandForAll(int gateways, int commands) {
        IntStream.range(0, gateways).forEach(i -> publish("g" + i, "value " + i));
        try (FreeSwitchSimulator freeSwitch = freeSwitch().start();
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(options(freeSwitch).build(), "external")) {
            node.start(StartCommand.RESCAN);

            assertThat(node.variables(values.keySet(), "v")).isEqualTo(values);
            assertThat(sent(freeSwitch, "api expand ")).isEqualTo(commands);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "a|b|c", "||", "a\nb", "${switchname}", "${sofia(profile)}", "\\", "-ERR no reply|"})
    void noValueIsTakenForAnotherGatewaysOne(String value) {
        IntStream.range(0, MANY).forEach(i -> publish("g" + i, i % 50 == 7 ? value : "value " + i));
        try (FreeSwitchSimulator freeSwitch = freeSwitch().start();
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(options(freeSwitch).build(), "external")) {
            node.start(StartCommand.RESCAN);

            assertThat(node.variables(namesAndOneUnknown(), "v")).isEqualTo(values);
        }
    }

    @Test
    void userWhoMayNotExpandCommandsAsksOneByOne() {
        IntStream.range(0, MANY).forEach(i -> publish("g" + i, "value " + i));
        SimulatedUser user = SimulatedUser.of(USER, "pw").withAllowedApi("sofia sofia_gateway_data");
        try (FreeSwitchSimulator freeSwitch = freeSwitch().user(user).start();
                EslGatewaySwitch node = EslGatewaySwitch.open(
                        EslOptions.builder("127.0.0.1", freeSwitch.port(), "pw")
                                .user(USER)
                                .build(),
                        "external")) {
            node.start(StartCommand.RESCAN);
            assertThat(node.variables(namesAndOneUnknown(), "v")).isEqualTo(values);
            freeSwitch.forgetCommands();

            assertThat(node.kill(namesAndOneUnknown())).containsExactly("nobody");
            assertThat(sent(freeSwitch, "api expand ")).isZero();
        }
    }

    /** Of 200 gateways two commands ask, each about 100. */
    private static Stream<Arguments> answersThatAreNotBelieved() {
        String denied = "<API execute Permission Denied>";
        String gone = "-ERR no such gateway.\n";
        String probed = "Invalid Args!\n";
        return Stream.of(
                Arguments.of("commands are not expanded", denied, 2),
                Arguments.of("in other letters", "<API Execute Permission Denied>", 2),
                Arguments.of("there is no expand", "-ERR expand Command not found!\n", 4),
                Arguments.of("commands are expanded no longer", joined(denied, denied, denied), 4),
                Arguments.of("some are expanded no longer", joined(probed, denied, probed), 4),
                Arguments.of("the command is not there", joined("", "", ""), 4),
                Arguments.of("the command is not there yet", joined("", gone, probed), 4),
                Arguments.of("the command is not there any more", joined(probed, gone, ""), 4),
                Arguments.of("names were not put in", probed + "|" + gone + "|" + probed, 4),
                Arguments.of("an answer holds what stands between", joined(probed, gone + "|", probed), 4));
    }

    private static String joined(String first, String each, String last) {
        return first + "|" + (each + "|").repeat(MANY / 2) + last;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatAreNotBelieved")
    void whatIsNotAnsweredForEachIsAskedOneByOne(String what, String answer, int commands) throws IOException {
        List<String> names = IntStream.range(0, MANY).mapToObj(i -> "g" + i).toList();
        List<String> killed = new CopyOnWriteArrayList<>();
        AtomicInteger together = new AtomicInteger();
        String killing = "api sofia profile external killgw external::";
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    while (true) {
                        String command = peer.expect();
                        if (command.startsWith("api expand ")) {
                            together.incrementAndGet();
                            peer.api(answer);
                        } else if (command.startsWith(killing)) {
                            killed.add(command.substring(killing.length()));
                            peer.api("+OK gateway marked for deletion.\n");
                        } else {
                            peer.answer(command);
                        }
                    }
                });
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(server.options().maxInFlight(1).build(), "external")) {

            assertThat(node.kill(names)).as(what).isEmpty();
            assertThat(killed).containsExactlyElementsOf(names);
            node.kill(names);
            assertThat(together).hasValue(commands);
        }
    }

    /** The first refusal fails them all; FreeSWITCH is not kept busy with questions whose answers nobody waits for. */
    @Test
    void whatWasNotSentWhenOneFailsIsNotSentAnyMore() throws IOException {
        AtomicInteger questions = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    while (true) {
                        String command = peer.expect();
                        if (command.startsWith("api sofia_gateway_data")) {
                            questions.incrementAndGet();
                            peer.reply("-ERR permission denied");
                        } else if (command.startsWith("api expand ")) {
                            peer.reply("-ERR permission denied");
                        } else {
                            peer.answer(command);
                        }
                    }
                });
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(server.options().maxInFlight(1).build(), "external")) {
            List<String> names =
                    IntStream.range(0, 1_000).mapToObj(i -> "g" + i).toList();

            assertThatThrownBy(() -> node.variables(names, "v")).isInstanceOf(SwitchException.class);

            node.client().api("echo all that was sent before is answered");
            assertThat(questions.get()).isLessThan(names.size());
        }
    }
}
