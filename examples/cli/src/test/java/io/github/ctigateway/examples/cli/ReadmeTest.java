package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.redis.RedisGatewayStore;
import io.github.ctigateway.store.InMemoryGatewayStore;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the READMEs show compiles, works, and is the same in both languages. */
class ReadmeTest {
    private static final Path ROOT =
            Path.of("").toAbsolutePath().resolve("../..").normalize();
    private static final Path EXAMPLES = Path.of("src/test/java/io/github/ctigateway/examples/cli/ReadmeExamples.java");

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void javaBlocksAreTheExamplesThatAreCompiled(String readme) throws IOException {
        List<String> shown = blocks(Files.readString(ROOT.resolve(readme)), "```java\n(.*?)```");

        assertThat(shown)
                .isEqualTo(blocks(Files.readString(EXAMPLES), "(?m)^ *// README begin\n(.*?)^ *// README end"));
    }

    @Test
    void bothLanguagesShowTheSameCommandsAndSnippets() throws IOException {
        String english = Files.readString(ROOT.resolve("README.md"));
        String chinese = Files.readString(ROOT.resolve("README.zh-CN.md"));

        for (String language : List.of("sh", "xml", "java")) {
            String pattern = "```" + language + "\n(.*?)```";
            assertThat(blocks(chinese, pattern))
                    .as(language)
                    .isEqualTo(blocks(english, pattern))
                    .isNotEmpty();
        }
        assertThat(blocks(chinese, "(?m)^(#+) ")).isEqualTo(blocks(english, "(?m)^(#+) "));
        assertThat(blocks(chinese, "(?m)^\\| (`[^`]+`) ")).isEqualTo(blocks(english, "(?m)^\\| (`[^`]+`) "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh-CN.md"})
    void theTableHasEveryCommand(String readme) throws IOException {
        List<String> rows = blocks(Files.readString(ROOT.resolve(readme)), "(?m)^\\| `([a-z-]+)");

        assertThat(rows)
                .containsAll(Main.commandLine(Cli.terminal()).getSubcommands().keySet());
    }

    @Test
    void theWholeJobWorksOnRedisAndTheSimulator() {
        String domain = RealRedis.freshDomain();
        try (var freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(directory))
                .tick(Duration.ofMillis(20))
                .start()) {
            ReadmeExamples.theWholeJob(
                    REDIS.uri(), domain, "127.0.0.1", freeSwitch.port(), freeSwitch.password(), "s3cret", directory);

            assertThat(freeSwitch.registrar().bindings()).hasSize(1);
        }
        try (var store = RedisGatewayStore.open(REDIS.uri(), domain)) {
            assertThat(store.find("mytrunk")).isPresent();
        }
    }

    @Test
    void severalNodesRunWhatIsStored() throws IOException {
        String domain = RealRedis.freshDomain();
        Path first = Files.createDirectories(directory.resolve("fs1"));
        Path second = Files.createDirectories(directory.resolve("fs2"));
        try (var store = RedisGatewayStore.open(REDIS.uri(), domain);
                var fs1 = node("fs1", first);
                var fs2 = node("fs2", second)) {
            store.save(Gateway.builder("mytrunk")
                    .set(Parameters.REALM, "sip.example.net")
                    .set(Parameters.USERNAME, "u")
                    .set(Parameters.PASSWORD, "p")
                    .build());
            ReadmeExamples.severalNodes(
                    REDIS.uri(),
                    domain,
                    options(fs1),
                    first,
                    options(fs2),
                    second,
                    () -> await().atMost(Duration.ofSeconds(30))
                            .until(() -> fs1.registrar().bindings().size()
                                            + fs2.registrar().bindings().size()
                                    == 2));
        }
    }

    private static FreeSwitchSimulator node(String name, Path gateways) {
        return FreeSwitchSimulator.builder()
                .node(name)
                .profile("external", SimulatedConfiguration.directory(gateways))
                .tick(Duration.ofMillis(20))
                .start();
    }

    private static EslOptions options(FreeSwitchSimulator node) {
        return EslOptions.of("127.0.0.1", node.port(), node.password());
    }

    @Test
    void theSimulatorTestsTrunkCode() {
        AtomicReference<ApplyResult> result = new AtomicReference<>();
        ReadmeExamples.yourTrunkCodeAgainstTheSimulator(directory, node -> {
            try (var store = InMemoryGatewayStore.create("example.com");
                    var controller = GatewayController.builder(store, node)
                            .publisher(XmlDirectoryPublisher.at(directory))
                            .build()) {
                store.save(Gateway.builder("mytrunk")
                        .set(Parameters.REALM, "sip.example.net")
                        .set(Parameters.USERNAME, "u")
                        .set(Parameters.PASSWORD, "p")
                        .build());
                result.set(controller.apply(controller.plan()));
            }
        });

        assertThat(result.get().outcome("mytrunk")).get().isInstanceOf(Outcome.RegistrationFailed.class);
    }

    private static List<String> blocks(String text, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1).stripTrailing().stripIndent());
        }
        return found;
    }
}
