package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code import}, on a real Redis. */
class ImportCommandTest {
    private static final String TWO_GATEWAYS = """
            <include>
              <gateway name="carrier">
                <param name="realm" value="sip.$${domain}"/>
                <param name="username" value="u"/>
                <param name="password" value="s3cret-of-carrier"/>
                <variables><variable name="sip_sticky_contact" value="true"/></variables>
              </gateway>
              <gateway name="skipped">
                <param name="realm" value="sip.example.net"/>
              </gateway>
            </include>
            """;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private Cli cli = Cli.with();

    @BeforeEach
    void files() throws IOException {
        cli = Cli.with("--redis", REDIS.uri(), "--domain", RealRedis.freshDomain());
        Files.writeString(directory.resolve("carrier.xml"), TWO_GATEWAYS);
    }

    @Test
    void storesWhatFreeSwitchWouldRunAndReportsTheRest() {
        Cli.Run run = cli.and("--json").run("import", directory.toString(), "--define", "domain=example.org");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(Json.lines(run, "import"))
                .extracting(
                        line -> line.path("gateway").asText(),
                        line -> line.path("result").asText())
                .containsExactly(tuple("carrier", "new"));
        assertThat(Json.lines(run, "finding"))
                .filteredOn(line -> line.path("severity").asText().equals("ERROR"))
                .isNotEmpty()
                .allMatch(line -> line.path("gateway").asText().equals("skipped"));
        assertThat(cli.run("show", "carrier").out()).contains("sip.example.org", "sip_sticky_contact");
        assertThat(run.out() + run.err()).doesNotContain("s3cret-of-carrier");
    }

    @Test
    void aDryRunStoresNothing() {
        Cli.Run run = cli.run("import", directory.toString(), "--dry-run", "--define", "domain=example.org");

        assertThat(run.out()).contains("carrier: new (dry run)");
        assertThat(cli.run("list").out()).isEqualTo("No gateway is stored.\n");
    }

    @Test
    void aStoredGatewayIsChangedOnlyWhenAskedFor() throws IOException {
        Path file = directory.resolve("carrier.xml");
        assertThat(cli.runWith(Samples.BY_ADDRESS, false, "put", "carrier", "-").code())
                .isEqualTo(ExitCodes.OK);

        Cli.Run refused = cli.run("import", file.toString(), "--define", "domain=example.org");
        assertThat(refused.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(refused.err()).hasLineCount(1).contains("carrier", "--replace");
        assertThat(cli.run("show", "carrier").out()).contains("198.51.100.7");

        assertThat(cli.run("import", file.toString(), "--define", "domain=example.org", "--replace")
                        .out())
                .contains("carrier: replaced");
        assertThat(cli.run("show", "carrier").out()).doesNotContain("198.51.100.7");
        assertThat(cli.run("import", file.toString(), "--define", "domain=example.org")
                        .out())
                .contains("carrier: unchanged");
    }

    @Test
    void whatFreeSwitchWasGivenComesBackFromItsOwnFiles() throws IOException {
        assertThat(cli.runWith(Samples.registering("u"), false, "put", "trunk", "-")
                        .code())
                .isEqualTo(ExitCodes.OK);
        Path rendered = Files.writeString(
                directory.resolve("carrier.xml"), cli.run("render", "trunk").out());

        Cli.Run run = cli.run("import", rendered.toString(), "--dry-run", "--replace");

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("trunk: replaced (dry run)");
    }

    @Test
    void whatWasPublishedIsImportedWithoutItsStamp(@TempDir Path published) {
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(published))
                .tick(Duration.ofMillis(20))
                .start()) {
            Cli publishing = cli.and("--esl", "127.0.0.1:" + freeSwitch.port(), "--xml-dir", published.toString())
                    .environment("ESL_PASSWORD", freeSwitch.password());
            for (String name : List.of("t1", "t2")) {
                assertThat(cli.runWith(Samples.registering(name), false, "put", name, "-")
                                .code())
                        .isEqualTo(ExitCodes.OK);
            }
            assertThat(publishing.run("apply").code()).isEqualTo(ExitCodes.OK);
        }
        Cli fresh = Cli.with("--redis", REDIS.uri(), "--domain", RealRedis.freshDomain());

        Cli.Run run = fresh.run("import", published.toString());

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).containsOnlyOnce("cti_gateway_stamp").contains("left out of 2 gateways");
        assertThat(fresh.run("show", "t1").out())
                .isEqualTo(cli.run("show", "t1").out());
        Cli.Run again = cli.and("--json").run("import", published.toString());
        assertThat(Json.lines(again, "import"))
                .extracting(line -> line.path("result").asText())
                .containsExactly("unchanged", "unchanged");
        assertThat(Json.lines(again, "finding")).hasSize(1).noneMatch(line -> line.has("file"));
    }

    @Test
    void aDefinitionWithoutAValueIsWrongUsage() {
        for (String wrong : List.of("domain", "=example.org")) {
            Cli.Run run = cli.run("import", directory.toString(), "--define", wrong);

            assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.err()).hasLineCount(1).contains("--define must be NAME=VALUE.");
        }
        assertThat(cli.run("import", directory.toString(), "--dry-run", "--define", "domain=")
                        .out())
                .contains("carrier: new (dry run)");
    }

    @Test
    void whereNoGatewayIsNothingIsImported(@TempDir Path empty) {
        Cli.Run run = cli.run("import", empty.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.err()).contains("No gateway was found", empty.toString()).hasLineCount(1);
    }

    @Test
    void aMissingFileIsWrongUsage() {
        assertThat(cli.run("import", "/no/such/file.xml").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(cli.run("import").code()).isEqualTo(ExitCodes.USAGE);
    }
}
