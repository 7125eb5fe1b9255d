package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ctigateway.esl.contract.TestRegistrar.Behaviour;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
                "module_exists",
                "module_exists mod_sofia",
                "module_exists ctitest_nosuch",
                "uuid_getvar",
                "uuid_getvar ctitest-nosuch",
                "uuid_getvar ctitest-nosuch sip_gateway",
                "msleep 10",
                "switchname x y",
                "eval ${echo(a)}|${echo b}|${nosuch(a)}|${nosuch}|${echo(${echo(in)})}|\\${x}|c$d",
                "eval ${echo b)c}|${echo (a)}|$${nosuch}|${echo a(b)c}",
                "eval \\$x",
                "eval ${nosuch}",
                "expand",
                "expand nosuch a",
                "expand echo",
                "expand echo ${echo(x)}",
                "expand eval ${url_decode(%24%7Becho%28${replace(a#b|#|%29%7D.%24%7Becho%28)}%29%7D)}",
                "expand eval ${url_decode(%24%7Bnosuch%28${replace(a#b|#|%29%7D.%24%7Bnosuch%28)}%29%7D)}",
                "replace",
                "replace a#b|#",
                "replace a#b|#|",
                "replace a#b|#| c d ",
                "url_decode %41%2",
                "url_decode a+b%20c");
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

    @Test
    void killNamesAGatewayAloneOrWithItsProfile() {
        publishAndRescan(quiet("ctitest-k1"), quiet("ctitest-k2"));

        assertThat(profile("killgw ctitest-k1")).isEqualTo("+OK gateway marked for deletion.\n");
        assertThat(profile("killgw " + server().profile() + "::ctitest-k2"))
                .isEqualTo("+OK gateway marked for deletion.\n");
        within(5, () -> live().isEmpty());
        assertThat(profile("killgw ctitest-k1")).isEqualTo("-ERR no such gateway.\n");
    }

    @Test
    void killOfAllMarksEveryGatewayOfTheProfile() {
        assumeTrue(everyName().isEmpty(), "the server has gateways that are not ours");
        publishAndRescan(quiet("ctitest-k1"), quiet("ctitest-k2"));

        assertThat(profile("killgw _all_")).isEqualTo("+OK every gateway marked for deletion.\n");
        within(5, () -> live().isEmpty());
        assertThat(profile("killgw _all_")).isEqualTo("+OK every gateway marked for deletion.\n");
    }

    private Set<String> everyName() {
        return Pattern.compile("<name>([^<]*)</name>")
                .matcher(client().api("sofia xmlstatus gateway"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void listHoldsTheNamesOfThoseThatAreUpOrDown() {
        assertThat(ours(profile("gwlist up"))).isEmpty();
        assertThat(ours(profile("gwlist down"))).isEmpty();
        server().registrar().answer("down", Behaviour.FORBIDDEN);
        publishAndRescan(quiet("ctitest-up1"), quiet("ctitest-up2"), registering("ctitest-down", "down"));
        within(5, () -> client().api("sofia xmlstatus gateway ctitest-down").contains("<state>FAIL_WAIT<"));

        assertThat(ours(profile("gwlist up"))).containsExactlyInAnyOrder("ctitest-up1", "ctitest-up2");
        assertThat(ours(profile("gwlist down"))).containsExactly("ctitest-down");
    }

    /** Each name is followed by a blank, nothing follows the last, and where there is none there is no output. */
    private static List<String> ours(String list) {
        if (list.equals("-ERR no reply\n")) {
            return List.of();
        }
        assertThat(list).matches("([\\w.-]+ )+");
        return Arrays.stream(list.split(" ", -1))
                .filter(name -> name.startsWith("ctitest-"))
                .toList();
    }

    @Test
    void statusOfAllIsOneDocumentInWhichANameMayStandTwice() {
        publishAndRescan(quiet("ctitest-twice").param("username", "中文&"));
        String profile = "api sofia profile " + server().profile();
        String document;
        int attempts = 0;
        do {
            assertThat(++attempts).as("attempts without a tick in between").isLessThan(10);
            client().write(profile + " killgw ctitest-twice\n\n" + profile
                    + " rescan\n\napi sofia xmlstatus gateway\n\n");
            client().answer();
            client().answer();
            document = client().answer().body();
        } while (document.indexOf("<name>ctitest-twice<") == document.lastIndexOf("<name>ctitest-twice<"));

        assertThat(document)
                .startsWith("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<gateways>\n  <gateway>\n    <name>")
                .contains("    <username>中文&</username>\n")
                .endsWith("  </gateway>\n</gateways>\n");
        within(3, () -> live().equals(Set.of("ctitest-twice")));
    }
}
