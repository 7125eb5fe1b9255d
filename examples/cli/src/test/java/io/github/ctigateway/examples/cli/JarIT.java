package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is handed out, run by {@code java -jar}, on a real Redis and the simulator. */
class JarIT {
    private static final Path JAR = Path.of("target", "cti-gateway.jar").toAbsolutePath();

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private final String domain = RealRedis.freshDomain();
    private Path xml = Path.of("");
    private FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start();

    @BeforeEach
    void start() throws IOException {
        freeSwitch.close();
        xml = Files.createDirectory(directory.resolve("xml"));
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(xml))
                .tick(Duration.ofMillis(20))
                .start();
    }

    @AfterEach
    void stop() {
        freeSwitch.close();
    }

    @Test
    void storesPlansAppliesAndShows() throws Exception {
        Path file = Samples.file(directory, "mytrunk", Samples.mytrunk());

        assertThat(jar("put", "mytrunk", file.toString()).code()).isEqualTo(ExitCodes.OK);
        assertThat(jar("list").out()).contains("180.76.224.191:35560");
        assertThat(jar("plan").code()).isEqualTo(ExitCodes.CHANGES);
        Cli.Run apply = jar("apply");
        assertThat(apply.code()).as(apply.toString()).isEqualTo(ExitCodes.OK);
        assertThat(apply.out()).contains("Applied[REGED");
        Cli.Run plan = jar("plan");
        assertThat(plan).isEqualTo(new Cli.Run(ExitCodes.OK, plan.out(), ""));
        assertThat(jar("status").out()).contains("REGED");
        assertThat(jar("nonsense").code()).isEqualTo(ExitCodes.USAGE);
    }

    /** As Ctrl-C or a service manager does it, in the middle of a replace. */
    @Test
    void anApplyThatIsEndedNamesWhatIsDownAndLeavesNoLease() throws Exception {
        freeSwitch.close();
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(xml))
                .tick(Duration.ofSeconds(1))
                .start();
        store("before");
        assertThat(jar("apply").code()).isEqualTo(ExitCodes.OK);
        store("after");

        Started apply = start("apply");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(apply.err).contains("removal"));
        apply.process.destroy();
        Cli.Run ended = apply.end();

        assertThat(ended.code()).as(ended.toString()).isEqualTo(128 + 15);
        assertThat(ended.err())
                .contains("cti-gateway: Applying the plan was interrupted; some of it may be done."
                        + " Killed and not started again: [mytrunk]. Plan again to see.\n")
                .doesNotContain("did not end in time");
        Cli.Run again = jar("apply");
        assertThat(again.code()).as(again.toString()).isEqualTo(ExitCodes.OK);
        assertThat(jar("plan").code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void watchEndsWhenNobodyReadsItAnyMore() throws Exception {
        store("before");
        assertThat(jar("apply").code()).isEqualTo(ExitCodes.OK);
        ProcessBuilder builder = new ProcessBuilder(command("watch")).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("ESL_PASSWORD", freeSwitch.password());
        Process watch = builder.start();
        try {
            assertThat(watch.getInputStream().read()).isPositive();
            watch.getInputStream().close();
            // Each change is a line that nobody reads.
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                store("at" + System.nanoTime());
                jar("apply");
                return !watch.isAlive();
            });
        } finally {
            watch.destroyForcibly().waitFor();
        }
    }

    private void store(String password) throws IOException, InterruptedException {
        Path file = Samples.file(directory, "mytrunk", Samples.registering(password));
        assertThat(jar("put", "mytrunk", file.toString()).code()).isEqualTo(ExitCodes.OK);
    }

    private Cli.Run jar(String... args) throws IOException, InterruptedException {
        return start(args).end();
    }

    private Started start(String... args) throws IOException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command(args)).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ESL_PASSWORD", freeSwitch.password());
        Process process = builder.start();
        process.getOutputStream().close();
        return new Started(process, out, err);
    }

    private List<String> command(String... args) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        command.addAll(List.of(
                "--redis",
                REDIS.uri(),
                "--domain",
                domain,
                "--esl",
                "127.0.0.1:" + freeSwitch.port(),
                "--xml-dir",
                xml.toString()));
        return command;
    }

    /** A command under way. */
    private record Started(Process process, Path out, Path err) {
        Cli.Run end() throws IOException, InterruptedException {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The command did not end.");
            }
            return new Cli.Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        }
    }
}
