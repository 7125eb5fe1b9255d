package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.contract.TestRegistrar.Behaviour;
import io.github.ctigateway.esl.contract.TestRegistrar.Challenge;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The life of gateways, as their events tell it. */
public abstract class LifeContract extends ContractCases {
    private static final int PASSWORDS_AT_ONCE = 400;

    @Test
    void lifeOfRegistrationsIsTold() {
        TestRegistrar registrar = server().registrar();
        registrar.answer("l403", Behaviour.FORBIDDEN);
        registrar.answer("l404", Behaviour.NOT_FOUND);
        registrar.answer("l503", Behaviour.UNAVAILABLE);
        registrar.answer("lmute", Behaviour.SILENT);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
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

    @Test
    void pingsGoDownAndComeUpAgain() {
        server().registrar().answerPings(Behaviour.UNAVAILABLE);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(
                    quiet("ctitest-prest")
                            .param("proxy", server().registrar().address())
                            .param("ping", "5"),
                    registering("ctitest-preg", "preg").param("ping", "5"));
            // The registration fails by the ping, comes again by itself, and fails by the next ping.
            within(
                    15,
                    () -> last(watch, "ctitest-prest").contains("ping=DOWN")
                            && watch.of("ctitest-preg").size() >= 8);
            assertThat(client().api("sofia xmlstatus gateway ctitest-prest")).contains("<status>DOWN</status>");

            server().registrar().answerPings(Behaviour.ACCEPT);
            within(
                    20,
                    () -> last(watch, "ctitest-prest").contains("ping=UP")
                            && last(watch, "ctitest-preg").startsWith("REGED"));
            assertThat(client().api("sofia xmlstatus gateway ctitest-prest"))
                    .contains("<status>UP</status>", "<pingcount>1</pingcount>");
            Golden.assertMatches("pings", comparable(stories(watch, List.of("prest", "preg"), 8)));
        }
    }

    private static List<String> lastOf(List<String> story, int count) {
        return story.subList(story.size() - count, story.size());
    }

    @Test
    void eventsCarryTheirMembersInOrder() {
        server().registrar().answer("members", Behaviour.FORBIDDEN);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(registering("ctitest-members", "members"));
            within(5, () -> watch.of("ctitest-members").size() >= 4);
            profile("killgw ctitest-members");
            within(5, () -> last(watch, "ctitest-members").startsWith("delete"));

            Golden.assertMatches("members", String.join("\n", watch.membersOf("ctitest-members")) + "\n");
        }
    }

    @Test
    void wrongPasswordUnderDigestIsTold() {
        server().registrar().challenge(Challenge.SINGLE_USE_NONCE);
        server().registrar().password("wrong", "another");
        server().registrar().password("right", "pw-right");
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(registering("ctitest-wrong", "wrong"), registering("ctitest-right", "right"));
            within(15, () -> watch.of("ctitest-wrong").size() >= 8);

            assertThat(server().registrar().boundUsers()).contains("right").doesNotContain("wrong");
            Golden.assertMatches("digest", comparable(stories(watch, List.of("right", "wrong"), 8)));
        }
    }

    @Test
    void unregisterGoesDownAndRegisterComesBack() {
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(registering("ctitest-updown", "updown"));
            within(5, () -> last(watch, "ctitest-updown").startsWith("REGED"));
            assertThat(server().registrar().boundUsers()).contains("updown");

            assertThat(profile("unregister ctitest-updown")).isEqualTo("+OK\n");
            within(5, () -> last(watch, "ctitest-updown").startsWith("DOWN"));
            within(2, () -> !server().registrar().boundUsers().contains("updown"));
            assertThat(server().registrar().unregisters("updown")).isEqualTo(1);
            // One tick later a gateway that is DOWN and not pinged is called UP again, and no event tells.
            within(
                    3,
                    () -> client().api("sofia xmlstatus gateway ctitest-updown")
                            .contains("<state>DOWN</state>\n    <status>UP</status>"));

            assertThat(profile("register ctitest-updown")).isEqualTo("+OK\n");
            within(5, () -> last(watch, "ctitest-updown").startsWith("REGED"));
            assertThat(server().registrar().boundUsers()).contains("updown");
            Golden.assertMatches("updown", comparable(stories(watch, List.of("updown"), 99)));
        }
    }

    @Test
    void hostilePasswordsRegisterUnderDigest() {
        List<String> passwords = HostileText.all().stream()
                .filter(password -> !password.contains(":"))
                .toList();
        for (int first = 0; first < passwords.size(); first += PASSWORDS_AT_ONCE) {
            List<String> batch = passwords.subList(first, Math.min(passwords.size(), first + PASSWORDS_AT_ONCE));
            String prefix = "hp" + first + "-";
            publishAndRescan(challenged(prefix, batch));
            await().atMost(server().tick().multipliedBy(15).plusSeconds(5)).untilAsserted(() -> {
                Set<String> bound = server().registrar().boundUsers();
                assertThat(IntStream.range(0, batch.size())
                                .filter(i -> !bound.contains(prefix + i))
                                .mapToObj(batch::get)
                                .toList())
                        .as("passwords that do not register")
                        .isEmpty();
            });
        }
    }

    /** The SIP stack takes a password to end at its first colon, and gets no more than 255 bytes with scheme, realm and user. */
    @Test
    void passwordsWithAColonOrTooLongNeverRegisterUnderDigest() {
        List<String> passwords = List.of("a:b", "secret:", ":", "x".repeat(240), "x".repeat(200));
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(challenged("cp", passwords));

            within(
                    5,
                    () -> watch.of("ctitest-cp3").stream().anyMatch(line -> line.startsWith("FAIL_WAIT"))
                            && watch.of("ctitest-cp4").stream().anyMatch(line -> line.startsWith("REGED")));
            assertThat(server().registrar().boundUsers()).contains("cp4").doesNotContain("cp0", "cp1", "cp2", "cp3");
        }
    }

    private GatewayFile[] challenged(String prefix, List<String> passwords) {
        server().registrar().challenge(Challenge.SINGLE_USE_NONCE);
        return IntStream.range(0, passwords.size())
                .mapToObj(i -> {
                    server().registrar().password(prefix + i, passwords.get(i));
                    return GatewayFile.of("ctitest-" + prefix + i)
                            .param("username", prefix + i)
                            .param("password", passwords.get(i))
                            .param("realm", "test.invalid")
                            .param("proxy", server().registrar().address());
                })
                .toArray(GatewayFile[]::new);
    }
}
