package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The event socket itself: frames, order, subscriptions, formats. */
public abstract class SocketContract extends ContractCases {
    @Test
    void socketAnswersInItsOwnWords() {
        StringBuilder transcript = new StringBuilder();
        try (RawEventSocket socket = new RawEventSocket(server().host(), server().port())) {
            transcript.append(shown(socket.read()));
            for (String command : List.of("api status", "event json ALL", "auth " + server().password())) {
                socket.write(command + "\n\n");
                transcript.append(said(command)).append(shown(socket.read()));
            }
            List<String> commands = new ArrayList<>(List.of(
                    "event plain",
                    "event json NOSUCH",
                    "event json CUSTOM ctitest::x",
                    "event CUSTOM ctitest::y",
                    "event plain ctitest::y",
                    "EVENT JSON CUSTOM ctitest::x",
                    "nixevent CUSTOM ctitest::x",
                    "nixevent NOSUCH",
                    "nixevent",
                    "noevents",
                    "noevents",
                    "filter",
                    "filter a",
                    "filter a b",
                    "filter a b c",
                    "filter delete a b",
                    "filter delete a",
                    "filter delete all",
                    "filter add x y",
                    "filter add x",
                    "nolog",
                    "filter delete all",
                    "bogus",
                    "api",
                    "apis",
                    "bgapi",
                    "linger",
                    "nolinger",
                    "divert_events on",
                    "auth again",
                    "api  echo",
                    "api echo",
                    "api echo one\ntwo: three"));
            for (String command : commands) {
                socket.write(command + "\n\n");
                transcript.append(said(command)).append(shown(socket.read()));
            }
            socket.write("\n\n\r\n\r\napi echo after blank lines\r\n\r\n");
            transcript.append(said("blank lines, CRLF")).append(shown(socket.read()));
            socket.write("exit\n\n");
            transcript.append(said("exit")).append(shown(socket.read())).append(shown(socket.read()));
            assertThat(socket.atEnd()).isTrue();
        }
        Golden.assertMatches("socket", transcript.toString());
    }

    private String said(String command) {
        return "> " + command.replace(server().password(), "PASSWORD").replace("\n", "\\n") + "\n";
    }

    static String shown(RawEventSocket.Frame frame) {
        StringBuilder out = new StringBuilder();
        frame.headers()
                .forEach((name, value) ->
                        out.append(name).append(": ").append(value).append('\n'));
        return out.append('\n')
                .append(frame.body())
                .append(frame.body().isEmpty() ? "" : "\n")
                .toString();
    }

    @Test
    void wrongPasswordEndsTheConnection() {
        try (RawEventSocket socket = new RawEventSocket(server().host(), server().port())) {
            socket.read();
            assertThat(socket.command("auth not-it").replyText()).isEqualTo("-ERR invalid");
            assertThat(socket.read().headers()).containsEntry("Content-Type", "text/disconnect-notice");
            assertThat(socket.atEnd()).isTrue();
        }
    }

    @Test
    void pipelinedCommandsAreAnsweredInOrder() {
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            commands.append(i % 3 == 0 ? "filter a" + i + " b" : i % 3 == 1 ? "api echo " + i : "bgapi echo " + i)
                    .append(i % 3 == 2 ? "\nJob-UUID: ctitest-" + i : "")
                    .append("\n\n");
        }
        client().write(commands.toString());
        for (int i = 0; i < 300; i++) {
            RawEventSocket.Frame answer = client().answer();
            switch (i % 3) {
                case 0 -> assertThat(answer.replyText()).isEqualTo("+OK filter added. [a" + i + "]=[b]");
                case 1 -> assertThat(answer.body()).isEqualTo(Integer.toString(i));
                default -> assertThat(answer.headers()).containsEntry("Job-UUID", "ctitest-" + i);
            }
        }
    }

    @Test
    void backgroundJobComesAsAnEventInBothFormats() {
        String text = "a%41 %zz \"quoted\" back\\slash 中文 {x} ~ end";
        StringBuilder transcript = new StringBuilder();
        for (String format : List.of("json", "plain")) {
            client().command("event " + format + " BACKGROUND_JOB");
            for (String command : List.of("echo " + text, "bogus", "echo")) {
                RawEventSocket.Frame reply = client().command("bgapi " + command + "\nJob-UUID: ctitest-job");
                transcript.append(said("bgapi " + command)).append(shown(reply));
                transcript
                        .append(client().event()
                                .body()
                                .replaceAll(
                                        "(?<=(Core-UUID|Hostname|Switchname|IPv4|IPv6|Date-Local|Date-GMT"
                                                + "|Date-Timestamp|Line-Number|Sequence)(\":\"|: ))[^\"\n]*",
                                        "…"))
                        .append('\n');
            }
        }
        Golden.assertMatches("jobs", transcript.toString());
    }

    @Test
    void slowApiHoldsTheAnswersAndEventsOfItsConnection() {
        client().command("event json CUSTOM sofia::gateway_add");
        try (RawEventSocket other = server().connect()) {
            publish(quiet("ctitest-slow"));
            client().write("api msleep 600\n\n");
            other.api("sofia profile " + server().profile() + " rescan");
            RawEventSocket.Frame first = client().read();

            assertThat(first.body()).isEqualTo("+OK");
            assertThat(client().event().body()).contains("ctitest-slow");
        }
    }

    @Test
    void halfACommandHoldsTheEvents() {
        client().command("event json CUSTOM sofia::gateway_add");
        try (RawEventSocket other = server().connect()) {
            publish(quiet("ctitest-half"));
            client().write("api ec");
            other.api("sofia profile " + server().profile() + " rescan");
            other.api("msleep 200");
            client().write("ho done\n\n");

            assertThat(client().read().body()).isEqualTo("done");
            assertThat(client().event().body()).contains("ctitest-half");
        }
    }

    @Test
    void filtersAreAlternativesAndHoldBackOtherEventsToo() {
        client().command("event json BACKGROUND_JOB CUSTOM sofia::gateway_add");
        client().command("filter Gateway ctitest-f2");
        publishAndRescan(quiet("ctitest-f1"), quiet("ctitest-f2"));
        client().command("bgapi echo held back");
        client().command("filter Gateway ctitest-f3");
        publishAndRescan(quiet("ctitest-f3"));

        assertThat(client().event().body()).contains("ctitest-f2");
        assertThat(client().event().body()).contains("ctitest-f3");
    }

    @Test
    void filterThatOnlyForbidsLetsNothingThrough() {
        client().command("event json CUSTOM sofia::gateway_add");
        client().command("filter Gateway -ctitest-f1");
        publishAndRescan(quiet("ctitest-f1"), quiet("ctitest-f2"));
        client().command("filter Gateway ctitest-f3");
        publishAndRescan(quiet("ctitest-f3"));

        assertThat(client().event().body()).contains("ctitest-f3");
    }
}
