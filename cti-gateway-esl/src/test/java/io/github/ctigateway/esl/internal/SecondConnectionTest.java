package io.github.ctigateway.esl.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslInterruptedException;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.ScriptedServer;
import io.github.ctigateway.esl.ScriptedServer.Peer;
import io.github.ctigateway.esl.ScriptedServer.Script;
import io.github.ctigateway.esl.internal.GatewayQuestions.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Very many questions are spread over two connections, and answered alike whatever becomes of the second. */
@Timeout(30)
class SecondConnectionTest {
    private static final Question STAMPS = new Question("sofia_gateway_data", "", "external::", " var v");
    private static final Question KILLS = new Question("sofia", "profile", "profile external killgw external::", "");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(\\w+)(?:\\(([^)]*)\\))?}");
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final List<String> NAMES =
            IntStream.range(0, 1_000).mapToObj(i -> "g" + i).toList();

    /** How many commands with questions came over each connection. */
    private final Map<Integer, AtomicInteger> asked = new ConcurrentHashMap<>();

    private int asked(int connection) {
        return asked.getOrDefault(connection, new AtomicInteger()).get();
    }

    private void count(Peer peer) {
        asked.computeIfAbsent(peer.number(), number -> new AtomicInteger()).incrementAndGet();
    }

    private void answerAll(Peer peer, String core, String mark) throws IOException {
        while (true) {
            answer(peer, peer.expect(), core, mark);
        }
    }

    /** The value of each gateway is its name with a mark behind it. */
    private void answer(Peer peer, String command, String core, String mark) throws IOException {
        if (command.startsWith("api eval ")) {
            count(peer);
            peer.api(EXPRESSION.matcher(command.substring("api eval ".length())).replaceAll(found -> {
                String arguments = found.group(2);
                return arguments == null ? core : result(arguments, mark);
            }));
        } else if (command.startsWith("api sofia_gateway_data ")) {
            peer.api(result(command.substring("api sofia_gateway_data ".length()), mark));
        } else {
            peer.answer(command);
        }
    }

    private static String result(String arguments, String mark) {
        return arguments.startsWith("external::")
                ? arguments.replace("external::", "").replace(" var v", "") + mark
                : "+OK";
    }

    /** The first connection answers everything, the others do this after the login. */
    private ScriptedServer server(Script others) throws IOException {
        return ScriptedServer.start(peer -> {
            peer.login();
            if (peer.number() == 1) {
                answerAll(peer, "core", "");
            }
            others.run(peer);
        });
    }

    /** A client of a server, and whoever asks over it. */
    private record Asking(EslClient client, GatewayQuestions questions) implements AutoCloseable {
        static Asking of(EslOptions options, Duration pause) {
            EslClient client = EslClient.open(options);
            return new Asking(client, new GatewayQuestions(client, pause));
        }

        static Asking of(ScriptedServer server, Duration pause) {
            return of(server.options().build(), pause);
        }

        void ask() {
            assertThat(questions.ask(STAMPS, NAMES))
                    .isEqualTo(NAMES.stream().collect(Collectors.toMap(name -> name, name -> name)));
        }

        @Override
        public void close() {
            questions.close();
            client.close();
        }
    }

    private void askUntilTheSecondIsAsked(Asking asking) {
        await().until(() -> {
            asking.ask();
            return asked(2) > 0;
        });
    }

    @Test
    void halfOfVeryManyGoOverTheSecond() throws IOException {
        try (ScriptedServer server = server(peer -> answerAll(peer, "core", ""));
                Asking asking = Asking.of(server, LONG)) {
            askUntilTheSecondIsAsked(asking);
            asked.clear();

            asking.ask();

            assertThat(asked(2)).isBetween(asked(1) - 1, asked(1)).isPositive();
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void killsGoOverTheFirstOnly() throws IOException {
        try (ScriptedServer server = server(peer -> answerAll(peer, "core", ""));
                Asking asking = Asking.of(server, LONG)) {
            askUntilTheSecondIsAsked(asking);
            asked.clear();

            assertThat(asking.questions().tell(KILLS, NAMES)).hasSize(NAMES.size());

            assertThat(asked(1)).isPositive();
            assertThat(asked(2)).isZero();
        }
    }

    @Test
    void fewQuestionsGoOverTheFirstOnly() throws IOException {
        try (ScriptedServer server = server(peer -> answerAll(peer, "core", ""));
                Asking asking = Asking.of(server, LONG)) {
            askUntilTheSecondIsAsked(asking);
            asked.clear();

            assertThat(asking.questions().ask(STAMPS, NAMES.subList(0, 100))).hasSize(100);

            assertThat(asked(1)).isPositive();
            assertThat(asked(2)).isZero();
        }
    }

    @Test
    void whereBundlesAreRefusedThereIsNoSecond() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    while (true) {
                        String command = peer.expect();
                        if (command.startsWith("api eval ")) {
                            peer.reply("-ERR permission denied");
                        } else {
                            answer(peer, command, "core", "");
                        }
                    }
                });
                Asking asking = Asking.of(server, SHORT)) {
            IntStream.range(0, 5).forEach(i -> asking.ask());

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("cti-gateway-esl-second-127.0.0.1:" + server.port());
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    /** A name can have several addresses. */
    @Test
    void whatAnotherFreeSwitchAnswersCountsForNothing() throws IOException {
        try (ScriptedServer server = server(peer -> answerAll(peer, "another", "-elsewhere"));
                Asking asking = Asking.of(server, LONG)) {
            askUntilTheSecondIsAsked(asking);
            asked.clear();

            asking.ask();

            assertThat(asked(2)).isZero();
        }
    }

    @Test
    void oneConnectionServesForAllWhereTheSecondIsClosedAtOnce() throws IOException {
        try (ScriptedServer server = server(Peer::close)) {
            asksAreAnsweredAndTheSecondIsTriedOnce(server);
        }
    }

    @Test
    void oneConnectionServesForAllWhereTheSecondIsRefused() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            if (peer.number() == 1) {
                answerAll(peer.login(), "core", "");
            }
            peer.send("Content-Type: text/rude-rejection\nContent-Length: 0\n\n");
        })) {
            asksAreAnsweredAndTheSecondIsTriedOnce(server);
        }
    }

    private static void asksAreAnsweredAndTheSecondIsTriedOnce(ScriptedServer server) {
        try (Asking asking = Asking.of(server, LONG)) {
            asking.ask();
            await().until(() -> server.accepted() == 2);

            IntStream.range(0, 20).forEach(i -> asking.ask());

            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void nobodyWaitsUntilTheSecondIsUp() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            if (peer.number() == 1) {
                answerAll(peer.login(), "core", "");
            }
            peer.silence();
        })) {
            EslOptions patient =
                    server.options().authTimeout(Duration.ofMinutes(1)).build();
            try (Asking asking = Asking.of(patient, LONG)) {
                asking.ask();
                await().until(() -> server.accepted() == 2);

                asking.ask();
            }
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .noneMatch(name -> name.startsWith("cti-gateway") && name.endsWith(":" + server.port())));
        }
    }

    @Test
    void whatTheSecondDoesNotAnswerIsAskedAgainOverTheFirst() throws IOException {
        try (ScriptedServer server = server(peer -> {
                    answer(peer, peer.expect(), "core", "");
                    peer.expect();
                });
                Asking asking = Asking.of(server, LONG)) {
            askUntilTheSecondIsAsked(asking);

            IntStream.range(0, 20).forEach(i -> asking.ask());

            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aSecondThatWasLostIsMadeAgainAfterAPause() throws IOException {
        try (ScriptedServer server = server(peer -> {
                    if (peer.number() == 2) {
                        answer(peer, peer.expect(), "core", "");
                    } else {
                        answerAll(peer, "core", "");
                    }
                });
                Asking asking = Asking.of(server, SHORT)) {
            await().until(() -> {
                asking.ask();
                return asked(3) > 0;
            });
        }
    }

    @Test
    void aSecondThatIsFrozenIsNotAskedAgain() throws IOException {
        try (ScriptedServer server = server(peer -> {
                    while (true) {
                        peer.expect();
                        count(peer);
                    }
                });
                Asking asking = Asking.of(
                        server.options().commandTimeout(Duration.ofMillis(300)).build(), LONG)) {
            askUntilTheSecondIsAsked(asking);
            int before = asked(2);

            IntStream.range(0, 5).forEach(i -> asking.ask());

            assertThat(asked(2)).isEqualTo(before);
        }
    }

    @Test
    void whoeverIsInterruptedHearsOfItAndTheSecondIsNotToBlame() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        AtomicBoolean heard = new AtomicBoolean();
        try (ScriptedServer server = server(peer -> {
                    String first = peer.expect();
                    reached.countDown();
                    while (peer.number() == 2 && !heard.get()) {
                        Thread.onSpinWait();
                    }
                    answer(peer, first, "core", "");
                    answerAll(peer, "core", "");
                });
                Asking asking = Asking.of(server, LONG)) {
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        asking.ask();
                    }
                } catch (EslInterruptedException e) {
                    heard.set(Thread.currentThread().isInterrupted());
                }
            });
            thread.start();
            reached.await();
            thread.interrupt();
            thread.join();
            assertThat(heard).isTrue();
            await().until(() -> asked(2) > 0);
            asked.clear();

            asking.ask();

            assertThat(asked(2)).isPositive();
        }
    }
}
