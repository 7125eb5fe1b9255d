package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EslClientLifeTest {
    private static final ReconnectPolicy AT_ONCE = ReconnectPolicy.of(Duration.ofMillis(1), Duration.ofMillis(5));

    @Test
    void lossEndsWrittenCommandsAsUnknownAndWaitingOnesAsNotSent() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(
                        peer -> peer.login().expect("api one").close());
                EslClient client =
                        EslClient.open(server.options().maxInFlight(1).build())) {
            CompletableFuture<String> written = client.apiAsync("one");
            CompletableFuture<String> waiting = client.apiAsync("two");
            assertThatThrownBy(written::join).cause().isInstanceOfSatisfying(EslConnectionLostException.class, e -> {
                assertThat(e.outcomeUnknown()).isTrue();
                assertThat(e.isRetryable()).isTrue();
            });
            assertThatThrownBy(waiting::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            EslConnectionLostException.class,
                            e -> assertThat(e.outcomeUnknown()).isFalse());
            await().until(() -> client.state() == EslConnectionState.IDLE);
            assertThatThrownBy(() -> client.api("three"))
                    .isInstanceOfSatisfying(
                            EslConnectionLostException.class,
                            e -> assertThat(e.outcomeUnknown()).isFalse());
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void lossEndsARunningJob() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("event json BACKGROUND_JOB").reply("+OK");
                    peer.expect();
                    peer.reply("+OK Job-UUID: x").close();
                });
                EslClient client = EslClient.open(server.options().build())) {
            assertThatThrownBy(() -> client.bgapi("originate x"))
                    .isInstanceOfSatisfying(
                            EslConnectionLostException.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
        }
    }

    @Test
    void jobHasADeadlineOfItsOwn() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().echo());
                EslClient client = EslClient.open(server.options().build())) {
            assertThatThrownBy(() -> client.bgapi("msleep 1000", Duration.ofMillis(60)))
                    .isInstanceOfSatisfying(
                            EslTimeoutException.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
            assertThat(client.api("echo on")).isEqualTo("on");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: api/response\nContent-Length: 100\n\nhalf",
                "Content-Type: api/resp",
                "Content-Type: text/event-json\nContent-Length: 50\n\n{\"EvContent-Type: text/disconnect-notice\n\n",
                "Content-Type: text/disconnect-notice\nContent-Length: 4\n\nbye\n",
                "Content-Type: api/response\nContent-Length: 17000000\n\n",
                "Content-Type: command/reply\nReply-Text: +OK nobody asked\n\nContent-Type: command/reply\nReply-Text: +OK\n\n"
            })
    void brokenStreamEndsTheCommandAndTheConnectionIsReplaced(String last) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() == 1) {
                        peer.expect("api one").send(last).close();
                    }
                    peer.echo();
                });
                EslClient client =
                        EslClient.open(server.options().reconnect(AT_ONCE).build())) {
            CompletableFuture<String> one = client.apiAsync("one");
            await().until(one::isDone);
            await().until(() -> client.state() == EslConnectionState.READY && server.accepted() == 2);
            assertThat(client.api("echo again")).isEqualTo("again");
        }
    }

    @Test
    void logLinesUnknownFramesAndLingerNoticesAreSteppedOver() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("api echo x");
                    peer.send("Content-Type: log/data\nContent-Length: 5\nLog-Level: 3\nUser-Data: \n\noops\n");
                    peer.send(
                            "Content-Type: text/disconnect-notice\nContent-Disposition: linger\nContent-Length: 2\n\nhi");
                    peer.send("Content-Type: text/new-thing\nContent-Length: 1\n\n?");
                    peer.api("x").echo();
                });
                EslClient client = EslClient.open(server.options().build())) {
            assertThat(client.api("echo x")).isEqualTo("x");
            assertThat(client.api("echo y")).isEqualTo("y");
        }
    }

    @Test
    void frozenServerIsFoundByThePing() throws Exception {
        List<EslStateChange> changes = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() == 1) {
                        peer.expect("api echo cti-gateway");
                        peer.silence();
                    }
                    peer.echo();
                });
                EslClient client = EslClient.create(server.options()
                        .reconnect(AT_ONCE)
                        .pingInterval(Duration.ofMillis(40))
                        .pingTimeout(Duration.ofMillis(400))
                        .build())) {
            client.addListener(new EslClientHandshakeTest.Changes(changes));
            client.connect();
            await().until(() -> server.accepted() >= 2);
            assertThat(client.api("echo alive")).isEqualTo("alive");
            await().untilAsserted(() -> assertThat(changes)
                    .anySatisfy(
                            change -> assertThat(change.cause()).isNotNull().hasMessageContaining("no sign of life")));
        }
    }

    @Test
    void idleButAnsweringServerIsKept() throws Exception {
        AtomicInteger pings = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    while (true) {
                        // A denied ping is a sign of life too.
                        peer.expect("api echo cti-gateway").reply("-ERR permission denied");
                        pings.incrementAndGet();
                    }
                });
                EslClient client = EslClient.open(server.options()
                        .pingInterval(Duration.ofMillis(10))
                        .pingTimeout(Duration.ofSeconds(20))
                        .build())) {
            await().until(() -> pings.get() >= 5);
            assertThat(client.state()).isEqualTo(EslConnectionState.READY);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void stuckStreamIsRecycled() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() == 1) {
                        peer.silence();
                    }
                    peer.echo();
                });
                EslClient client = EslClient.open(server.options()
                        .reconnect(AT_ONCE)
                        .commandTimeout(Duration.ofMillis(50))
                        .stallTimeout(Duration.ofMillis(50))
                        .build())) {
            assertThatThrownBy(() -> client.api("stuck")).isInstanceOf(EslTimeoutException.class);
            await().until(() -> server.accepted() == 2 && client.state() == EslConnectionState.READY);
        }
    }

    @Test
    void subscriptionsAndFiltersAreSentAgainBeforeReady() throws Exception {
        List<List<String>> sent = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    List<String> commands = new CopyOnWriteArrayList<>();
                    sent.add(commands);
                    peer.login();
                    while (true) {
                        String command = peer.expect();
                        commands.add(command);
                        peer.answer(command);
                        if (command.equals("api echo drop")) {
                            return;
                        }
                    }
                });
                EslClient client =
                        EslClient.create(server.options().reconnect(AT_ONCE).build())) {
            client.subscribe("HEARTBEAT");
            client.subscribeCustom("sofia::gateway_add");
            client.connect();
            client.subscribeCustom("sofia::gateway_state");
            client.filter("Unique-ID", "1");
            CompletableFuture<String> job = client.bgapiAsync("status", Duration.ofSeconds(30));
            assertThat(client.api("echo drop")).isEqualTo("drop");
            await().until(() -> server.accepted() == 2 && client.state() == EslConnectionState.READY);
            client.api("echo now");
            assertThatThrownBy(job::join).hasCauseInstanceOf(EslConnectionLostException.class);
            assertThat(sent.get(0))
                    .startsWith("event json HEARTBEAT CUSTOM sofia::gateway_add")
                    .contains(
                            "event json CUSTOM sofia::gateway_state",
                            "filter Unique-ID 1",
                            "event json BACKGROUND_JOB",
                            "filter Event-Name BACKGROUND_JOB");
            assertThat(sent.get(1))
                    .containsExactly(
                            "filter Unique-ID 1",
                            "filter Event-Name BACKGROUND_JOB",
                            "event json HEARTBEAT BACKGROUND_JOB CUSTOM sofia::gateway_add sofia::gateway_state",
                            "api echo now");
        }
    }

    @Test
    void refusedSubscriptionIsTyped() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    while (true) {
                        peer.expect();
                        peer.reply("-ERR permission denied");
                    }
                });
                EslClient client = EslClient.open(server.options().build())) {
            assertThatThrownBy(() -> client.subscribe("ALL")).isInstanceOf(EslCommandRefusedException.class);
            assertThatThrownBy(() -> client.subscribe("CUSTOM")).isInstanceOf(EslIllegalCommandException.class);
            assertThatThrownBy(() -> client.subscribe("A B")).isInstanceOf(EslIllegalCommandException.class);
            assertThatThrownBy(() -> client.subscribeCustom("a\nb")).isInstanceOf(EslIllegalCommandException.class);
            assertThatThrownBy(() -> client.filter("delete", "all")).isInstanceOf(EslIllegalCommandException.class);
        }
    }

    @SuppressWarnings("try") // when it is closed is what is tested
    @Test
    void twoHundredDropsEndEveryCommandOnceAndBringTheSubscriptionsBack() throws Exception {
        int drops = 200;
        Random random = new Random(4);
        AtomicInteger subscribed = new AtomicInteger();
        List<String> twice = new CopyOnWriteArrayList<>();
        Set<String> received = ConcurrentHashMap.newKeySet();
        AtomicInteger ended = new AtomicInteger();
        List<CompletableFuture<?>> futures = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login()
                            .expect("event json BACKGROUND_JOB CUSTOM sofia::gateway_state")
                            .reply("+OK");
                    subscribed.incrementAndGet();
                    int answers = peer.number() > drops ? Integer.MAX_VALUE : random.nextInt(40);
                    for (int i = 0; i < answers; i++) {
                        String command = peer.expect();
                        if (!received.add(command) && !command.startsWith("exit")) {
                            twice.add(command);
                        }
                        peer.answer(command);
                    }
                });
                EslClient client =
                        EslClient.create(server.options().reconnect(AT_ONCE).build())) {
            client.subscribe("BACKGROUND_JOB");
            client.subscribeCustom("sofia::gateway_state");
            client.connect();
            int number = 0;
            while (server.accepted() <= drops) {
                String text = "echo " + number++;
                CompletableFuture<?> future = number % 10 == 0 ? client.bgapiAsync(text) : client.apiAsync(text);
                futures.add(future.whenComplete((result, failure) -> ended.incrementAndGet())
                        .thenAccept(result -> assertThat("echo " + result).isEqualTo(text)));
                if (number % 64 == 0) {
                    await().pollInterval(Duration.ofMillis(1))
                            .until(() -> client.state() == EslConnectionState.READY || server.accepted() > drops);
                }
            }
            await().until(() -> client.state() == EslConnectionState.READY);
            assertThat(client.api("echo end")).isEqualTo("end");
            client.close();
            for (CompletableFuture<?> future : futures) {
                try {
                    future.join();
                } catch (CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(EslConnectionLostException.class);
                }
            }
            assertThat(ended).hasValue(futures.size());
            assertThat(twice).as("nothing is sent a second time").isEmpty();
            assertThat(subscribed).hasValueGreaterThanOrEqualTo(drops + 1);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void closeSaysGoodbyeEndsEverythingAndLeavesNoThread() throws Exception {
        List<EslStateChange> changes = new CopyOnWriteArrayList<>();
        List<String> last = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.login().expect("api never");
            last.add(peer.expect());
            peer.reply("+OK bye");
        })) {
            EslClient client =
                    EslClient.create(server.options().reconnect(AT_ONCE).build());
            client.addListener(new EslClientHandshakeTest.Changes(changes));
            client.connect();
            CompletableFuture<String> never = client.apiAsync("never");
            client.close();
            client.close();
            assertThatThrownBy(never::join).cause().isInstanceOfSatisfying(EslConnectionLostException.class, e -> {
                assertThat(e.outcomeUnknown()).isTrue();
                assertThat(e.isRetryable()).isFalse();
            });
            assertThat(client.state()).isEqualTo(EslConnectionState.CLOSED);
            assertThat(changes)
                    .last()
                    .satisfies(change -> assertThat(change.to()).isEqualTo(EslConnectionState.CLOSED));
            await().until(() -> last.equals(List.of("exit")));
            assertThatThrownBy(() -> client.api("status")).isInstanceOf(EslConnectionLostException.class);
            assertNoThreadIsLeft(server.port());
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void closeWhileWaitingToReconnectEndsTheWait() throws Exception {
        ScriptedServer server = ScriptedServer.start(peer -> peer.login().echo());
        EslClient client = EslClient.open(server.options()
                .reconnect(ReconnectPolicy.of(Duration.ofHours(1), Duration.ofHours(1)))
                .build());
        server.close();
        await().until(() -> client.state() == EslConnectionState.WAITING);
        client.close();
        assertThat(client.state()).isEqualTo(EslConnectionState.CLOSED);
        assertNoThreadIsLeft(server.port());
    }

    @SuppressWarnings("try") // when it is closed is what is tested
    @Test
    void listenerMayCloseTheClient() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("event json HEARTBEAT");
                    peer.reply("+OK").json("{\"Event-Name\":\"HEARTBEAT\"}").echo();
                });
                EslClient client = EslClient.create(server.options().build())) {
            client.addListener(event -> client.close());
            client.subscribe("HEARTBEAT");
            client.connect();
            await().until(() -> client.state() == EslConnectionState.CLOSED);
            assertNoThreadIsLeft(server.port());
        }
    }

    private static void assertNoThreadIsLeft(int port) {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("cti-gateway-esl")
                        && thread.getName().endsWith(":" + port))
                .isEmpty());
    }
}
