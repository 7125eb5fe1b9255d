package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ctigateway.esl.EslAuthenticationException;
import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.contract.SwitchUnderTest.UserLogin;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a user of the directory may do on the event socket ({@code userauth}), whose {@code esl-allowed-api} and
 * {@code esl-allowed-events} are those here. Not run on a server that was given without such a user.
 */
public abstract class UserContract extends ContractCases {
    /** What the user is allowed. */
    public static final String ALLOWED_API = "echo eval bgapi switchname";

    /** What the user is allowed to hear. */
    public static final String ALLOWED_EVENTS = "BACKGROUND_JOB CUSTOM sofia::gateway_add";

    @SuppressWarnings("NullAway.Init") // set before each case
    private UserLogin user;

    @BeforeEach
    final void needsAUser() {
        assumeTrue(server().user().isPresent(), "no -Dfreeswitch.user was given");
        user = server().user().orElseThrow();
    }

    @Test
    void userMayDoWhatIsAllowedAndIsDeniedTheRest() {
        StringBuilder transcript = new StringBuilder();
        try (RawEventSocket socket = new RawEventSocket(server().host(), server().port())) {
            socket.read();
            for (String command : List.of(
                    "userauth " + user.address() + ":" + user.password(),
                    "userauth " + user.address() + ":" + user.password(),
                    "api echo allowed",
                    "api status",
                    "api ECHO other case",
                    "api  echo",
                    "api eval status",
                    "api eval eval status",
                    "api expand echo x",
                    "api eval ${switchname}",
                    "api bgapi status",
                    "bgapi status",
                    "bgapi eval status",
                    "event plain HEARTBEAT",
                    "event json ALL",
                    "event json CUSTOM sofia::gateway_state",
                    "event json CUSTOM sofia::gateway_add",
                    "event json BACKGROUND_JOB HEARTBEAT",
                    "event json BACKGROUND_JOB",
                    "event json NOSUCH",
                    "filter a b",
                    "nixevent HEARTBEAT",
                    "noevents",
                    "api echo still here")) {
                socket.write(command + "\n\n");
                transcript
                        .append("> ")
                        .append(command.replace(user.address(), "USER").replace(user.password(), "PASSWORD"))
                        .append('\n')
                        .append(SocketContract.shown(socket.read()));
            }
        }
        Golden.assertMatches("user", transcript.toString());
    }

    @Test
    void wrongLoginsEndTheConnection() {
        int at = user.address().indexOf('@');
        for (String login : List.of(
                user.address() + ":not-it",
                user.address() + ":",
                user.address(),
                "ctitest-nosuch" + user.address().substring(at) + ":" + user.password(),
                user.address().substring(0, at) + ":" + user.password(),
                user.address().substring(at) + ":" + user.password())) {
            try (RawEventSocket socket = new RawEventSocket(server().host(), server().port())) {
                socket.read();
                assertThat(socket.command("userauth " + login).replyText())
                        .as("userauth %s", login.replace(user.password(), "***"))
                        .isEqualTo("-ERR invalid");
                assertThat(socket.read().headers()).containsEntry("Content-Type", "text/disconnect-notice");
                assertThat(socket.atEnd()).isTrue();
            }
        }
    }

    @Test
    void passwordMayStandBeforeTheDomain() {
        int at = user.address().indexOf('@');
        try (RawEventSocket socket = new RawEventSocket(server().host(), server().port())) {
            socket.read();
            String login = user.address().substring(0, at) + ":" + user.password()
                    + user.address().substring(at);
            assertThat(socket.command("userauth " + login).replyText()).isEqualTo("+OK accepted");
        }
    }

    @Test
    void clientTellsEveryCallerItsOwnAnswerWhateverIsDenied() {
        EslOptions options = EslOptions.builder(server().host(), server().port(), user.password())
                .user(user.address())
                .build();
        try (EslClient client = EslClient.open(options)) {
            List<CompletableFuture<String>> answers = IntStream.range(0, 300)
                    .mapToObj(i -> client.apiAsync(i % 3 == 0 ? "status " + i : "echo " + i))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                CompletableFuture<String> answer = answers.get(i);
                if (i % 3 == 0) {
                    assertThatThrownBy(answer::join)
                            .isInstanceOf(CompletionException.class)
                            .hasCauseInstanceOf(EslCommandRefusedException.class);
                } else {
                    assertThat(answer.join()).isEqualTo(Integer.toString(i));
                }
            }
            assertThatThrownBy(() -> client.bgapi("status")).isInstanceOf(EslCommandRefusedException.class);
            assertThat(client.bgapi("echo done")).isEqualTo("done");
        }
        assertThatThrownBy(() -> EslClient.open(EslOptions.builder(server().host(), server().port(), "not-it")
                        .user(user.address())
                        .build()))
                .isInstanceOf(EslAuthenticationException.class);
    }
}
