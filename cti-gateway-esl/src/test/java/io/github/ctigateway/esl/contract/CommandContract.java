package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the commands answer, and what they really do. */
public abstract class CommandContract extends ContractCases {
    @Test
    void commandsAnswerAsTheyDo() {
        publishAndRescan(registering("ctitest-on", "on"), quiet("ctitest-off").variable("a", "1"));
        within(10, () -> client().api("sofia xmlstatus gateway ctitest-on").contains("<state>REGED<"));
        String p = "sofia profile " + server().profile() + " ";
        List<String> commands = List.of(
                p + "killgw ctitest-nosuch",
                p + "killgw nosuch::ctitest-off",
                p + "killgw",
                p + "startgw",
                p + "startgw ctitest-nosuch",
                p + "startgw ctitest-off",
                p + "rescan",
                p + "RESCAN",
                "sofia PROFILE " + server().profile() + " killgw ctitest-nosuch",
                p.strip(),
                p + "bogus",
                p + "register ctitest-nosuch",
                p + "unregister ctitest-nosuch",
                p + "register",
                p + "unregister",
                "sofia profile ctitest-nosuch rescan",
                "sofia profile ctitest-nosuch killgw x",
                "sofia profile",
                "sofia bogus",
                "sofia xmlstatus gateway ctitest-nosuch",
                "sofia status gateway ctitest-nosuch",
                "sofia xmlstatus bogus x",
                "sofia status bogus x",
                "sofia xmlstatus profile ctitest-nosuch",
                "sofia status profile ctitest-nosuch",
                "sofia_gateway_data",
                "sofia_gateway_data ctitest-off",
                "sofia_gateway_data ctitest-off var",
                "sofia_gateway_data ctitest-off var a",
                "sofia_gateway_data ctitest-off var a b",
                "sofia_gateway_data ctitest-off VAR A",
                "sofia_gateway_data 'ctitest-off' var 'a'",
                "sofia_gateway_data ctitest-nosuch var a",
                "sofia_gateway_data " + server().profile() + "::ctitest-off var a",
                "bogus",
                "bogus with arguments",
                "echo",
                "echo   two  words  ",
                "echo a\\nb",
                "global_getvar ctitest_nosuch",
                "msleep 10",
                "switchname x y");
        StringBuilder transcript = new StringBuilder();
        for (String command : commands) {
            RawEventSocket.Frame frame = client().command("api " + command);
            String body = command.startsWith("switchname") ? "…" : frame.body();
            transcript
                    .append("> ")
                    .append(command)
                    .append('\n')
                    .append(frame.headers().get("Content-Type"))
                    .append('\n')
                    .append(body)
                    .append("\n\n");
        }
        Golden.assertMatches("commands", transcript.toString().replace(server().profile(), "PROFILE"));
    }

    @Test
    void startgwAnswersOkAndAddsOnlyWhatItFinds() {
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publish(
                    quiet("ctitest-s1"),
                    quiet("ctitest-s2"),
                    registering("ctitest-s3", "s3").param("password", ""));

            assertThat(profile("startgw ctitest-s1"))
                    .isEqualTo("Reload XML [Success]\n+OK start gateway ctitest-s1 complete\n");
            assertThat(live()).containsExactly("ctitest-s1");
            assertThat(profile("startgw ctitest-s3"))
                    .isEqualTo("Reload XML [Success]\n+OK start gateway ctitest-s3 complete\n");
            assertThat(profile("startgw _all_")).isEqualTo("Reload XML [Success]\n+OK start gateway _all_ complete\n");
            assertThat(live()).containsExactly("ctitest-s1", "ctitest-s2");

            within(2, () -> watch.of("ctitest-s2").size() == 1);
            assertThat(watch.of("ctitest-s1")).hasSize(1);
            assertThat(watch.of("ctitest-s3")).isEmpty();
        }
    }
}
