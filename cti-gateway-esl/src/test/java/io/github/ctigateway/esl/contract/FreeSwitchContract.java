package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.contract.TestRegistrar.Behaviour;
import io.github.ctigateway.esl.contract.TestRegistrar.Challenge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What FreeSWITCH does with gateways, on the wire. Each case runs on the simulator and, where there is one, on a real server; what they
 * answer is compared with the records of a real FreeSWITCH, so the two are proven alike.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ContractTable.class)
public abstract class FreeSwitchContract {
    private static final Pattern NAME = Pattern.compile("<name>(ctitest-[^<]*)</name>");
    private static final int REPLACED = 20;

    @SuppressWarnings("NullAway.Init") // set before any case runs
    private SwitchUnderTest server;

    @SuppressWarnings("NullAway.Init") // set before each case
    private RawEventSocket client;

    private int files;

    /** Opens the server; the directory is empty, and removed in the end. */
    protected abstract SwitchUnderTest open(Path temporary);

    final String serverDescription() {
        return server.description();
    }

    @BeforeAll
    final void openServer(@TempDir Path temporary) {
        server = open(temporary);
    }

    @AfterAll
    final void closeServer() {
        server.close();
    }

    @BeforeEach
    final void begin() throws IOException {
        client = server.connect();
        server.registrar().reset();
        clean();
    }

    @AfterEach
    final void leaveNothingBehind() throws IOException {
        clean();
        client.close();
    }

    private void clean() throws IOException {
        try (Stream<Path> present = Files.list(server.gatewayDirectory())) {
            for (Path file : present.toList()) {
                if (String.valueOf(file.getFileName()).contains("ctitest-")) {
                    Files.delete(file);
                }
            }
        }
        files = 0;
        live().forEach(name -> client.api("sofia profile " + server.profile() + " killgw " + name));
        within(40, () -> live().isEmpty());
    }

    private Set<String> live() {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(client.api("sofia xmlstatus gateway"));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static boolean wentDownFirst(List<String> story) {
        int added = IntStream.range(0, story.size())
                .filter(i -> story.get(i).startsWith("add"))
                .max()
                .orElse(0);
        return story.get(added - 1).startsWith("DOWN") || story.get(added - 1).startsWith("delete");
    }

    private void within(int ticks, BooleanSupplier condition) {
        await().atMost(server.tick().multipliedBy(ticks).plus(Duration.ofSeconds(5)))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    private String profile(String words) {
        return client.api("sofia profile " + server.profile() + " " + words);
    }

    private void publish(GatewayFile... gateways) {
        for (GatewayFile gateway : gateways) {
            gateway.write(server.gatewayDirectory(), files++);
        }
    }

    private void publishAndRescan(GatewayFile... gateways) {
        publish(gateways);
        assertThat(profile("rescan")).isEqualTo("Reload XML [Success]\n+OK scan complete\n");
    }

    private GatewayFile registering(String name, String user) {
        return GatewayFile.of(name)
                .param("username", user)
                .param("password", "pw-" + user)
                .param("realm", "test.invalid")
                .param("proxy", server.registrar().address())
                .param("retry-seconds", "5");
    }

    private static GatewayFile quiet(String name) {
        return GatewayFile.of(name).param("register", "false");
    }

    /** The addresses of this run's registrar and profile, and whatever is measured, replaced by words. */
    private String comparable(String text) {
        return text.replace(server.registrar().address(), "REGISTRAR")
                .replaceAll("(?<=<contact>[^\\n]{0,200}):[0-9]{3,5}(?=[;&])", ":PORT")
                .replaceAll("(?<=Contact \t[^\\n]{0,200}):[0-9]{3,5}(?=[;>])", ":PORT")
                .replaceAll("<ping>[1-9][0-9]*<", "<ping>N<")
                .replaceAll("Ping    \t[1-9][0-9]*", "Ping    \tN")
                .replaceAll("<uptime-usec>[1-9][0-9]*<", "<uptime-usec>N<")
                .replaceAll("<pingtime>[0-9.]*<", "<pingtime>N<")
                .replaceAll("Uptime  \t[0-9]+s", "Uptime  \tNs")
                .replaceAll("<state>(?!NOREG)[A-Z_]*<", "<state>REGISTERS<")
                .replaceAll("(<state>REGISTERS</state>\n    <status>)[A-Z]*<", "$1N<")
                .replaceAll("(<status>N</status>\n    <uptime-usec>)[0-9N]*<", "$1N<")
                .replaceAll("<pingcount>[0-9]*<", "<pingcount>N<")
                .replaceAll("    <retry>[^<]*</retry>\n", "");
    }

    @Test
    void definitionsAreReadAsParseGatewaysReadsThem() {
        List<GatewayFile> definitions =
                ContractDefinitions.all(server.registrar().address());
        publishAndRescan(definitions.toArray(GatewayFile[]::new));

        StringBuilder transcript = new StringBuilder();
        for (GatewayFile definition : definitions) {
            transcript
                    .append("## ")
                    .append(definition.name())
                    .append('\n')
                    .append(comparable(client.api("sofia xmlstatus gateway " + definition.name())));
        }

        Golden.assertMatches("definitions", transcript.toString());
    }

    @Test
    void statusOfOneGatewayHasItsLines() {
        publishAndRescan(quiet("ctitest-text").param("username", "u").param("realm", "r.example"));

        Golden.assertMatches("status", comparable(client.api("sofia status gateway ctitest-text")));
    }

    @Test
    void variablesReadBackByDirection() {
        publishAndRescan(quiet("ctitest-vars")
                .variable("both", "b")
                .variable("in", "i", "inbound")
                .variable("out", "o", "outbound")
                .variable("caps", "c", "INBOUND")
                .variable("odd", "x", "sideways")
                .variable("blank", "x", "")
                .variable("empty", "")
                .variable("E", "upper")
                .variable("e", "lower")
                .variable("split", "i", "inbound")
                .variable("split", "o", "outbound")
                .variable("p:caller_id_number", "p")
                .variable("name with blanks", "n")
                .variable("array[0]", "a0")
                .variable("array[1]", "a1")
                .variable("list", "ARRAY::a|:b")
                .variable("single", "ARRAY::a")
                .variable("_body", "bd"));

        StringBuilder transcript = new StringBuilder();
        for (String name : List.of(
                "both",
                "in",
                "out",
                "caps",
                "odd",
                "blank",
                "empty",
                "E",
                "e",
                "split",
                "p:caller_id_number",
                "BOTH",
                "name with blanks",
                "'name with blanks'",
                "array",
                "array[0]",
                "list",
                "single",
                "_body",
                "nosuch")) {
            for (String direction : List.of("ivar", "ovar", "var", "OVAR", "sideways")) {
                String command = "sofia_gateway_data ctitest-vars " + direction + " " + name;
                transcript
                        .append(command)
                        .append(" -> ")
                        .append(client.api(command))
                        .append('\n');
            }
        }
        Golden.assertMatches("variables", transcript.toString());
    }

    @Test
    void hostileValuesReadBackUnchanged() {
        List<String> values = HostileText.all();
        GatewayFile gateway = quiet("ctitest-hostile");
        IntStream.range(0, values.size()).forEach(i -> gateway.variable("v" + i, values.get(i)));
        publishAndRescan(gateway);

        List<String> read = IntStream.range(0, values.size())
                .mapToObj(i -> client.api("sofia_gateway_data ctitest-hostile var v" + i))
                .toList();

        assertThat(read).isEqualTo(values);
    }

    @Test
    void commandsAnswerAsTheyDo() {
        publishAndRescan(registering("ctitest-on", "on"), quiet("ctitest-off").variable("a", "1"));
        within(10, () -> client.api("sofia xmlstatus gateway ctitest-on").contains("<state>REGED<"));
        String p = "sofia profile " + server.profile() + " ";
        List<String> commands = List.of(
                p + "killgw ctitest-nosuch",
                p + "killgw nosuch::ctitest-off",
                p + "killgw",
                p + "startgw",
                p + "startgw ctitest-nosuch",
                p + "startgw ctitest-off",
                p + "rescan",
                p + "RESCAN",
                "sofia PROFILE " + server.profile() + " killgw ctitest-nosuch",
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
                "sofia_gateway_data " + server.profile() + "::ctitest-off var a",
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
            RawEventSocket.Frame frame = client.command("api " + command);
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
        Golden.assertMatches("commands", transcript.toString().replace(server.profile(), "PROFILE"));
    }

    @Test
    void startgwAnswersOkAndAddsOnlyWhatItFinds() {
        try (GatewayWatch watch = GatewayWatch.of(server)) {
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
    void rescanAddsOnly() {
        publishAndRescan(quiet("ctitest-kept").param("realm", "before.example"), quiet("ctitest-gone"));
        files = 0;
        publishAndRescan(quiet("ctitest-kept").param("realm", "after.example"), quiet("ctitest-new"));

        assertThat(live()).containsExactly("ctitest-gone", "ctitest-kept", "ctitest-new");
        assertThat(client.api("sofia xmlstatus gateway ctitest-kept")).contains("<realm>before.example</realm>");
    }

    @Test
    void brokenFileKeepsWhatWasReadBefore() throws IOException {
        publishAndRescan(quiet("ctitest-fine"));
        Files.writeString(
                server.gatewayDirectory().resolve("ctitest-broken.xml"),
                "<include>\n<gateway name=\"ctitest-broken\">\n<param name=\"register\" value=\"false\"/>\n</include>\n");
        publish(quiet("ctitest-late"));

        assertThat(profile("rescan"))
                .matches("Reload XML \\[\\[error near line [0-9]+\\]: [^\n]*\\]\n\\+OK scan complete\n");
        assertThat(live()).containsExactly("ctitest-fine");
    }

    @Test
    void lifeOfRegistrationsIsTold() {
        TestRegistrar registrar = server.registrar();
        registrar.answer("l403", Behaviour.FORBIDDEN);
        registrar.answer("l404", Behaviour.NOT_FOUND);
        registrar.answer("l503", Behaviour.UNAVAILABLE);
        registrar.answer("lmute", Behaviour.SILENT);
        try (GatewayWatch watch = GatewayWatch.of(server)) {
            publishAndRescan(
                    registering("ctitest-l200", "l200"),
                    registering("ctitest-l403", "l403"),
                    registering("ctitest-l404", "l404"),
                    registering("ctitest-l503", "l503"),
                    registering("ctitest-lmute", "lmute").param("timeout-seconds", "5"),
                    registering("ctitest-ldead", "ldead").param("proxy", registrar.deadAddress()),
                    registering("ctitest-l60x", "l60x").param("expire-seconds", "60x"),
                    registering("ctitest-lhost", "lhost").param("contact-host", ""),
                    registering("ctitest-lsip", "lsip")
                            .param("proxy", "sip:" + registrar.address())
                            .param("timeout-seconds", "5"),
                    registering("ctitest-l908", "lmute")
                            .param("timeout-seconds", "5")
                            .param("908-retry-seconds", "6"),
                    quiet("ctitest-lquiet"),
                    quiet("ctitest-lping").param("proxy", registrar.address()).param("ping", "5"),
                    quiet("ctitest-lnoping")
                            .param("proxy", registrar.deadAddress())
                            .param("ping", "5"),
                    quiet("ctitest-lmonitor")
                            .param("proxy", registrar.address())
                            .param("ping", "5")
                            .param("ping-monitoring", "true"));
            int enough = 7;
            within(
                    25,
                    () -> watch.of("ctitest-lmute").size() >= enough
                            && watch.of("ctitest-l908").size() >= enough
                            && watch.of("ctitest-lsip").size() >= enough
                            && watch.of("ctitest-lmonitor").size() >= 3);
            List<String> names = List.of(
                    "l200",
                    "l403",
                    "l404",
                    "l503",
                    "lmute",
                    "ldead",
                    "l60x",
                    "lhost",
                    "lsip",
                    "l908",
                    "lquiet",
                    "lping",
                    "lnoping",
                    "lmonitor");
            String before =
                    stories(watch, names, enough).replaceAll("(?s)(## ctitest-lmonitor\n(?:[^\n]*\n){3}).*", "$1");

            live().forEach(name -> profile("killgw " + name));
            within(5, () -> live().isEmpty());
            within(
                    2,
                    () -> names.stream()
                            .allMatch(name -> last(watch, "ctitest-" + name).startsWith("delete")));
            String after = names.stream()
                    .map(name -> "## ctitest-" + name + "\n"
                            + String.join(
                                    "\n",
                                    lastOf(
                                            watch.of("ctitest-" + name),
                                            name.equals("lquiet") || name.endsWith("ping") || name.equals("lmonitor")
                                                    ? 1
                                                    : 2))
                            + "\n")
                    .collect(Collectors.joining());

            Golden.assertMatches("life", comparable(before) + "\n# killed\n" + comparable(after));
        }
    }

    private static List<String> lastOf(List<String> story, int count) {
        return story.subList(story.size() - count, story.size());
    }

    private static String last(GatewayWatch watch, String gateway) {
        List<String> story = watch.of(gateway);
        return story.isEmpty() ? "" : story.get(story.size() - 1);
    }

    private static String stories(GatewayWatch watch, List<String> names, int limit) {
        return names.stream()
                .map(name -> "## ctitest-" + name + "\n"
                        + watch.of("ctitest-" + name).stream().limit(limit).collect(Collectors.joining("\n"))
                        + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void eventsCarryTheirMembersInOrder() {
        server.registrar().answer("members", Behaviour.FORBIDDEN);
        try (GatewayWatch watch = GatewayWatch.of(server)) {
            publishAndRescan(registering("ctitest-members", "members"));
            within(5, () -> watch.of("ctitest-members").size() >= 4);
            profile("killgw ctitest-members");
            within(5, () -> last(watch, "ctitest-members").startsWith("delete"));

            Golden.assertMatches("members", String.join("\n", watch.membersOf("ctitest-members")) + "\n");
        }
    }

    @Test
    void wrongPasswordUnderDigestIsTold() {
        server.registrar().challenge(Challenge.SINGLE_USE_NONCE);
        server.registrar().password("wrong", "another");
        server.registrar().password("right", "pw-right");
        try (GatewayWatch watch = GatewayWatch.of(server)) {
            publishAndRescan(registering("ctitest-wrong", "wrong"), registering("ctitest-right", "right"));
            within(15, () -> watch.of("ctitest-wrong").size() >= 8);

            assertThat(server.registrar().boundUsers()).contains("right").doesNotContain("wrong");
            Golden.assertMatches("digest", comparable(stories(watch, List.of("right", "wrong"), 8)));
        }
    }

    @Test
    void unregisterGoesDownAndRegisterComesBack() {
        try (GatewayWatch watch = GatewayWatch.of(server)) {
            publishAndRescan(registering("ctitest-updown", "updown"));
            within(5, () -> last(watch, "ctitest-updown").startsWith("REGED"));
            assertThat(server.registrar().boundUsers()).contains("updown");

            assertThat(profile("unregister ctitest-updown")).isEqualTo("+OK\n");
            within(5, () -> last(watch, "ctitest-updown").startsWith("DOWN"));
            within(2, () -> !server.registrar().boundUsers().contains("updown"));
            assertThat(server.registrar().unregisters("updown")).isEqualTo(1);
            // One tick later a gateway that is DOWN and not pinged is called UP again, and no event tells.
            within(
                    3,
                    () -> client.api("sofia xmlstatus gateway ctitest-updown")
                            .contains("<state>DOWN</state>\n    <status>UP</status>"));

            assertThat(profile("register ctitest-updown")).isEqualTo("+OK\n");
            within(5, () -> last(watch, "ctitest-updown").startsWith("REGED"));
            assertThat(server.registrar().boundUsers()).contains("updown");
            Golden.assertMatches("updown", comparable(stories(watch, List.of("updown"), 99)));
        }
    }

    private GatewayFile[] replaced(String realm) {
        return IntStream.range(0, REPLACED)
                .mapToObj(i -> registering("ctitest-r" + i, "r" + i).param("realm", realm))
                .toArray(GatewayFile[]::new);
    }

    private static List<String> users() {
        return IntStream.range(0, REPLACED).mapToObj(i -> "r" + i).toList();
    }

    private void allRegistered(GatewayWatch watch) {
        within(
                20,
                () -> IntStream.range(0, REPLACED)
                        .allMatch(i -> last(watch, "ctitest-r" + i).startsWith("REGED")));
    }

    private void killAll() {
        for (int i = 0; i < REPLACED; i++) {
            assertThat(profile("killgw ctitest-r" + i)).isEqualTo("+OK gateway marked for deletion.\n");
        }
    }

    /** What every product that was looked at does; again, when a tick came between the kills and the rescan. */
    private void replaceNaively(GatewayWatch watch) {
        publishAndRescan(replaced("one"));
        allRegistered(watch);
        int replaces = 0;
        do {
            assertThat(++replaces).as("attempts").isLessThan(10);
            files = 0;
            publish(replaced("two"));
            StringBuilder commands = new StringBuilder();
            for (int i = 0; i < REPLACED; i++) {
                commands.append("api sofia profile ")
                        .append(server.profile())
                        .append(" killgw ctitest-r")
                        .append(i);
                commands.append("\n\n");
            }
            client.write(commands + "api sofia profile " + server.profile() + " rescan\n\n");
            IntStream.rangeClosed(0, REPLACED).forEach(i -> client.answer());
            int deletes = replaces;
            within(
                    20,
                    () -> IntStream.range(0, REPLACED).allMatch(i -> {
                        List<String> story = watch.of("ctitest-r" + i);
                        return story.stream()
                                                .filter(line -> line.startsWith("delete"))
                                                .count()
                                        == deletes
                                && story.lastIndexOf("REGED ping=UP from="
                                                + server.registrar().address())
                                        > story.lastIndexOf("add profile=" + server.profile());
                    }));
        } while (IntStream.range(0, REPLACED).anyMatch(i -> wentDownFirst(watch.of("ctitest-r" + i))));
        // The last un-REGISTER may still be on its way.
        await().pollDelay(server.tick()).atMost(server.tick().plusSeconds(5)).until(() -> true);
    }

    @Test
    void naiveReplaceLosesTheBindingsOfARegistrarThatDoesNotChallenge() {
        try (GatewayWatch watch = GatewayWatch.of(server)) {
            replaceNaively(watch);

            assertThat(server.registrar().boundUsers()).doesNotContainAnyElementsOf(users());
            List<String> story = watch.of("ctitest-r0");
            assertThat(story.indexOf("delete profile=" + server.profile()))
                    .as("the delete of the old comes after the add of the new")
                    .isGreaterThan(story.lastIndexOf("add profile=" + server.profile()));
        }
    }

    @Test
    void naiveReplaceKeepsTheBindingsOfARegistrarThatChallenges() {
        server.registrar().challenge(Challenge.SINGLE_USE_NONCE);
        try (GatewayWatch watch = GatewayWatch.of(server)) {
            replaceNaively(watch);

            assertThat(server.registrar().boundUsers()).containsAll(users());
        }
    }

    @Test
    void verifiedReplaceKeepsEveryBindingWithoutChallenge() {
        verifiedReplaceKeepsEveryBinding(Challenge.NONE);
    }

    @Test
    void verifiedReplaceKeepsEveryBindingWithSingleUseNonces() {
        verifiedReplaceKeepsEveryBinding(Challenge.SINGLE_USE_NONCE);
    }

    @Test
    void verifiedReplaceKeepsEveryBindingWithReusableNonces() {
        verifiedReplaceKeepsEveryBinding(Challenge.REUSABLE_NONCE);
    }

    private void verifiedReplaceKeepsEveryBinding(Challenge challenge) {
        server.registrar().challenge(challenge);
        try (GatewayWatch watch = GatewayWatch.of(server)) {
            publishAndRescan(replaced("one"));
            allRegistered(watch);
            files = 0;
            publish(replaced("two"));
            killAll();
            within(
                    10,
                    () -> IntStream.range(0, REPLACED)
                            .allMatch(i -> last(watch, "ctitest-r" + i).startsWith("delete")));
            profile("rescan");
            allRegistered(watch);

            assertThat(server.registrar().boundUsers()).containsAll(users());
            assertThat(client.api("sofia xmlstatus gateway ctitest-r0")).contains("<realm>two</realm>");
        }
    }

    @Test
    void socketAnswersInItsOwnWords() {
        StringBuilder transcript = new StringBuilder();
        try (RawEventSocket socket = new RawEventSocket(server.host(), server.port())) {
            transcript.append(shown(socket.read()));
            for (String command : List.of("api status", "event json ALL", "auth " + server.password())) {
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
        return "> " + command.replace(server.password(), "PASSWORD").replace("\n", "\\n") + "\n";
    }

    private static String shown(RawEventSocket.Frame frame) {
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
        try (RawEventSocket socket = new RawEventSocket(server.host(), server.port())) {
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
        client.write(commands.toString());
        for (int i = 0; i < 300; i++) {
            RawEventSocket.Frame answer = client.answer();
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
            client.command("event " + format + " BACKGROUND_JOB");
            for (String command : List.of("echo " + text, "bogus", "echo")) {
                RawEventSocket.Frame reply = client.command("bgapi " + command + "\nJob-UUID: ctitest-job");
                transcript.append(said("bgapi " + command)).append(shown(reply));
                transcript
                        .append(client.event()
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
        client.command("event json CUSTOM sofia::gateway_add");
        try (RawEventSocket other = server.connect()) {
            publish(quiet("ctitest-slow"));
            client.write("api msleep 600\n\n");
            other.api("sofia profile " + server.profile() + " rescan");
            RawEventSocket.Frame first = client.read();

            assertThat(first.body()).isEqualTo("+OK");
            assertThat(client.event().body()).contains("ctitest-slow");
        }
    }

    @Test
    void halfACommandHoldsTheEvents() {
        client.command("event json CUSTOM sofia::gateway_add");
        try (RawEventSocket other = server.connect()) {
            publish(quiet("ctitest-half"));
            client.write("api ec");
            other.api("sofia profile " + server.profile() + " rescan");
            other.api("msleep 200");
            client.write("ho done\n\n");

            assertThat(client.read().body()).isEqualTo("done");
            assertThat(client.event().body()).contains("ctitest-half");
        }
    }

    @Test
    void filtersAreAlternativesAndHoldBackOtherEventsToo() {
        client.command("event json BACKGROUND_JOB CUSTOM sofia::gateway_add");
        client.command("filter Gateway ctitest-f2");
        publishAndRescan(quiet("ctitest-f1"), quiet("ctitest-f2"));
        client.command("bgapi echo held back");
        client.command("filter Gateway ctitest-f3");
        publishAndRescan(quiet("ctitest-f3"));

        assertThat(client.event().body()).contains("ctitest-f2");
        assertThat(client.event().body()).contains("ctitest-f3");
    }
}
