package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit codes of wrong usage and of servers that are away or refuse. */
class ExitCodesTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "list",
                "list --nonsense --memory",
                "list --memory --redis redis://127.0.0.1:1 --domain d",
                "list --redis redis://127.0.0.1:1",
                "list --redis nonsense --domain d",
                "list --redis redis://127.0.0.1:1 --domain d --load x.json",
                "list --memory --load /no/such/file.json",
                "show --memory",
                "put --memory name",
                "put --memory name /no/such/file.json",
                "delete --memory",
                "validate /no/such/file.json",
                "validate",
                "render",
                "plan",
                "plan --memory --xml-dir /tmp",
                "status",
                "status --esl nonsense",
                "status --esl 127.0.0.1:99999",
                "apply --memory --only",
                "watch --for never",
                "list --memory --load ",
                "import --memory ",
                "list --redis redis://127.0.0.1:1 --domain d --redis-password-env NOT_SET"
            })
    void wrongUsageIs64AndOneLine(String line) {
        Cli.Run run = Cli.with().run(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).startsWith("cti-gateway: ").hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json",
                "--json nonsense",
                "list --nonsense --memory --json",
                "show --memory --json",
                "status --esl nonsense --json",
                "put --memory name /no/such/file.json --json",
                "apply --memory --only --json"
            })
    void wrongUsageIsAFailureForPrograms(String line) {
        Cli.Run run = Cli.with().run(line.split(" "));

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).hasLineCount(1);
        assertThat(Json.lines(run)).hasSize(1);
        JsonNode failure = Json.lines(run, "failure").get(0);
        assertThat(failure.path("kind").asText()).isEqualTo("USAGE");
        assertThat(run.err())
                .isEqualTo("cti-gateway: " + failure.path("message").asText() + "\n");
        assertThat(failure.path("retryable").asBoolean()).isFalse();
        assertThat(failure.has("esl")).isFalse();
    }

    /** An empty store would mean that no gateway is wanted. */
    @ParameterizedTest
    @ValueSource(strings = {"list --memory --load %s", "validate %s"})
    void aDirectoryWithoutGatewaysIsRefused(String line) throws IOException {
        Files.writeString(directory.resolve("trunk.xml"), "<include/>");

        Cli.Run run = Cli.with().run(String.format(line, directory).split(" "));

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err())
                .contains(directory.toString(), "NAME.json", "import")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list --reids %s --domain d", "list %s --memory", "list --verbose --reids %s"})
    void aPasswordInAMisspeltOptionIsNotQuoted(String line) {
        Cli.Run run = Cli.with()
                .run(String.format(line, "redis://user:s3cr@t/x@127.0.0.1:1").split(" "));

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err())
                .contains("redis://***@127.0.0.1:1")
                .doesNotContain("s3cr")
                .doesNotContain("t/x");
    }

    @Test
    void theRedisPasswordCanComeFromTheEnvironment() {
        Cli cli = Cli.with("--redis", REDIS.uriWithoutPassword(), "--domain", RealRedis.freshDomain());

        Cli.Run run = cli.environment("REDIS_PASSWORD", RealRedis.PASSWORD).run("list");

        assertThat(run.code()).as(run.toString()).isZero();
    }

    @Test
    void planAndApplyNeedAWayToFreeSwitch() {
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start()) {
            Cli cli = Cli.with("--memory", "--esl", "127.0.0.1:" + freeSwitch.port())
                    .environment("ESL_PASSWORD", freeSwitch.password());

            for (String command : List.of("plan", "apply")) {
                Cli.Run run = cli.run(command);
                assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
                assertThat(run.err()).hasLineCount(1).contains("--xml-dir");
            }
        }
    }

    @Test
    void helpIsNoMistake() {
        assertThat(Cli.with().run("--help").code()).isEqualTo(ExitCodes.OK);
        assertThat(Cli.with().run("plan", "--help").out()).contains("--xml-dir");
        assertThat(Cli.with().run("--help").out()).contains("64", "69", "77");
    }

    @Test
    void aRedisThatIsAwayIs69() {
        Cli.Run run = Cli.with("--redis", "redis://127.0.0.1:" + RealRedis.deadPort(), "--domain", "d")
                .run("list", "--json");

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.err())
                .startsWith("cti-gateway: ")
                .contains("(Connection refused)")
                .hasLineCount(1);
        assertThat(kind(run)).isEqualTo("STORE_UNAVAILABLE");
        assertThat(Json.lines(run).get(0).path("retryable").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:s3cr'et@127.0.0.1:%d",
                "redis://u:s3cr/'et@127.0.0.1:%d",
                "redis://u:s3cr/c?r'et@127.0.0.1:%d",
                "redis://u:s3cr/c r'et@127.0.0.1:%d",
                "redis+sentinel://127.0.0.1:%d/master?sentinel-password=s3cr'et",
                "redis+sentinel://u:s3cr'et@127.0.0.1:%d/master?sentinel-user=u&sentinel-password=s3cr'et"
            })
    void aPasswordInTheUriOfARedisThatIsAwayIsNotShown(String uri) {
        for (String command : List.of("list --json", "list --verbose", "doctor")) {
            Cli.Run run = Cli.with("--redis", uri.formatted(RealRedis.deadPort()), "--domain", "d")
                    .run(command.split(" "));

            assertThat(run.code()).isNotZero();
            assertThat(run.out() + run.err())
                    .contains("127.0.0.1")
                    .doesNotContain("s3cr")
                    .doesNotContain("'et");
        }
    }

    @Test
    void aRedisThatRefusesUsIs77() {
        for (String uri : List.of(REDIS.uriWithoutPassword(), REDIS.uri().replace(RealRedis.PASSWORD, "wrong-one"))) {
            Cli.Run run = Cli.with("--redis", uri, "--domain", "d").run("list");

            assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.REFUSED);
            assertThat(run.err()).hasLineCount(1).doesNotContain("wrong-one");
            assertThat(kind(Cli.with("--redis", uri, "--domain", "d", "--json").run("list")))
                    .isEqualTo("STORE_REFUSED");
        }
    }

    @Test
    void whereARedisWantsAPasswordTheVariableForItIsNamed() {
        Cli.Run run =
                Cli.with("--redis", REDIS.uriWithoutPassword(), "--domain", "d").run("list");

        assertThat(run.err()).contains("it wants a password", "REDIS_PASSWORD").hasLineCount(1);
    }

    @Test
    void aProfileThatCannotBeOneIsWrongUsage() {
        for (String command : List.of("plan", "apply", "status", "reconcile --watch --for 1")) {
            boolean reads = command.equals("status");
            Cli.Run run = Cli.with("--memory", "--esl", "127.0.0.1:" + RealRedis.deadPort(), "--profile", "a b")
                    .and(reads ? new String[0] : new String[] {"--xml-dir", directory.toString()})
                    .environment("ESL_PASSWORD", "any")
                    .run(command.split(" "));

            assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.err()).hasLineCount(1).contains("--profile");
        }
    }

    @Test
    void aDatabaseThatRedisDoesNotHaveIsSaidToBeWhatIsWrong() {
        Cli.Run run = Cli.with("--redis", REDIS.uri() + "/99", "--domain", "d").run("list");

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.REFUSED);
        assertThat(run.err())
                .hasLineCount(1)
                .contains("no database of the number behind the / of the URI")
                .doesNotContain(RealRedis.PASSWORD);
    }

    @Test
    void aFreeSwitchThatIsAwayIs69() {
        Cli.Run run = Cli.with("--esl", "127.0.0.1:" + RealRedis.deadPort())
                .environment("ESL_PASSWORD", "any")
                .run("status", "--json");

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.err()).startsWith("cti-gateway: ").hasLineCount(1);
        assertThat(kind(run)).isEqualTo("SWITCH_UNAVAILABLE");
    }

    @Test
    void aFreeSwitchThatRefusesUsIs77() {
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start()) {
            Cli cli = Cli.with("--esl", "127.0.0.1:" + freeSwitch.port()).environment("ESL_PASSWORD", "wr0ng-one");

            Cli.Run wrongPassword = cli.run("status");
            freeSwitch.rejectConnections(true);
            Cli.Run accessList = cli.run("status", "--json");

            assertThat(wrongPassword.code()).as(wrongPassword.toString()).isEqualTo(ExitCodes.REFUSED);
            assertThat(wrongPassword.err()).hasLineCount(1).doesNotContain("wr0ng-one");
            assertThat(accessList.code()).as(accessList.toString()).isEqualTo(ExitCodes.REFUSED);
            assertThat(kind(accessList)).isEqualTo("SWITCH_REFUSED");
        }
    }

    @Test
    void aPasswordThatWouldBeTwoCommandsIsRefusedBeforeItIsSent() {
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start()) {
            Cli.Run run = Cli.with("--esl", "127.0.0.1:" + freeSwitch.port())
                    .environment("ESL_PASSWORD", "a\n\napi reload")
                    .run("status");

            assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(freeSwitch.commands()).isEmpty();
        }
    }

    @Test
    void anotherVariableMayHoldThePassword() {
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start()) {
            Cli.Run run = Cli.with("--esl", "127.0.0.1:" + freeSwitch.port(), "--esl-password-env", "FS")
                    .environment("FS", freeSwitch.password())
                    .run("status");

            assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.OK);
        }
    }

    @Test
    void aProfileThatFreeSwitchDoesNotRunIsAFinding() {
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(directory))
                .start()) {
            Cli.Run run = Cli.with("--esl", "127.0.0.1:" + freeSwitch.port(), "--profile", "nosuch")
                    .environment("ESL_PASSWORD", freeSwitch.password())
                    .run("status", "--json");

            assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(run.err()).hasLineCount(1).contains("nosuch");
            assertThat(kind(run)).isEqualTo("PROFILE_NOT_FOUND");
        }
    }

    @Test
    void verboseShowsWhereAnErrorCameFromAndNothingElseDoes() {
        Cli cli = Cli.with("--esl", "127.0.0.1:" + RealRedis.deadPort()).environment("ESL_PASSWORD", "any");

        assertThat(cli.run("status").err()).doesNotContain("\tat ");
        assertThat(cli.run("status", "--verbose").err()).contains("\tat ");
    }

    /** The kind of the only line. */
    private static String kind(Cli.Run run) {
        assertThat(Json.lines(run)).hasSize(1);
        return Json.lines(run, "failure").get(0).path("kind").asText();
    }
}
