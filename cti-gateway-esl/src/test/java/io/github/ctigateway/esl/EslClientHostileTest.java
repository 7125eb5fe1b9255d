package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a peer may do to us, and what users may do to each other. */
@Timeout(60)
class EslClientHostileTest {
    private static final ReconnectPolicy AT_ONCE = ReconnectPolicy.of(Duration.ofMillis(1), Duration.ofMillis(5));
    private static final byte[] CONVERSATION = (ScriptedServer.jsonFrame("{\"Event-Name\":\"HEARTBEAT\"}")
                    + ScriptedServer.apiFrame("one\n\n")
                    + "Content-Type: command/reply\nReply-Text: +OK two\n\n")
            .getBytes(StandardCharsets.UTF_8);

    @Test
    void rejectionAfterTheGreetingIsALossLikeAnyOther() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() == 1) {
                        peer.expect("api one")
                                .send("Content-Type: text/rude-rejection\nContent-Length: 2\n\nno")
                                .silence();
                    }
                    peer.echo();
                });
                EslClient client =
                        EslClient.open(server.options().reconnect(AT_ONCE).build())) {
            assertThatThrownBy(() -> client.api("one")).isInstanceOf(EslConnectionLostException.class);
            await().until(() -> server.accepted() == 2 && client.state() == EslConnectionState.READY);
            assertThat(client.api("echo again")).isEqualTo("again");
        }
    }

    @Test
    void refusedSubscriptionIsForgottenAndSpoilsNoLaterConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() == 1) {
                        peer.expect("event json SECRETS").reply("-ERR permission denied");
                        peer.expect("filter A b").reply("-ERR permission denied");
                        peer.expect("api drop").close();
                    }
                    peer.expect("api echo back").api("back").echo();
                });
                EslClient client =
                        EslClient.open(server.options().reconnect(AT_ONCE).build())) {
            assertThatThrownBy(() -> client.subscribe("SECRETS")).isInstanceOf(EslCommandRefusedException.class);
            assertThatThrownBy(() -> client.filter("A", "b")).isInstanceOf(EslCommandRefusedException.class);
            assertThatThrownBy(() -> client.api("drop")).isInstanceOf(EslConnectionLostException.class);
            await().until(() -> server.accepted() == 2 && client.state() == EslConnectionState.READY);
            assertThat(client.api("echo back")).isEqualTo("back");
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void jobWhoseResultWillNotBeSentEndsAtOnce() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    while (true) {
                        String command = peer.expect();
                        if (command.startsWith("event")) {
                            peer.reply("-ERR permission denied");
                        } else {
                            peer.answer(command);
                        }
                    }
                });
                EslClient client = EslClient.open(server.options().build())) {
            assertThatThrownBy(() -> client.bgapi("status", Duration.ofSeconds(50)))
                    .isInstanceOf(EslCommandRefusedException.class);
            assertThat(client.api("echo on")).isEqualTo("on");
        }
    }

    @Test
    void subscriptionThatWaitedTooLongIsStillSent() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("api slow");
                    release.await();
                    peer.api("done").expect("event json BACKGROUND_JOB").reply("+OK");
                    String job = peer.expect();
                    peer.reply("+OK").expect("event json HEARTBEAT").reply("+OK");
                    String id = job.substring(job.indexOf("UUID: ") + 6);
                    peer.json("{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"" + id + "\",\"_body\":\"result\"}");
                    peer.echo();
                });
                EslClient client = EslClient.open(server.options()
                        .maxInFlight(1)
                        .commandTimeout(Duration.ofMillis(100))
                        .build())) {
            CompletableFuture<String> slow = client.apiAsync("slow", Duration.ofSeconds(50));
            CompletableFuture<String> job = client.bgapiAsync("status", Duration.ofSeconds(50));
            assertThatThrownBy(() -> client.subscribe("HEARTBEAT"))
                    .isInstanceOfSatisfying(
                            EslTimeoutException.class,
                            e -> assertThat(e.outcomeUnknown()).isTrue());
            release.countDown();
            assertThat(slow.join()).isEqualTo("done");
            assertThat(job.join()).isEqualTo("result");
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void resultThatCannotBeReadEndsItsJob() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("event json BACKGROUND_JOB").reply("+OK");
                    String job = peer.expect();
                    String id = job.substring(job.indexOf("UUID: ") + 6);
                    peer.reply("+OK");
                    peer.json("{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"" + id + "\",\"_body\":{}");
                    peer.echo();
                });
                EslClient client = EslClient.open(server.options().build())) {
            assertThatThrownBy(() -> client.bgapi("status", Duration.ofSeconds(50)))
                    .isInstanceOf(EslProtocolException.class);
        }
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotSent() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("api first");
                    release.await();
                    peer.api("1").expect("api echo last").api("last").echo();
                });
                EslClient client =
                        EslClient.open(server.options().maxInFlight(1).build())) {
            CompletableFuture<String> first = client.apiAsync("first");
            CompletableFuture<String> cancelled = client.apiAsync("cancelled");
            CompletableFuture<String> last = client.apiAsync("echo last");
            assertThat(cancelled.cancel(true)).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> client.api("interrupted")).isInstanceOf(EslInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            release.countDown();
            assertThat(first.join()).isEqualTo("1");
            assertThat(last.join()).isEqualTo("last");
            assertThat(client.api("echo x")).isEqualTo("x");
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void jobThatNeverLeftIsNotOfUnknownOutcome() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().silence());
                EslClient client =
                        EslClient.open(server.options().maxInFlight(1).build())) {
            assertThatThrownBy(() -> client.bgapi("status", Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(
                            EslTimeoutException.class,
                            e -> assertThat(e.outcomeUnknown()).isFalse());
        }
    }

    @Test
    void passwordThatIsSentBackIsNotShown() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.send("Content-Type: auth/request\n\n")
                .expect("auth tr0ub4dor")
                .reply("-ERR invalid tr0ub4dor"))) {
            assertThatThrownBy(() -> EslClient.open(EslOptions.of("127.0.0.1", server.port(), "tr0ub4dor")))
                    .isInstanceOf(EslAuthenticationException.class)
                    .hasMessageContaining("-ERR invalid ***");
        }
    }

    @Test
    void listenerThatFailsBadlyOrLeavesItsFlagSetHarmsNobody() throws Exception {
        List<String> answers = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("event json HEARTBEAT").reply("+OK");
                    peer.json("{\"Event-Name\":\"HEARTBEAT\"}").json("{\"Event-Name\":\"HEARTBEAT\"}");
                    peer.echo();
                });
                EslClient client = EslClient.create(server.options().build())) {
            client.addListener(event -> {
                Thread.currentThread().interrupt();
                throw new LinkageError("on purpose");
            });
            client.addListener(event -> answers.add(client.api("echo heard")));
            client.subscribe("HEARTBEAT");
            client.connect();
            await().untilAsserted(() -> assertThat(answers).containsExactly("heard", "heard"));
        }
    }

    @Test
    void bytesMayComeOneByOne() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("event json HEARTBEAT").reply("+OK");
                    peer.expect("api one");
                    peer.expect("log 4");
                    for (byte b : CONVERSATION) {
                        peer.send(new byte[] {b});
                    }
                    peer.echo();
                });
                EslClient client = EslClient.create(server.options().build())) {
            client.addListener(event -> events.add(event.name()));
            client.subscribe("HEARTBEAT");
            client.connect();
            CompletableFuture<String> one = client.apiAsync("one");
            assertThat(client.command("log 4").text()).isEqualTo("+OK two");
            assertThat(one.join()).isEqualTo("one\n\n");
            await().untilAsserted(() -> assertThat(events).containsExactly("HEARTBEAT"));
        }
    }

    @Test
    void endOfStreamAnywhereEndsEveryCommandAndBringsTheNextConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("api one");
                    peer.expect("log 4");
                    peer.send(Arrays.copyOf(CONVERSATION, peer.number() - 1));
                });
                EslClient client =
                        EslClient.open(server.options().reconnect(AT_ONCE).build())) {
            for (int cut = 0; cut <= CONVERSATION.length; cut++) {
                int number = cut + 1;
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> server.accepted() == number && client.state() == EslConnectionState.READY);
                CompletableFuture<String> one = client.apiAsync("one");
                CompletableFuture<EslReply> two = client.commandAsync("log 4");
                boolean whole = cut == CONVERSATION.length;
                assertThat(two.handle((reply, failure) -> failure == null).join())
                        .as("cut at %d", cut)
                        .isEqualTo(whole);
                assertThat(one.handle((reply, failure) -> reply != null
                                        ? reply.equals("one\n\n")
                                        : failure instanceof EslConnectionLostException lost && lost.outcomeUnknown())
                                .join())
                        .as("cut at %d", cut)
                        .isTrue();
            }
        }
    }

    @Test
    void tenMillionRandomBytesNeitherHangNorBreakTheClient() throws Exception {
        int noisy = 100;
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    if (peer.number() <= noisy) {
                        byte[] noise = new byte[100_000];
                        new Random(peer.number()).nextBytes(noise);
                        peer.send(noise);
                        peer.silence();
                    }
                    peer.echo();
                });
                EslClient client =
                        EslClient.create(server.options().reconnect(AT_ONCE).build())) {
            List<EslStateChange> changes = new CopyOnWriteArrayList<>();
            client.addListener(new EslClientHandshakeTest.Changes(changes));
            client.connect();
            await().atMost(Duration.ofSeconds(50))
                    .until(() -> server.accepted() == noisy + 1 && client.state() == EslConnectionState.READY);
            assertThat(client.api("echo whole")).isEqualTo("whole");
            assertThat(changes)
                    .filteredOn(change -> change.to() == EslConnectionState.WAITING)
                    .allSatisfy(change -> assertThat(change.cause())
                            .isInstanceOfAny(EslProtocolException.class, EslConnectionLostException.class));
        }
    }

    @Test
    void closedClientsLeaveNoSocketAndNoSelector() throws Exception {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean, "cannot be counted");
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().echo())) {
            openAndClose(server, 3);
            long before = openFiles();
            openAndClose(server, 50);
            // A client has three: its socket, its selector and what wakes the selector.
            await().untilAsserted(() -> assertThat(openFiles()).isLessThan(before + 50));
        }
    }

    private static void openAndClose(ScriptedServer server, int times) {
        for (int i = 0; i < times; i++) {
            try (EslClient client = EslClient.open(server.options().build())) {
                assertThat(client.api("echo here")).isEqualTo("here");
            }
        }
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
