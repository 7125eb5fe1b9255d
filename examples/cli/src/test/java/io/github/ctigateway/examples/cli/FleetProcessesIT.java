package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three processes that keep the same two nodes, on a real Redis, while they are killed one after the other. */
class FleetProcessesIT {
    private static final Path JAR = Path.of("target", "cti-gateway.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private final String domain = RealRedis.freshDomain();
    private final Map<String, FreeSwitchSimulator> nodes = new TreeMap<>();
    private final List<Process> processes = new ArrayList<>();
    private final List<Path> notes = new ArrayList<>();
    private final TreeSet<String> stored = new TreeSet<>();

    @BeforeEach
    void start() throws IOException {
        for (String name : List.of("fs1", "fs2")) {
            Path xml = Files.createDirectories(directory.resolve(name));
            nodes.put(
                    name,
                    FreeSwitchSimulator.builder()
                            .node(name)
                            .profile("external", SimulatedConfiguration.directory(xml))
                            .tick(Duration.ofMillis(50))
                            .start());
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        nodes.values().forEach(FreeSwitchSimulator::close);
    }

    @Test
    void oneProcessAtATimeWorksOnANodeAndAnotherTakesOverWhenItIsKilled() throws Exception {
        for (int i = 0; i < 3; i++) {
            reconcile(i);
        }
        put("t1");
        awaitEverywhere();
        awaitWorkers();
        nodes.values().forEach(FreeSwitchSimulator::forgetCommands);

        put("t2");
        awaitEverywhere();
        put("t3");
        awaitEverywhere();
        // Three that worked at once would each have started what was new.
        nodes.values()
                .forEach(node -> assertThat(node.commands().stream().filter(command -> command.contains("rescan")))
                        .hasSize(2));

        kill(workerOf("fs1"));
        put("t4");
        awaitEverywhere();

        put("t5");
        kill(workerOf("fs2"));
        delete("t1");
        awaitEverywhere();
        assertThat(processes.stream().filter(Process::isAlive)).hasSize(1);
    }

    private void reconcile(int number) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "reconcile",
                "--watch",
                "--every",
                "1",
                "--lease",
                "2",
                "--redis",
                REDIS.uriWithoutPassword(),
                "--domain",
                domain));
        nodes.forEach((name, node) -> command.addAll(
                List.of("--esl", esl(name), "--xml-dir", directory.resolve(name).toString())));
        Path err = directory.resolve("err-" + number);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out-" + number).toFile())
                .redirectError(err.toFile());
        builder.environment().put("ESL_PASSWORD", "ClueCon");
        builder.environment().put("REDIS_PASSWORD", RealRedis.PASSWORD);
        processes.add(builder.start());
        notes.add(err);
    }

    private String esl(String node) {
        return "127.0.0.1:" + node(node).port();
    }

    private FreeSwitchSimulator node(String name) {
        return nodes.getOrDefault(name, nodes.get("fs1"));
    }

    private void put(String name) {
        assertThat(cli().runWith(Samples.registering(name), false, "put", name, "-")
                        .code())
                .isEqualTo(ExitCodes.OK);
        stored.add(name);
    }

    private void delete(String name) {
        assertThat(cli().run("delete", name).code()).isEqualTo(ExitCodes.OK);
        stored.remove(name);
    }

    private Cli cli() {
        return Cli.with("--redis", REDIS.uri(), "--domain", domain);
    }

    private void awaitEverywhere() {
        for (FreeSwitchSimulator node : nodes.values()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.registrar().bindings().keySet().stream()
                                    .map(address -> address.replaceAll("@.*", "")))
                            .containsExactlyInAnyOrderElementsOf(stored));
        }
    }

    private void awaitWorkers() {
        await().atMost(PATIENCE).until(() -> workerOf("fs1") >= 0 && workerOf("fs2") >= 0);
    }

    /** The living process whose last word on the node is that it works on it, or -1. */
    private int workerOf(String node) throws IOException {
        for (int i = 0; i < processes.size(); i++) {
            List<String> said = Files.readAllLines(notes.get(i)).stream()
                    .filter(line -> line.startsWith("cti-gateway: " + esl(node) + " "))
                    .filter(line -> line.contains(" WORKING") || line.contains(" STANDBY") || line.contains(" DOWN"))
                    .toList();
            if (processes.get(i).isAlive()
                    && !said.isEmpty()
                    && said.get(said.size() - 1).contains(" WORKING")) {
                return i;
            }
        }
        return -1;
    }

    private void kill(int process) throws InterruptedException {
        assertThat(process).isNotNegative();
        processes.get(process).destroyForcibly();
        assertThat(processes.get(process).waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
