package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code reconcile --watch} of two nodes, on a real Redis and simulators. */
class ReconcileCommandTest {
    private static final int MANY = 6;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private FreeSwitchSimulator first = FreeSwitchSimulator.builder().start();
    private FreeSwitchSimulator second = FreeSwitchSimulator.builder().start();
    private Cli store = Cli.with();
    private Cli both = Cli.with();

    @BeforeEach
    void start() throws IOException {
        stop();
        first = node("fs1");
        second = node("fs2");
        store = Cli.with("--redis", REDIS.uri(), "--domain", RealRedis.freshDomain())
                .environment("ESL_PASSWORD", first.password());
        both = store.and("--esl", esl(first), "--xml-dir", xml("fs1"), "--esl", esl(second), "--xml-dir", xml("fs2"));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private FreeSwitchSimulator node(String name) throws IOException {
        Path xml = Files.createDirectories(Path.of(xml(name)));
        return FreeSwitchSimulator.builder()
                .node(name)
                .profile("external", SimulatedConfiguration.directory(xml))
                .tick(Duration.ofMillis(20))
                .start();
    }

    private String xml(String name) {
        return directory.resolve(name).toString();
    }

    private static String esl(FreeSwitchSimulator node) {
        return "127.0.0.1:" + node.port();
    }

    private void putMany() {
        for (int i = 0; i < MANY; i++) {
            String name = "t" + i;
            assertThat(store.runWith(Samples.registering(name), false, "put", name, "-")
                            .code())
                    .isEqualTo(ExitCodes.OK);
        }
    }

    private void deleteMany() {
        for (int i = 0; i < MANY; i++) {
            assertThat(store.run("delete", "t" + i).code()).isEqualTo(ExitCodes.OK);
        }
    }

    @Test
    void runsOnForEveryNodeAndTellsProgramsWhichNodeItWas() throws Exception {
        Background running = Background.start(both.and("--json"), "reconcile", "--watch");
        putMany();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> first.registrar().bindings().size() == MANY
                        && second.registrar().bindings().size() == MANY);

        Cli.Run ended = running.end();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCodes.OK);
        for (String type : Set.of("plan", "outcome", "applied")) {
            assertThat(Json.lines(ended, type).stream()
                            .map(line -> line.path("node").asText())
                            .collect(Collectors.toSet()))
                    .as(type)
                    .containsExactlyInAnyOrder("fs1", "fs2");
        }
    }

    @Test
    void makesNoMassChangeUnlessItIsAllowed() throws Exception {
        putMany();
        assertThat(both.run("apply").code()).isEqualTo(ExitCodes.OK);
        deleteMany();

        first.forgetCommands();
        Background refusing = Background.start(both.and("--json"), "reconcile", "--watch", "--every", "1");
        // By the third look the first run has ended.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> first.commands().stream()
                                .filter(command -> command.contains("xmlstatus"))
                                .count()
                        > 2);
        Cli.Run refused = refusing.end();

        assertThat(refused.code()).as(refused.toString()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(refused.err()).contains("--allow-mass-change");
        assertThat(Json.lines(refused, "failure")).isNotEmpty();
        assertThat(first.registrar().bindings()).hasSize(MANY);

        Background allowed = Background.start(both, "reconcile", "--watch", "--allow-mass-change");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> first.registrar().bindings().isEmpty()
                        && second.registrar().bindings().isEmpty());
        assertThat(allowed.end().code()).isEqualTo(ExitCodes.OK);
    }

    /** Whoever supervises the process must not try a wrong password for ever. */
    @Test
    void endsWithTheCodeOfARefusalWhenANodeRefuses() {
        Cli.Run run = both.environment("ESL_PASSWORD", "wr0ng-one").run("reconcile", "--watch", "--for", "4");

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.REFUSED);
        assertThat(run.err()).contains(esl(first) + " DOWN").doesNotContain("wr0ng-one");
    }

    @Test
    void endsWithTheCodeOfTheNodeThatIsDown() {
        second.close();

        Cli.Run run = both.run("reconcile", "--watch", "--for", "4");

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.err()).contains(esl(second) + " DOWN");
    }
}
