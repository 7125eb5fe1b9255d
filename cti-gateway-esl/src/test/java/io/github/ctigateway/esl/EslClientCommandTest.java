package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class EslClientCommandTest {
    @Test
    void apiGivesTheBodyAsSent() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer ->
                        peer.login().expect("api status").api("läuft\n\nja\n").echo());
                EslClient client = EslClient.open(server.options().build())) {
            assertThat(client.api("status")).isEqualTo("läuft\n\nja\n");
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void manyCommandsInFlightGetTheirOwnReplies() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().echo());
                EslClient client = EslClient.open(server.options().build())) {
            List<CompletableFuture<String>> replies = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                replies.add(client.apiAsync("echo " + i));
            }
            for (int i = 0; i < replies.size(); i++) {
                assertThat(replies.get(i).join()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void noMoreThanTheWindowIsInFlight() throws Exception {
        CountDownLatch seen = new CountDownLatch(4);
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Boolean> more = new AtomicReference<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    for (int i = 0; i < 4; i++) {
                        peer.expect("api echo " + i);
                        seen.countDown();
                    }
                    go.await();
                    more.set(peer.hasMore());
                    for (int i = 0; i < 4; i++) {
                        peer.api(Integer.toString(i));
                    }
                    peer.echo();
                });
                EslClient client =
                        EslClient.open(server.options().maxInFlight(4).build())) {
            List<CompletableFuture<String>> replies = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                replies.add(client.apiAsync("echo " + i));
            }
            seen.await();
            go.countDown();
            for (int i = 0; i < 9; i++) {
                assertThat(replies.get(i).join()).isEqualTo(Integer.toString(i));
            }
            assertThat(more.get()).isFalse();
        }
    }

    @Test
    void deniedApiIsAnsweredByCommandReplyAndKeepsTheOrder() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login();
                    peer.expect("api shutdown");
                    peer.expect("api echo a");
                    peer.send("Content-Type: command/reply\nReply-Text: -ERR permission denied\n\n"
                            + ScriptedServer.apiFrame("a"));
                    peer.echo();
                });
                EslClient client = EslClient.open(server.options().build())) {
            CompletableFuture<String> denied = client.apiAsync("shutdown");
            CompletableFuture<String> allowed = client.apiAsync("echo a");
            assertThat(allowed.join()).isEqualTo("a");
            assertThatThrownBy(denied::join).cause().isInstanceOfSatisfying(EslCommandRefusedException.class, e -> {
                assertThat(e.reply()).isEqualTo("-ERR permission denied");
                assertThat(e.isRetryable()).isFalse();
            });
        }
    }

    @Test
    void lateReplyOfATimedOutCommandGoesToNobody() throws Exception {
        CountDownLatch timedOut = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("api slow");
                    timedOut.await();
                    peer.expect("api echo next");
                    peer.api("late").api("next").echo();
                });
                EslClient client = EslClient.open(server.options().build())) {
            EslTimeoutException e =
                    catchThrowableOfType(EslTimeoutException.class, () -> client.api("slow", Duration.ofMillis(50)));
            assertThat(e.outcomeUnknown()).isTrue();
            assertThat(e.isRetryable()).isTrue();
            timedOut.countDown();
            assertThat(client.api("echo next")).isEqualTo("next");
        }
    }

    @Test
    void commandThatNeverLeftIsNotOfUnknownOutcome() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().silence());
                EslClient client =
                        EslClient.open(server.options().maxInFlight(1).build())) {
            CompletableFuture<String> first = client.apiAsync("echo 1", Duration.ofSeconds(30));
            EslTimeoutException e =
                    catchThrowableOfType(EslTimeoutException.class, () -> client.api("echo 2", Duration.ofMillis(50)));
            assertThat(e.outcomeUnknown()).isFalse();
            assertThat(first).isNotDone();
        }
    }

    @Test
    void bgapiGivesTheJobsResultEvenWhenItOvertakesTheReply() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.login().expect("event json BACKGROUND_JOB").reply("+OK event listener enabled json");
                    String command = peer.expect();
                    assertThat(command).startsWith("bgapi sofia profile x rescan\nJob-UUID: ");
                    String id = command.substring(command.indexOf(": ") + 2);
                    assertThat(id).hasSizeLessThanOrEqualTo(64);
                    peer.json("{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"foreign\",\"_body\":\"no\"}");
                    peer.json("{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"" + id
                            + "\",\"_body\":\"+OK scan complete\\n\"}");
                    peer.send("Content-Type: command/reply\nReply-Text: +OK Job-UUID: " + id + "\nJob-UUID: " + id
                            + "\n\n");
                    peer.echo();
                });
                EslClient client = EslClient.open(server.options().build())) {
            assertThat(client.bgapi("sofia profile x rescan")).isEqualTo("+OK scan complete\n");
            assertThat(client.api("echo in order")).isEqualTo("in order");
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void rawCommandGivesTextAndHeaders() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login()
                        .expect("log 4")
                        .send("Content-Type: command/reply\nReply-Text: +OK log level %41\nX: y: z\n\n")
                        .echo());
                EslClient client = EslClient.open(server.options().build())) {
            EslReply reply = client.command("log 4");
            assertThat(reply.text()).isEqualTo("+OK log level %41");
            assertThat(reply.headers()).containsEntry("X", "y: z");
            assertThat(reply.isError()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status\n\napi shutdown",
                "status\r",
                "a\0b",
                "",
                "   ",
                "unload mod_event_socket",
                "bgapi RELOAD -f Mod_Event_Socket",
                "echo mod_event_socket and unload"
            })
    void textThatWouldDoSomethingElseIsRefusedBeforeItIsSent(String command) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer ->
                        peer.login().expect("api echo only this").api("x").echo());
                EslClient client = EslClient.open(server.options().build())) {
            assertThatThrownBy(() -> client.api(command)).isInstanceOf(EslIllegalCommandException.class);
            assertThatThrownBy(() -> client.bgapiAsync(command)).isInstanceOf(EslIllegalCommandException.class);
            assertThatThrownBy(() -> client.command(command)).isInstanceOf(EslIllegalCommandException.class);
            client.api("echo only this");
            assertThat(server.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth x",
                "userauth a@b:c",
                "exit",
                "EXIT",
                "...",
                "event plain ALL",
                "noevents",
                "nixevent ALL",
                "filter a b"
            })
    void commandsThatTheClientGivesItselfAreRefused(String command) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().echo());
                EslClient client = EslClient.open(server.options().build())) {
            assertThatThrownBy(() -> client.command(command)).isInstanceOf(EslIllegalCommandException.class);
        }
    }

    @Test
    void continuationsMayBlockOnTheClient() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.login().echo());
                EslClient client = EslClient.open(server.options().build())) {
            CompletableFuture<String> chained = client.apiAsync("echo 1").thenApply(one -> {
                String two = client.api("echo 2");
                String three = client.apiAsync("echo 3").join();
                return one + two + three;
            });
            assertThat(chained.join()).isEqualTo("123");
        }
    }
}
