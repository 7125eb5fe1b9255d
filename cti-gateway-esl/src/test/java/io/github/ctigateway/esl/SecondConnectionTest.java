package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.SwitchException;
import io.github.ctigateway.esl.ScriptedServer.Peer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Very many questions are spread over two connections, and answered alike whatever becomes of the second. */
@Timeout(30)
class SecondConnectionTest {
    private static final Pattern QUESTION = Pattern.compile(
            "\\$\\{sofia_gateway_data\\(external::(\\w+) var v\\)}|\\$\\{sofia\\(profile [^}]*killgw[^}]*}");
    private static final List<String> NAMES =
            IntStream.range(0, 1_000).mapToObj(i -> "g" + i).toList();

    /** How many commands with questions came over each connection. */
    private final Map<Integer, AtomicInteger> asked = new ConcurrentHashMap<>();

    private int asked(int connection) {
        return asked.getOrDefault(connection, new AtomicInteger()).get();
    }

    /** The value of each gateway is its name. */
    private static Map<String, String> values() {
        return NAMES.stream().collect(Collectors.toMap(name -> name, name -> name));
    }

    private void answerAll(Peer peer, String core, String mark) throws IOException {
        while (true) {
            answer(peer, peer.expect(), core, mark);
        }
    }

    private void answer(Peer peer, String command, String core, String mark) throws IOException {
        if (command.startsWith("api eval ")) {
            asked.computeIfAbsent(peer.number(), number -> new AtomicInteger()).incrementAndGet();
            String expanded = QUESTION.matcher(command.substring("api eval ".length()))
                    .replaceAll(found -> found.group(1) == null ? "+OK" : found.group(1) + mark);
            peer.api(expanded.replace("${core_uuid}", core).replace("${sofia_gateway_data()}", "-USAGE"));
        } else if (command.startsWith("api sofia_gateway_data external::")) {
            peer.api(command.substring("api sofia_gateway_data external::".length())
                            .replace(" var v", "")
                    + mark);
        } else {
            peer.answer(command);
        }
    }

    private static EslGatewaySwitch open(ScriptedServer server) {
        return EslGatewaySwitch.open(server.options().build(), "external");
    }

    private static void ask(EslGatewaySwitch node) {
        assertThat(node.variables(NAMES, "v")).isEqualTo(values());
    }

    private void askUntilTheSecondIsAsked(EslGatewaySwitch node) {
        await().until(() -> {
            ask(node);
            return asked(2) > 0;
        });
    }

    @Test
    void halfOfVeryManyGoOverTheSecond() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> answerAll(peer.login(), "core", ""));
                EslGatewaySwitch node = open(server)) {
            askUntilTheSecondIsAsked(node);
            asked.clear();

            ask(node);

            assertThat(asked(2)).isBetween(asked(1) - 1, asked(1)).isPositive();
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void fewQuestionsAndKillsGoOverTheFirstOnly() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> answerAll(peer.login(), "core", ""));
                EslGatewaySwitch node = open(server)) {
            assertThat(node.kill(NAMES)).isEmpty();
            assertThat(node.variables(NAMES.subList(0, 100), "v")).hasSize(100);
            assertThat(server.accepted()).isEqualTo(1);

            askUntilTheSecondIsAsked(node);
            asked.clear();
            assertThat(node.kill(NAMES)).isEmpty();

            assertThat(asked(1)).isPositive();
            assertThat(asked(2)).isZero();
        }
    }

    /** A name can have several addresses. */
    @Test
    void whatAnotherFreeSwitchAnswersCountsForNothing() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer ->
                        answerAll(peer.login(), "core" + peer.number(), peer.number() == 1 ? "" : "-elsewhere"));
                EslGatewaySwitch node = open(server)) {
            askUntilTheSecondIsAsked(node);
            asked.clear();

            ask(node);

            assertThat(asked(2)).isZero();
        }
    }

    @Test
    void oneConnectionServesForAllWhileThereIsNoSecond() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    if (peer.number() == 1) {
                        answerAll(peer.login(), "core", "");
                    }
                    peer.send("Content-Type: text/rude-rejection\nContent-Length: 0\n\n");
                });
                EslGatewaySwitch node = open(server)) {
            ask(node);
            await().until(() -> server.accepted() == 2);

            IntStream.range(0, 20).forEach(i -> ask(node));

            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void nobodyWaitsForASecondThatSaysNothing() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            if (peer.number() == 1) {
                answerAll(peer.login(), "core", "");
            }
            peer.silence();
        })) {
            EslGatewaySwitch node = open(server);
            ask(node);
            await().until(() -> server.accepted() == 2);
            ask(node);
            node.close();

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.endsWith("127.0.0.1:" + server.port()) && name.startsWith("cti-gateway"));
        }
    }

    @Test
    void whatTheSecondDoesNotAnswerIsAskedAgainOverTheFirst() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() == 1) {
                        answerAll(peer, "core", "");
                    }
                    answer(peer, peer.expect(), "core", "");
                    peer.expect();
                });
                EslGatewaySwitch node = open(server)) {
            askUntilTheSecondIsAsked(node);

            IntStream.range(0, 20).forEach(i -> ask(node));

            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aSecondThatIsFrozenIsNotAskedAgain() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() == 1) {
                        answerAll(peer, "core", "");
                    }
                    peer.expect();
                    asked.computeIfAbsent(2, number -> new AtomicInteger()).incrementAndGet();
                    peer.silence();
                });
                EslGatewaySwitch node = EslGatewaySwitch.open(
                        server.options().commandTimeout(Duration.ofMillis(300)).build(), "external")) {
            askUntilTheSecondIsAsked(node);

            ask(node);

            assertThat(asked(2)).isEqualTo(1);
        }
    }

    @Test
    void whoeverIsInterruptedHearsOfIt() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() == 1) {
                        answerAll(peer, "core", "");
                    }
                    peer.expect();
                    reached.countDown();
                    peer.silence();
                });
                EslGatewaySwitch node = open(server)) {
            Thread asking = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        ask(node);
                    } catch (SwitchException e) {
                        asked.put(3, new AtomicInteger(Thread.currentThread().isInterrupted() ? 1 : 0));
                    }
                }
            });
            asking.start();
            reached.await();
            asking.interrupt();
            asking.join();

            assertThat(asked(3)).isEqualTo(1);
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
                        } else if (command.startsWith("api eval ")) {
                            peer.reply("-ERR permission denied");
                        } else {
                            peer.answer(command);
                        }
                    }
                });
                EslGatewaySwitch node =
                        EslGatewaySwitch.open(server.options().maxInFlight(1).build(), "external")) {
            assertThatThrownBy(() -> node.variables(NAMES, "v")).isInstanceOf(SwitchException.class);

            node.client().api("echo all that was sent before is answered");
            assertThat(questions.get()).isLessThan(NAMES.size());
        }
    }
}
