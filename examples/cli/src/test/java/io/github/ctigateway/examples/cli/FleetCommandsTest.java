package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes at once, and plans that are applied later, on a real Redis and simulators. */
class FleetCommandsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private FreeSwitchSimulator first = FreeSwitchSimulator.builder().start();
    private FreeSwitchSimulator second = FreeSwitchSimulator.builder().start();
    private Cli store = Cli.with();
    private Cli one = Cli.with();
    private Cli both = Cli.with();

    @BeforeEach
    void start() throws IOException {
        stop();
        first = node("fs1");
        second = node("fs2");
        store = Cli.with("--redis", REDIS.uri(), "--domain", RealRedis.freshDomain())
                .environment("ESL_PASSWORD", first.password());
        one = store.and("--esl", esl(first), "--xml-dir", xml("fs1"));
        both = one.and("--esl", esl(second), "--xml-dir", xml("fs2"));
    }

    private FreeSwitchSimulator node(String name) throws IOException {
        Path xml = Files.createDirectories(Path.of(xml(name)));
        return node(name, SimulatedConfiguration.directory(xml));
    }

    private static FreeSwitchSimulator node(String name, SimulatedConfiguration configuration) {
        return FreeSwitchSimulator.builder()
                .node(name)
                .profile("external", configuration)
                .tick(Duration.ofMillis(20))
                .start();
    }

    private String xml(String name) {
        return directory.resolve(name).toString();
    }

    private static String esl(FreeSwitchSimulator node) {
        return "127.0.0.1:" + node.port();
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private void put(String name) {
        assertThat(store.runWith(Samples.registering(name), false, "put", name, "-")
                        .code())
                .isEqualTo(ExitCodes.OK);
    }

    @Test
    void eachNodeHasItsOwnPlanAndOutcome() {
        put("t1");
        second.registrar().forGateway("t1", RegistrarAnswer.forbidden());

        Cli.Run plan = both.run("plan");
        assertThat(plan.code()).isEqualTo(ExitCodes.CHANGES);
        assertThat(plan.out()).contains("== " + esl(first), "== " + esl(second), "+ t1");

        Cli.Run apply = both.and("--json").run("apply");
        assertThat(apply.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(Json.lines(apply, "outcome"))
                .extracting(line ->
                        line.path("node").asText() + " " + line.path("outcome").asText())
                .containsExactlyInAnyOrder("fs1 Applied", "fs2 RegistrationFailed");
    }

    @Test
    void oneBarIsDrawnForAllNodes() {
        put("t1");

        Cli.Run person = both.runWith("", true, "apply");
        assertThat(person.code()).isEqualTo(ExitCodes.OK);
        assertThat(person.err())
                .contains("\r", "] 0/2", "[##############################] 2/2", esl(first) + " registration")
                .endsWith("\r\033[K");
        // Two nodes are wider than many terminals, and a line that wraps cannot be drawn over.
        assertThat(Pattern.compile("\r\033\\[K|\n").splitAsStream(person.err()))
                .filteredOn(drawn -> drawn.contains("[#") || drawn.contains("[."))
                .isNotEmpty()
                .allMatch(drawn -> drawn.startsWith("\033[?7l[") && drawn.endsWith("\033[?7h"));

        put("t2");
        Cli.Run script = both.run("apply");
        assertThat(script.err())
                .doesNotContain("\r", "[#")
                .contains(esl(first) + ": t2: Applied", esl(second) + ": t2: Applied");
    }

    @Test
    void aNodeThatIsDownIsNamedAndTheOtherIsDone() {
        put("t1");
        second.close();

        Cli.Run apply = both.and("--json").run("apply");

        assertThat(apply.code()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(apply.err()).contains(esl(second));
        assertThat(Json.lines(apply, "failure"))
                .extracting(line -> line.path("esl").asText())
                .containsExactly(esl(second));
        assertThat(first.registrar().bindings()).hasSize(1);
    }

    @Test
    void aNodeThatIsAloneFailsForProgramsAsOneOfSeveralDoes() {
        second.close();
        Cli alone = store.and("--esl", esl(second), "--xml-dir", xml("fs2"), "--json");

        for (String command : List.of("plan", "apply")) {
            Cli.Run run = alone.run(command);

            assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.UNAVAILABLE);
            assertThat(run.err()).hasLineCount(1).startsWith("cti-gateway: No connection");
            assertThat(Json.lines(run))
                    .extracting(
                            line -> line.path("type").asText(),
                            line -> line.path("esl").asText(),
                            line -> line.path("kind").asText(),
                            line -> line.path("retryable").asBoolean())
                    .containsExactly(tuple("failure", esl(second), "SWITCH_UNAVAILABLE", true));
        }
    }

    private static List<String> kinds(Cli.Run run) {
        return Json.lines(run, "failure").stream()
                .map(line -> line.path("kind").asText())
                .toList();
    }

    @Test
    void aPlanThatLacksANodeIsNotSaved() {
        put("t1");
        second.close();
        Path plan = directory.resolve("plan.json");

        Cli.Run run = both.and("--json").run("plan", "--out", plan.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.err()).contains("Not saved: a node has no plan.");
        assertThat(Json.lines(run, "failure")).hasSize(1);
        assertThat(plan).doesNotExist();
        assertThat(one.run("plan", "--out", directory.resolve("no/such/plan").toString())
                        .err())
                .contains("Cannot write");
    }

    @Test
    void onlyTakesSeveralNamesOfAllNodesAndOfASavedPlan() {
        for (String name : List.of("t1", "t2", "t3", "t4")) {
            put(name);
        }
        assertThat(both.run("apply", "--only", "t1,t2").code()).isEqualTo(ExitCodes.OK);
        assertThat(first.registrar().bindings()).hasSize(2);
        assertThat(second.registrar().bindings()).hasSize(2);

        String plan = directory.resolve("plan.json").toString();
        assertThat(both.run("plan", "--out", plan).code()).isEqualTo(ExitCodes.CHANGES);
        assertThat(both.run("apply", plan, "--only", "t3").code()).isEqualTo(ExitCodes.OK);
        assertThat(first.registrar().bindings()).hasSize(3);

        assertThat(both.run("apply", "--only", "t1", "--only", "t4").code()).isEqualTo(ExitCodes.OK);
        assertThat(second.registrar().bindings()).hasSize(4);
    }

    @Test
    void aCanaryThatFailsKeepsTheOthersUntouched() {
        put("t1");
        first.registrar().forGateway("t1", RegistrarAnswer.forbidden());

        Cli.Run apply = both.run("apply", "--canary");

        assertThat(apply.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(apply.err()).contains(esl(second) + ": not touched");
        assertThat(second.registrar().bindings()).isEmpty();
    }

    @Test
    void aSavedPlanIsAppliedAsLongAsItHolds() throws IOException {
        put("t1");
        Path plan = directory.resolve("plan.json");
        assertThat(both.run("plan", "--out", plan.toString()).code()).isEqualTo(ExitCodes.CHANGES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plan)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(plan)).contains("\"fs2\"").doesNotContain(Samples.PASSWORD);
        put("later");

        Cli.Run apply = both.run("apply", plan.toString());

        assertThat(apply.code()).as(apply.toString()).isEqualTo(ExitCodes.OK);
        assertThat(first.registrar().bindings()).hasSize(1);
        assertThat(second.registrar().bindings()).hasSize(1);
        Cli.Run again = both.run("apply", plan.toString());
        assertThat(again.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(again.err()).contains("t1").contains("Plan again").contains("plan --out FILE");
        assertThat(kinds(both.and("--json").run("apply", plan.toString()))).containsExactly("STALE_PLAN");
    }

    @Test
    void aPlanOfAnotherNodeOrNoPlanAtAllIsRefused() throws IOException {
        put("t1");
        Path plan = directory.resolve("plan.json");
        assertThat(one.run("plan", "--out", plan.toString()).code()).isEqualTo(ExitCodes.CHANGES);
        Cli other = store.and("--esl", esl(second), "--xml-dir", xml("fs2"));
        Cli.Run elsewhere = other.and("--json").run("apply", plan.toString());
        assertThat(elsewhere.err()).contains("fs1", "fs2");
        assertThat(kinds(elsewhere)).containsExactly("OTHER_NODE");

        Files.writeString(plan, "{}");
        Cli.Run rubbish = one.run("apply", plan.toString());
        assertThat(rubbish.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(rubbish.err()).contains("no plan");
        assertThat(one.run("apply", directory.resolve("nowhere").toString()).code())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(first.registrar().bindings()).isEmpty();
        assertThat(second.registrar().bindings()).isEmpty();
    }

    @Test
    void applyGivesWayToTheProcessThatReconcilesUnlessToldOtherwise() throws Exception {
        Background reconciling = Background.start(one, "reconcile", "--watch");
        try {
            put("t1");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> first.registrar().bindings().size() == 1);

            Cli.Run apply = one.run("apply");
            assertThat(apply.code()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(apply.err())
                    .hasLineCount(1)
                    .contains("Another process works on", "runs out after 15 s", "--without-lease");
            Cli.Run many = both.and("--json").run("apply");
            assertThat(many.code()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(kinds(many)).containsExactly("LEASE_HELD");
            Cli.Run forPrograms = one.and("--json").run("apply");
            assertThat(Json.lines(forPrograms, "failure"))
                    .as("as of several nodes")
                    .isEqualTo(Json.lines(many, "failure"));
            assertThat(many.err()).contains(esl(first) + ": Another process works on", "--without-lease");
            assertThat(one.run("apply", "--without-lease").code()).isEqualTo(ExitCodes.OK);
        } finally {
            assertThat(reconciling.end().code()).isEqualTo(ExitCodes.OK);
        }
        assertThat(one.run("apply").code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void severalNodesNeedSeveralDirectoriesAndCommandsForOneNodeRefuseThem() {
        Cli lacking = one.and("--esl", esl(second));
        assertThat(lacking.run("plan").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(one.and("--esl", esl(first), "--xml-dir", xml("fs2"))
                        .run("plan")
                        .code())
                .isEqualTo(ExitCodes.USAGE);
        assertThat(both.run("status").code()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void severalNodesAskOneAnswererOfModXmlCurl() {
        stop();
        int port = RealRedis.deadPort();
        SimulatedConfiguration asking = SimulatedConfiguration.xmlCurl(
                URI.create("http://127.0.0.1:" + port + "/"), SimulatedConfiguration.gateways(List::of));
        first = node("fs1", asking);
        second = node("fs2", asking);
        Cli curl = store.and("--esl", esl(first), "--esl", esl(second));
        put("t1");

        Cli.Run apply = curl.run("apply", "--xml-curl", "127.0.0.1:" + port);

        assertThat(apply.code()).as(apply.toString()).isEqualTo(ExitCodes.OK);
        assertThat(first.registrar().bindings()).hasSize(1);
        assertThat(second.registrar().bindings()).hasSize(1);
    }
}
