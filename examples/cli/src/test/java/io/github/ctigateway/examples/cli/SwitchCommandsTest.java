package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/** {@code plan}, {@code apply}, {@code status} and {@code watch} on a real Redis and the simulator. */
class SwitchCommandsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path xml;

    private FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start();
    private Cli cli = Cli.with();

    @BeforeEach
    void start() {
        freeSwitch.close();
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(xml))
                .tick(Duration.ofMillis(20))
                .start();
        cli = Cli.with(
                        "--redis", REDIS.uri(),
                        "--domain", RealRedis.freshDomain(),
                        "--esl", "127.0.0.1:" + freeSwitch.port(),
                        "--xml-dir", xml.toString())
                .environment("ESL_PASSWORD", freeSwitch.password());
    }

    @AfterEach
    void stop() {
        freeSwitch.close();
    }

    private void put(String name, String json) {
        assertThat(cli.runWith(json, false, "put", name, "-").code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void planAndApplyGoFromChangesToNothingLeftToDo() {
        put("mytrunk", Samples.mytrunk());
        put("by-address", Samples.BY_ADDRESS);

        Cli.Run before = cli.run("plan");
        assertThat(before.code()).isEqualTo(ExitCodes.CHANGES);
        assertThat(before.out()).contains("+ mytrunk", "+ by-address", "2 create");
        assertThat(before.err()).isEmpty();

        Cli.Run apply = cli.run("apply");
        assertThat(apply.code()).as(apply.toString()).isEqualTo(ExitCodes.OK);
        assertThat(apply.out()).contains("Applied[REGED", "Applied[does not register]", "2 changed, 0 not as wanted");
        assertThat(apply.err()).contains("publish: 2", "mytrunk: Applied");

        Cli.Run after = cli.run("plan");
        assertThat(after.code()).isEqualTo(ExitCodes.OK);
        assertThat(after.out()).contains("= mytrunk", "2 keep");
        assertThat(cli.run("status").code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void applyAsJsonTellsTheStateOfWhatItLeftAsItWas() {
        put("mytrunk", Samples.mytrunk());
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);

        JsonNode outcome = Json.lines(cli.and("--json").run("apply"), "outcome").get(0);

        assertThat(outcome.path("outcome").asText()).isEqualTo("Unchanged");
        assertThat(outcome.path("state").asText()).isEqualTo("REGED");
    }

    @Test
    void planAsJsonIsAnObjectForEachGatewayAndOneForAll() {
        put("mytrunk", Samples.mytrunk());
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        put("mytrunk", Samples.mytrunk().replace(Samples.PASSWORD, "another-s3cret"));

        Cli.Run run = cli.and("--json").run("plan");

        JsonNode item = Json.lines(run, "item").get(0);
        assertThat(item.path("action").asText()).isEqualTo("REPLACE");
        assertThat(item.path("dropsRegistration").asBoolean()).isTrue();
        assertThat(item.path("differences").get(0).path("field").asText()).isEqualTo("param.password");
        JsonNode plan = Json.lines(run, "plan").get(0);
        assertThat(plan.path("changes").asBoolean()).isTrue();
        assertThat(plan.path("counts").path("replace").asInt()).isEqualTo(1);
        assertThat(run.out()).doesNotContain(Samples.PASSWORD, "another-s3cret");
    }

    @Test
    void applyTellsOfEachGatewayThatIsNotAsWanted() {
        freeSwitch.registrar().forGateway("refused", RegistrarAnswer.forbidden());
        put("refused", Samples.registering("refused"));
        put("by-address", Samples.BY_ADDRESS);

        Cli.Run run = cli.and("--json").run("apply");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(Json.lines(run, "outcome"))
                .extracting(
                        line -> line.path("gateway").asText(),
                        line -> line.path("outcome").asText(),
                        line -> line.path("sipStatus").asInt())
                .containsExactly(tuple("by-address", "Applied", 0), tuple("refused", "RegistrationFailed", 403));
        assertThat(Json.lines(run, "applied").get(0).path("failed").asInt()).isEqualTo(1);

        Cli.Run status = cli.run("status");
        assertThat(status.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(status.out()).contains("refused", "by-address", "NOREG");
    }

    @Test
    void applyOnlyLeavesTheOthersAsTheyAre() {
        put("by-address", Samples.BY_ADDRESS);
        put("another", Samples.BY_ADDRESS);

        assertThat(cli.run("apply", "--only", "another").code()).isEqualTo(ExitCodes.OK);

        assertThat(cli.run("status").out()).contains("another").doesNotContain("by-address");
        Cli.Run plan = cli.run("plan");
        assertThat(plan.code()).isEqualTo(ExitCodes.CHANGES);
        assertThat(plan.out()).contains("+ by-address", "= another");
        assertThat(cli.run("apply", "--only", "nobody").code()).isEqualTo(ExitCodes.FINDINGS);
    }

    @Test
    void applyRefusesAMassChangeUntilItIsAllowed() {
        for (int i = 0; i < 6; i++) {
            put("trunk-" + i, Samples.BY_ADDRESS);
        }
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        for (int i = 0; i < 6; i++) {
            assertThat(cli.run("delete", "trunk-" + i).code()).isEqualTo(ExitCodes.OK);
        }

        Cli.Run refused = cli.run("apply");
        assertThat(refused.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(refused.err()).hasLineCount(1).contains("--allow-mass-change");
        Cli.Run forPrograms = cli.and("--json").run("apply");
        assertThat(forPrograms.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(forPrograms.err()).isEqualTo(refused.err());
        assertThat(Json.lines(forPrograms))
                .extracting(
                        line -> line.path("type").asText(),
                        line -> line.path("kind").asText(),
                        line -> line.path("esl").asText(),
                        line -> line.path("retryable").asBoolean())
                .containsExactly(tuple("failure", "MASS_CHANGE", "127.0.0.1:" + freeSwitch.port(), false));
        assertThat(cli.run("status").out()).contains("trunk-0", "trunk-5");

        assertThat(cli.run("apply", "--allow-mass-change").code()).isEqualTo(ExitCodes.OK);
        assertThat(cli.run("status").out()).isEqualTo("No gateway is live.\n");
    }

    @Test
    void aDirectoryThatIsMissingIsRefusedBeforeFreeSwitchIsAskedAndAnEmptyOneIsFine() {
        Cli.Run empty = cli.run("plan");
        assertThat(empty.code()).as(empty.toString()).isEqualTo(ExitCodes.OK);
        freeSwitch.forgetCommands();
        String missing = xml.resolve("missing").toString();
        Cli wrong = at(missing);

        for (String command : List.of("plan", "apply", "reconcile --watch --for 0")) {
            Cli.Run run = wrong.and("--json").run(command.split(" "));

            assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.err()).hasLineCount(1).contains("--xml-dir " + missing + " is no directory; create it");
            assertThat(Json.lines(run, "failure").get(0).path("kind").asText()).isEqualTo("USAGE");
        }
        assertThat(freeSwitch.commands()).isEmpty();
        assertThat(Path.of(missing)).doesNotExist();
    }

    private Cli at(String directory) {
        String[] there = cli.common().stream()
                .map(word -> word.equals(xml.toString()) ? directory : word)
                .toArray(String[]::new);
        return Cli.with(there).environment("ESL_PASSWORD", freeSwitch.password());
    }

    @Test
    void aDirectoryThatFreeSwitchDoesNotReadIsSeenBeforeAnythingIsKilled(@TempDir Path elsewhere) {
        put("mytrunk", Samples.mytrunk());
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        put("mytrunk", Samples.mytrunk().replace("35560", "35561"));
        Cli wrong = at(elsewhere.toString());

        Cli.Run plan = wrong.and("--json").run("plan");
        Cli.Run apply = wrong.run("apply");

        assertThat(Json.lines(plan, "plan").get(0).path("warnings")).hasSize(1);
        assertThat(apply.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(apply.err()).hasLineCount(1).contains("--allow-mass-change");
        assertThat(cli.run("status", "mytrunk").code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void applyDrawsABarForAPerson() {
        put("by-address", Samples.BY_ADDRESS);

        Cli.Run run = cli.runWith("", true, "apply");

        assertThat(run.code()).isEqualTo(ExitCodes.OK);
        assertThat(run.err()).contains("\r", "[##############################] read back 1/1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatARegistrarSaysControlsNoTerminal(boolean person) {
        freeSwitch.registrar().forGateway("refused", RegistrarAnswer.refuse(403, "Go\033[2J\u009b away\007"));
        put("refused", Samples.registering("refused"));

        Cli.Run apply = cli.runWith("", person, "apply");

        assertThat(apply.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(apply.err()).contains("refused: RegistrationFailed[403 Go[2J\\u009b away]");
        assertThat(apply.out()).contains("RegistrationFailed[403 Go[2J\\u009b away]");
        assertThat(apply.out() + apply.err()).doesNotContain("\033[2J", "\u009b", "\007");
    }

    @Test
    void passwordsAreInNoOutputOfPlanAndApply() {
        put("mytrunk", Samples.mytrunk());

        for (String command : List.of("plan", "apply", "status", "plan")) {
            Cli.Run run = cli.and("--verbose").run(command);
            assertThat(run.out() + run.err())
                    .as(command)
                    .doesNotContain(Samples.PASSWORD, RealRedis.PASSWORD, freeSwitch.password());
        }
    }

    @Test
    void planWithAnInvalidEntryAndNoChangesHasFindings() {
        put("by-address", Samples.BY_ADDRESS);
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            redis.hset("cti_gateway@" + cli.common().get(3), "broken", "{");
        }

        Cli.Run run = cli.run("plan");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.out()).contains("! broken");
    }

    @Test
    void statusOfAGatewayThatIsNotLiveIsAFinding() {
        put("by-address", Samples.BY_ADDRESS);
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);

        assertThat(cli.run("status", "by-address").code()).isEqualTo(ExitCodes.OK);
        Cli.Run run = cli.run("status", "by-address", "nobody");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.out()).contains("nobody", "not live");
    }

    @Test
    void statusAsJsonHasEveryField() {
        put("mytrunk", Samples.mytrunk());
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);

        JsonNode status = Json.lines(cli.and("--json").run("status"), "status").get(0);

        assertThat(status.path("state").asText()).isEqualTo("REGED");
        assertThat(status.path("usable").asBoolean()).isTrue();
        assertThat(status.path("fields").path("realm").asText()).isEqualTo("180.76.224.191:35560");
    }

    @Test
    void watchPrintsTheStatusesAndEndsAfterItsTime() {
        put("mytrunk", Samples.mytrunk());
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);

        Cli.Run text = cli.run("watch", "--for", "0");
        Cli.Run json = cli.and("--json").run("watch", "--for", "0");

        assertThat(text.code()).isEqualTo(ExitCodes.OK);
        assertThat(text.out()).contains("mytrunk on simulated: - -> REGED");
        assertThat(Json.lines(json, "status").get(0).path("state").asText()).isEqualTo("REGED");
    }

    @Test
    void watchTellsOnlyOfWhatLastedWhenAskedForAlerts() throws Exception {
        put("mytrunk", Samples.mytrunk());
        put("by-address", Samples.BY_ADDRESS);
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);

        freeSwitch.forgetCommands();
        // Longer than the apply takes: what is told is what lasts after it.
        Background watch = Background.start(cli.and("--json"), "watch", "--alerts", "2", "--for", "8");
        await().until(() -> freeSwitch.commands().stream().anyMatch(command -> command.contains("xmlstatus")));
        freeSwitch.registrar().forGateway("mytrunk", RegistrarAnswer.forbidden());
        put("mytrunk", Samples.mytrunk().replace(Samples.PASSWORD, "another-s3cret"));
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.FINDINGS);
        List<JsonNode> alerts = Json.lines(watch.result(), "alert");

        assertThat(alerts).extracting(alert -> alert.path("gateway").asText()).containsOnly("mytrunk");
        JsonNode last = alerts.get(alerts.size() - 1);
        assertThat(last.path("kind").asText()).isIn("FAILING", "LOST");
        assertThat(last.path("sipStatus").asInt()).isEqualTo(403);
        assertThat(cli.run("watch", "--alerts", "3600", "--for", "0").out()).isEmpty();
        assertThat(cli.run("watch", "--alerts", "-1").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void reconcileAppliesWhatIsStoredWhileItRuns() throws Exception {
        put("by-address", Samples.BY_ADDRESS);
        Background running = Background.start(cli, "reconcile", "--watch");
        await().until(() -> cli.run("status", "by-address").code() == ExitCodes.OK);
        put("another", Samples.BY_ADDRESS);
        await().until(() -> cli.run("plan").code() == ExitCodes.OK);

        Cli.Run ended = running.end();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCodes.OK);
        assertThat(ended.out()).contains("+ by-address", "+ another");
        assertThat(cli.run("reconcile").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void memoryIsEnoughForADryTry(@TempDir Path files) throws Exception {
        Samples.file(files, "mytrunk", Samples.mytrunk());
        Cli dry = Cli.with(
                        "--memory",
                        "--load",
                        files.toString(),
                        "--esl",
                        "127.0.0.1:" + freeSwitch.port(),
                        "--xml-dir",
                        xml.toString())
                .environment("ESL_PASSWORD", freeSwitch.password());

        assertThat(dry.run("plan").code()).isEqualTo(ExitCodes.CHANGES);

        try (var published = Files.list(xml)) {
            assertThat(published).isEmpty();
        }
        assertThat(freeSwitch.commands())
                .noneMatch(command -> command.contains("rescan") || command.contains("killgw"));
    }
}
