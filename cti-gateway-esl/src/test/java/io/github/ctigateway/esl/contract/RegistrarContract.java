package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.esl.contract.TestRegistrar.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Registrars that are slow, grant little, refuse again and again, or forget. */
public abstract class RegistrarContract extends ContractCases {
    private static final int GRANTED = 20;
    private static final Pattern RETRY = Pattern.compile("<retry>([0-9]+)s</retry>");

    private String shown(String gateway) {
        return client().api("sofia xmlstatus gateway " + gateway);
    }

    private int secondsToRetry(String gateway) {
        String shown = shown(gateway);
        Matcher retry = RETRY.matcher(shown);
        assertThat(retry.find()).as(shown).isTrue();
        return Integer.parseInt(retry.group(1));
    }

    @Test
    void lateAnswerIsAwaited() {
        server().registrar().delay("late", 10);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(registering("ctitest-late", "late"));
            // The registrar has it already, FreeSWITCH does not know yet.
            within(
                    5,
                    () -> server().registrar().boundUsers().contains("late")
                            && last(watch, "ctitest-late").startsWith("TRYING"));

            within(15, () -> last(watch, "ctitest-late").startsWith("REGED"));
            assertThat(watch.ofWithoutRace("ctitest-late"))
                    .extracting(line -> line.replaceFirst(" .*", ""))
                    .containsExactly("add", "TRYING", "REGISTER", "REGED");
            assertThat(server().registrar().registers("late")).isEqualTo(1);
        }
    }

    @Test
    void answerAfterTheTimeoutIsLostAlthoughTheRegistrarHasTheBinding() {
        server().registrar().delay("toolate", 8);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(registering("ctitest-toolate", "toolate")
                    .param("timeout-seconds", "5")
                    .param("retry-seconds", "60"));
            within(15, () -> last(watch, "ctitest-toolate").startsWith("FAIL_WAIT"));
            // By FreeSWITCH's own clock: until the answer came and two ticks more.
            within(15, () -> secondsToRetry("ctitest-toolate") <= 60 - 5);

            assertThat(watch.ofWithoutRace("ctitest-toolate"))
                    .extracting(line -> line.replaceFirst(" .*", ""))
                    .containsExactly("add", "TRYING", "TIMEOUT", "FAILED", "FAIL_WAIT");
            assertThat(server().registrar().boundUsers()).contains("toolate");
        }
    }

    @Test
    void registrationIsRenewedBeforeWhatWasGrantedIsOver() {
        server().registrar().grant("short", GRANTED);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(registering("ctitest-short", "short"));
            within(5, () -> last(watch, "ctitest-short").startsWith("REGED"));
            within(3 * GRANTED, () -> {
                assertThat(server().registrar().boundUsers()).contains("short");
                return server().registrar().registers("short") >= 3;
            });
            within(3, () -> last(watch, "ctitest-short").startsWith("REGED"));

            // The second and the third REGISTER were the SIP stack's own: mod_sofia knows only what was asked for.
            assertThat(watch.ofWithoutRace("ctitest-short"))
                    .extracting(line -> line.replaceFirst(" .*", ""))
                    .startsWith("add", "TRYING", "REGISTER", "REGED", "REGISTER", "REGED", "REGISTER", "REGED");
            assertThat(shown("ctitest-short"))
                    .contains("<expires>3600</expires>", "<freq>3600</freq>", "<state>REGED</state>");
        }
    }

    @Test
    void forgottenBindingIsMissingUntilTheNextRenewalAndNoEventTells() {
        server().registrar().grant("forgot", GRANTED);
        try (GatewayWatch watch = GatewayWatch.of(server())) {
            publishAndRescan(registering("ctitest-forgot", "forgot"));
            within(5, () -> last(watch, "ctitest-forgot").startsWith("REGED"));
            int registers;
            boolean bound;
            String shown;
            do {
                registers = server().registrar().registers("forgot");
                server().registrar().forgetBindings();
                bound = server().registrar().boundUsers().contains("forgot");
                shown = shown("ctitest-forgot");
            } while (server().registrar().registers("forgot") != registers);
            assertThat(bound).isFalse();
            assertThat(shown).containsPattern("<state>REG(ED|ISTER)</state>");

            within(GRANTED, () -> server().registrar().boundUsers().contains("forgot"));
            assertThat(watch.ofWithoutRace("ctitest-forgot"))
                    .extracting(line -> line.replaceFirst(" .*", ""))
                    .containsOnly("add", "TRYING", "REGISTER", "REGED");
        }
    }

    @Test
    void resetZeroesTheCountsOfEveryUser() {
        publishAndRescan(registering("ctitest-counted", "counted"));
        within(5, () -> server().registrar().boundUsers().contains("counted"));
        assertThat(server().registrar().registers("counted")).isEqualTo(1);

        server().registrar().reset();
        assertThat(server().registrar().registers("counted")).isZero();
        assertThat(server().registrar().boundUsers()).isEmpty();
    }

    @Test
    void fewExpireSecondsAreAskedForAsWritten() {
        publishAndRescan(registering("ctitest-three", "three").param("expire-seconds", "3"));

        within(15, () -> server().registrar().registers("three") >= 4);
        assertThat(shown("ctitest-three")).contains("<expires>3</expires>", "<freq>3600</freq>");
    }

    /** {@code retry-seconds}: its default, what becomes of less than five, its other name, and how the waits grow. */
    @Test
    void waitsBetweenFailuresAreAsWritten() {
        server().registrar().answer("refused", Behaviour.FORBIDDEN);
        server().registrar().answer("unavailable", Behaviour.UNAVAILABLE);
        server().registrar().answer("silent", Behaviour.SILENT);
        publishAndRescan(
                refused("w-none", "refused"),
                refused("w-4", "refused").param("retry-seconds", "4"),
                refused("w-x", "refused").param("retry-seconds", "x"),
                refused("w-other-name", "refused").param("retry_seconds", "15"),
                refused("w-grows", "refused").param("retry-seconds", "8"),
                refused("w-503", "unavailable").param("retry-seconds", "8"),
                refused("w-timeout", "silent").param("retry-seconds", "8").param("timeout-seconds", "5"),
                refused("w-908", "silent")
                        .param("retry-seconds", "8")
                        .param("timeout-seconds", "5")
                        .param("908-retry-seconds", "20"));

        Map<String, List<Integer>> waits = new TreeMap<>();
        Map<String, Integer> left = new TreeMap<>();
        within(60, () -> {
            for (String name : live()) {
                int before = left.getOrDefault(name, 0);
                int now = secondsOfWait(shown(name));
                left.put(name, now);
                // A new wait, even when what was between the two was not seen.
                if (now > before) {
                    waits.computeIfAbsent(name, key -> new ArrayList<>()).add(now);
                }
            }
            return waits.size() == 8
                    && waits.getOrDefault("ctitest-w-grows", List.of()).size() > 1
                    && waits.getOrDefault("ctitest-w-503", List.of()).size() > 1
                    && waits.getOrDefault("ctitest-w-timeout", List.of()).size() > 1;
        });

        assertWaits(waits, "w-none", 30);
        assertWaits(waits, "w-4", 30);
        assertWaits(waits, "w-x", 30);
        assertWaits(waits, "w-other-name", 15);
        assertWaits(waits, "w-908", 20);
        assertWaits(waits, "w-grows", 8, 16);
        assertWaits(waits, "w-503", 8, 8);
        assertWaits(waits, "w-timeout", 8, 8);
    }

    private GatewayFile refused(String name, String user) {
        return GatewayFile.of("ctitest-" + name)
                .param("username", user)
                .param("password", "p")
                .param("realm", "test.invalid")
                .param("proxy", server().registrar().address());
    }

    /** How long it goes on; 0 when the gateway does not wait. */
    private static int secondsOfWait(String shown) {
        Matcher retry = RETRY.matcher(shown);
        return shown.contains("<state>FAIL_WAIT<") && retry.find() ? Integer.parseInt(retry.group(1)) : 0;
    }

    /** Seen a little late each. */
    private static void assertWaits(Map<String, List<Integer>> waits, String name, int... expected) {
        List<Integer> seen = waits.getOrDefault("ctitest-" + name, List.of());
        for (int i = 0; i < expected.length; i++) {
            assertThat(seen.get(i))
                    .as("wait %d of %s, of %s", i + 1, name, seen)
                    .isBetween(expected[i] - 6, expected[i]);
        }
    }
}
