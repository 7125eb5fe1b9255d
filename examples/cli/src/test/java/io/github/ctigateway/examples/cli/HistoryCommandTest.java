package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code history} and {@code rollback}, on a real Redis. */
class HistoryCommandTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private Cli cli = Cli.with();

    @BeforeEach
    void freshDomain() {
        cli = Cli.with("--redis", REDIS.uri(), "--domain", RealRedis.freshDomain(), "--author", "mia");
    }

    private void put(String json) {
        assertThat(cli.runWith(json, false, "put", "trunk", "-").code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void historyNamesWhoChangedWhatAndNoSecret() {
        put(Samples.registering("u"));
        put(Samples.registering("u").replace(Samples.PASSWORD, "another-s3cret"));
        assertThat(cli.run("delete", "trunk").code()).isEqualTo(ExitCodes.OK);

        Cli.Run text = cli.run("history", "trunk");
        List<JsonNode> changes = Json.lines(cli.and("--json").run("history", "trunk"), "change");

        assertThat(text.code()).isEqualTo(ExitCodes.OK);
        assertThat(text.out()).contains("mia", "created", "param.password", "deleted");
        assertThat(text.out()).doesNotContain(Samples.PASSWORD, "another-s3cret");
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1).path("changed").get(0).asText()).isEqualTo("param.password");
        assertThat(Json.lines(cli.and("--json").run("history", "trunk", "--limit", "1")))
                .hasSize(1);
    }

    @Test
    void rollbackPutsBackWhatTheHistoryShows() {
        put(Samples.registering("first-user"));
        put(Samples.registering("second-user"));
        JsonNode created =
                Json.lines(cli.and("--json").run("history", "trunk"), "change").get(1);

        Cli.Run run = cli.run("rollback", "trunk", created.path("newRevision").asText());

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.OK);
        assertThat(cli.run("show", "trunk").out()).contains("first-user").doesNotContain("second-user");
    }

    @Test
    void whatIsNotInTheHistoryIsAFinding() {
        assertThat(cli.run("history", "nobody").code()).isEqualTo(ExitCodes.FINDINGS);
        Cli.Run run = cli.run("rollback", "nobody", "123");
        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.err()).hasLineCount(1);
    }

    @Test
    void theMemoryHasNoHistory() {
        assertThat(Cli.with("--memory").run("history", "trunk").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(Cli.with("--memory").run("rollback", "trunk", "1").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(cli.run("history", "trunk", "--limit", "0").code()).isEqualTo(ExitCodes.USAGE);
    }
}
