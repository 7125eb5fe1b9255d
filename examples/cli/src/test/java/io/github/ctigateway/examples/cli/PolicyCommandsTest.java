package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Gateways that nobody stored, and gateways with calls, on a real Redis and the simulator. */
class PolicyCommandsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start();
    private Cli cli = Cli.with();

    /** What we publish lies beside what is written by hand. */
    @BeforeEach
    void start() throws IOException {
        freeSwitch.close();
        Files.writeString(directory.resolve("byhand.xml"), gateway("byhand", "198.51.100.7"));
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(directory))
                .tick(Duration.ofMillis(20))
                .start();
        cli = Cli.with("--redis", REDIS.uri(), "--domain", RealRedis.freshDomain())
                .environment("ESL_PASSWORD", freeSwitch.password())
                .and("--esl", "127.0.0.1:" + freeSwitch.port(), "--xml-dir", directory.toString());
    }

    @AfterEach
    void stop() {
        freeSwitch.close();
    }

    private static String gateway(String name, String realm) {
        return """
                <include>
                  <gateway name="%s">
                    <param name="realm" value="%s"/>
                    <param name="register" value="false"/>
                  </gateway>
                </include>
                """.formatted(name, realm);
    }

    @Test
    void whatNobodyStoredIsLeftUnlessToldOtherwise() {
        Cli.Run plan = cli.run("plan");

        assertThat(plan.code()).as(plan.toString()).isEqualTo(ExitCodes.OK);
        assertThat(plan.out()).contains("? byhand  UNMANAGED");
    }

    @Test
    void adoptsWhatTheFileDefinesAsItIsLive() throws IOException {
        String byHand = directory.resolve("byhand.xml").toString();

        Cli.Run apply = cli.run("apply", "--unmanaged", "adopt", "--adopt-from", byHand);

        assertThat(apply.code()).as(apply.toString()).isEqualTo(ExitCodes.OK);
        assertThat(apply.out()).contains("< byhand  ADOPT").contains("Adopted");
        assertThat(cli.run("show", "byhand").out()).contains("198.51.100.7");
        assertThat(cli.run("plan").code()).isEqualTo(ExitCodes.OK);
        assertThat(freeSwitch.commands()).noneMatch(command -> command.contains("killgw"));
    }

    @Test
    void doesNotAdoptWhatTheFileDefinesOtherwise() throws IOException {
        Path other = Files.writeString(directory.resolve("other.xml.old"), gateway("byhand", "203.0.113.9"));

        Cli.Run apply = cli.run("apply", "--unmanaged", "adopt", "--adopt-from", other.toString());

        assertThat(apply.out()).contains("shows something else");
        assertThat(cli.run("list").out()).doesNotContain("byhand");
    }

    @Test
    void takesDownWhatNobodyStoredWhenItIsInNoFileAnyMore() throws IOException {
        Files.delete(directory.resolve("byhand.xml"));

        Cli.Run apply = cli.run("apply", "--unmanaged", "remove");

        assertThat(apply.code()).as(apply.toString()).isEqualTo(ExitCodes.OK);
        assertThat(apply.out()).contains("- byhand  REMOVE").contains("Removed");
    }

    @Test
    void aPlanWithAPolicyIsAppliedWithTheSamePolicyOnly() throws IOException {
        Files.delete(directory.resolve("byhand.xml"));
        String saved = directory.resolve("plan.json").toString();
        assertThat(cli.run("plan", "--unmanaged", "remove", "--out", saved).code())
                .isEqualTo(ExitCodes.CHANGES);

        assertThat(cli.run("apply", saved).code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(cli.run("apply", saved, "--unmanaged", "remove").code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void leavesGatewaysWithCallsOrWaitsForThem() {
        assertThat(cli.runWith(Samples.BY_ADDRESS, false, "put", "busy", "-").code())
                .isEqualTo(ExitCodes.OK);
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        assertThat(cli.run("delete", "busy").code()).isEqualTo(ExitCodes.OK);
        freeSwitch.beginCall("busy", false);

        assertThat(cli.run("plan").out()).contains("- busy  REMOVE: no longer in the store [1 call]");
        Cli.Run skipped = cli.run("apply", "--busy", "skip");
        assertThat(skipped.out()).contains("calls go through it: 1");
        Cli.Run waited = cli.run("apply", "--busy", "wait", "--busy-limit", "0");
        assertThat(waited.out()).contains("Removed");
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() {
        assertThat(cli.run("plan", "--unmanaged", "adopt").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(cli.run("plan", "--adopt-from", directory.toString()).code()).isEqualTo(ExitCodes.USAGE);
        assertThat(cli.run("plan", "--unmanaged", "adopt", "--adopt-from", "/nowhere")
                        .code())
                .isEqualTo(ExitCodes.USAGE);
        Cli.Run sometimes = cli.run("plan", "--unmanaged", "sometimes");
        assertThat(sometimes.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(sometimes.err()).contains("'sometimes' is none of leave, adopt, remove");
        assertThat(cli.run("plan", "--busy", "maybe").err()).contains("'maybe' is none of kill, wait, skip");
        assertThat(cli.run("plan", "--lang", "fr").err()).contains("'fr' is none of en, zh");
        assertThat(cli.run("plan", "--busy", "Wait", "--busy-limit", "-1").err())
                .contains("--busy-limit must not be negative");
        assertThat(cli.run("plan", "--busy", "wait", "--busy-limit", "-1").code())
                .isEqualTo(ExitCodes.USAGE);
    }
}
