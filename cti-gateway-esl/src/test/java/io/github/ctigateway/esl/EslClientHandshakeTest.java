package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class EslClientHandshakeTest {
    private static final String SECRET = "tr0ub4dor&3";

    @Test
    void wrongPasswordIsTypedAndNeverTriedAgain() throws Exception {
        List<EslStateChange> changes = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.send("Content-Type: auth/request\n\n")
                        .expect("auth " + SECRET)
                        .reply("-ERR invalid")
                        .send("Content-Type: text/disconnect-notice\nContent-Length: 23\n\nDisconnected, goodbye.\n"));
                EslClient client = EslClient.create(EslOptions.builder("127.0.0.1", server.port(), SECRET)
                        .reconnect(ReconnectPolicy.of(Duration.ofMillis(1), Duration.ofMillis(1)))
                        .build())) {
            client.addListener(new Changes(changes));
            assertThatThrownBy(client::connect)
                    .isInstanceOfSatisfying(EslAuthenticationException.class, e -> {
                        assertThat(e.isRetryable()).isFalse();
                        assertThat(e.address()).isEqualTo("127.0.0.1:" + server.port());
                    })
                    .hasMessageContaining("-ERR invalid")
                    .hasMessageNotContaining(SECRET);
            assertThat(client.state()).isEqualTo(EslConnectionState.REFUSED);
            await().untilAsserted(() -> assertThat(changes)
                    .extracting(EslStateChange::to)
                    .containsExactly(
                            EslConnectionState.CONNECTING,
                            EslConnectionState.AUTHENTICATING,
                            EslConnectionState.REFUSED));
            assertThat(changes.toString() + client + client.options()).doesNotContain(SECRET);
            assertThatThrownBy(() -> client.api("status")).isInstanceOf(EslConnectionLostException.class);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aclRejectionIsTyped() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer ->
                peer.send("Content-Type: text/rude-rejection\nContent-Length: 24\n\nAccess Denied, go away.\n"))) {
            assertThatThrownBy(() -> EslClient.open(server.options().build()))
                    .isInstanceOfSatisfying(
                            EslAclRejectedException.class,
                            e -> assertThat(e.isRetryable()).isFalse());
        }
    }

    @Test
    void serverThatAcceptsAndSaysNothingRunsIntoTheDeadline() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Peer::silence)) {
            assertThatThrownBy(() -> EslClient.open(
                            server.options().authTimeout(Duration.ofMillis(100)).build()))
                    .isInstanceOfSatisfying(
                            EslTimeoutException.class,
                            e -> assertThat(e.isRetryable()).isTrue());
        }
    }

    @Test
    void serverThatDoesNotAnswerTheLoginRunsIntoTheDeadline() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(
                peer -> peer.send("Content-Type: auth/request\n\n").silence())) {
            assertThatThrownBy(() -> EslClient.open(
                            server.options().authTimeout(Duration.ofMillis(100)).build()))
                    .isInstanceOf(EslTimeoutException.class);
        }
    }

    @Test
    void nobodyListeningIsTyped() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> EslClient.open(EslOptions.of("127.0.0.1", port, SECRET)))
                .isInstanceOfSatisfying(
                        EslUnreachableException.class,
                        e -> assertThat(e.address()).isEqualTo("127.0.0.1:" + port))
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void nameThatDoesNotResolveIsTyped() {
        assertThatThrownBy(() -> EslClient.open(EslOptions.of("no-such-host.invalid", 8021, SECRET)))
                .isInstanceOf(EslUnreachableException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: au",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2p1 Debian\r\n\r\n",
                "\0\0\n\n"
            })
    void strangerOnThePortIsTypedAndDoesNotHang(String greeting) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.send(greeting))) {
            assertThatThrownBy(() -> EslClient.open(server.options().build()))
                    .isInstanceOfAny(EslProtocolException.class, EslConnectionLostException.class);
        }
    }

    @Test
    void failedFirstAttemptMayBeFollowedByAnother() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    if (peer.number() > 1) {
                        peer.login().echo();
                    }
                });
                EslClient client = EslClient.create(server.options().build())) {
            assertThatThrownBy(client::connect).isInstanceOf(EslException.class);
            assertThat(client.state()).isEqualTo(EslConnectionState.IDLE);
            client.connect();
            assertThat(client.api("echo there")).isEqualTo("there");
            client.connect();
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Test
    void userauthLogsInAsAUser() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.send("Content-Type: auth/request\n\n").expect("userauth ops@example.com:" + SECRET);
                    peer.send("""
                            Content-Type: command/reply
                            Reply-Text: +OK accepted
                            Allowed-Events: all
                            Allowed-API: show,status

                            """);
                    peer.echo();
                });
                EslClient client = EslClient.open(EslOptions.builder("127.0.0.1", server.port(), SECRET)
                        .user("ops@example.com")
                        .build())) {
            assertThat(client.api("echo hi")).isEqualTo("hi");
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void ipv6Works() throws Exception {
        ServerSocket socket = null;
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try {
            socket = new ServerSocket(0, 5, InetAddress.getByAddress(loopback));
        } catch (IOException e) {
            assumeThat(socket).as("this machine has IPv6").isNotNull();
        }
        try (ScriptedServer server =
                        ScriptedServer.start(socket, peer -> peer.login().echo());
                EslClient client = EslClient.open(EslOptions.of("[::1]", server.port(), "x"))) {
            assertThat(client.api("echo six")).isEqualTo("six");
            assertThat(client.options().address()).isEqualTo("[::1]:" + server.port());
        }
    }

    @Test
    void closingWhileConnectingEndsTheAttempt() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Peer::silence)) {
            EslClient client = EslClient.create(
                    server.options().authTimeout(Duration.ofMinutes(5)).build());
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread connecting = new Thread(() -> {
                try {
                    client.connect();
                    outcome.complete(new AssertionError("it connected"));
                } catch (EslException e) {
                    outcome.complete(e);
                }
            });
            connecting.start();
            await().until(() -> client.state() == EslConnectionState.AUTHENTICATING);
            client.close();
            assertThat(outcome.join())
                    .isInstanceOfSatisfying(
                            EslConnectionLostException.class,
                            e -> assertThat(e.isRetryable()).isFalse());
            assertThat(client.state()).isEqualTo(EslConnectionState.CLOSED);
            assertThatThrownBy(client::connect).isInstanceOf(EslConnectionLostException.class);
        }
    }

    /** Collects the changes of state. */
    record Changes(List<EslStateChange> changes) implements EslListener {
        @Override
        public void onEvent(EslEvent event) {}

        @Override
        public void onStateChange(EslStateChange change) {
            changes.add(change);
        }
    }
}
