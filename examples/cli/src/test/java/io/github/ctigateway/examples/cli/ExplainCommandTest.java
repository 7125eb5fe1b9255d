package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain}, and the languages. */
class ExplainCommandTest {
    private static final String COERCED =
            "{\"param\":{\"register\":false,\"realm\":\"198.51.100.7\",\"retry-seconds\":\"3\"}}";

    @TempDir
    Path directory;

    @Test
    void showsWhatIsUsedAndWhy() {
        Path file = Samples.file(directory, "mytrunk", Samples.mytrunk());

        Cli.Run run = Cli.with().run("explain", file.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .containsPattern("register-uri +sip:180.76.224.191:35560")
                .containsPattern("expires +3600 +mod_sofia's default")
                .doesNotContain(Samples.PASSWORD);
    }

    @Test
    void aValueThatIsNotUsedAsGivenIsAFinding() {
        Path file = Samples.file(directory, "coerced", COERCED);

        Cli.Run run = Cli.with("--json").run("explain", file.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(Json.lines(run, "value"))
                .filteredOn(line -> line.path("coerced").asBoolean())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("name").asText()).isEqualTo("retry-seconds");
                    assertThat(line.path("given").asText()).isEqualTo("3");
                    assertThat(line.path("value").asText()).isEqualTo("30");
                });
    }

    @Test
    void aGatewayThatFreeSwitchSkipsIsAFinding() {
        Path file = Samples.file(directory, "without-password", Samples.WITHOUT_PASSWORD);

        Cli.Run run = Cli.with("--json").run("explain", file.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(Json.lines(run, "skipped").get(0).path("code").asText()).isEqualTo("NO_PASSWORD");
    }

    @Test
    void aStoredGatewayIsExplainedByItsName() {
        Samples.file(directory, "mytrunk", Samples.mytrunk());
        Cli cli = Cli.with("--memory", "--load", directory.toString());

        assertThat(cli.run("explain", "mytrunk").code()).isEqualTo(ExitCodes.OK);
        assertThat(cli.run("explain", "nobody").code()).isEqualTo(ExitCodes.FINDINGS);
    }

    @Test
    void findingsAndReasonsComeInChinese() {
        Path file = Samples.file(directory, "coerced", COERCED);

        Cli.Run explained = Cli.with("--lang", "zh").run("explain", file.toString());
        Cli.Run validated = Cli.with("--lang", "zh").run("validate", file.toString());

        assertThat(explained.out()).contains("小于 5 或不是数字：使用 30");
        assertThat(validated.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(validated.out())
                .contains("param.coerced at param.retry-seconds")
                .containsPattern("\\p{IsHan}");
        assertThat(Cli.with("--lang", "fr").run("validate", file.toString()).code())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void validateFindsWhatConcernsSeveralGateways() {
        Samples.file(directory, "one", Samples.registering("same"));
        Samples.file(directory, "two", Samples.registering("same"));

        Cli.Run run = Cli.with("--memory", "--load", directory.toString()).run("validate", "--all");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.out()).contains("two: WARNING", "'one'");
        assertThat(Cli.with().run("validate", "--all", directory.toString()).code())
                .isEqualTo(ExitCodes.USAGE);
    }
}
