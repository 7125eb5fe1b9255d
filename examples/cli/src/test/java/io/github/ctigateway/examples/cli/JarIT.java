package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

    private Cli.Run jar(String... args) throws IOException, InterruptedException {
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
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("ESL_PASSWORD", freeSwitch.password());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The command did not end: " + List.of(args));
        }
        return new Cli.Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
