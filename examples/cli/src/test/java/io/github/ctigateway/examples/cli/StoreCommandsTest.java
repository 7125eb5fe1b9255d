package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** {@code list}, {@code show}, {@code put}, {@code delete}, {@code validate} and {@code render} on a real Redis. */
class StoreCommandsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private String domain = "";
    private Cli cli = Cli.with();

    @BeforeEach
    void freshDomain() {
        domain = RealRedis.freshDomain();
        cli = Cli.with("--redis", REDIS.uri(), "--domain", domain);
    }

    private void put(String name, String json) {
        assertThat(cli.runWith(json, false, "put", name, "-").code()).isEqualTo(ExitCodes.OK);
    }

    private void writeRaw(String name, String text) {
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            redis.hset("cti_gateway@" + domain, name, text);
        }
    }

    @Test
    void putStoresAFileWhereModCtiReadsIt() {
        Cli.Run run = cli.run(
                "put",
                "mytrunk",
                Samples.file(directory, "any", Samples.mytrunk()).toString());

        assertThat(run.code()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("mytrunk").contains("apply");
        assertThat(run.err()).isEmpty();
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            assertThat(redis.hget("cti_gateway@" + domain, "mytrunk"))
                    .contains("180.76.224.191:35560", Samples.PASSWORD);
        }
    }

    @Test
    void putRefusesWithEveryFindingWhatFreeSwitchWouldSkip() {
        Cli.Run run =
                cli.and("--json").runWith("{\"param\":{\"realm\":\"x.example.com\"}}", false, "put", "trunk", "-");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(Json.lines(run, "finding"))
                .filteredOn(finding -> finding.path("severity").asText().equals("ERROR"))
                .extracting(finding -> finding.path("path").asText())
                .containsExactlyInAnyOrder("param.username", "param.password");
        assertThat(run.err()).hasLineCount(1).contains("'trunk' was not stored");
        assertThat(cli.run("show", "trunk").code()).isEqualTo(ExitCodes.FINDINGS);
    }

    @Test
    void putNamesTheBadPlaceInBrokenJsonAndStoresNothing() {
        put("trunk", Samples.BY_ADDRESS);

        Cli.Run run = cli.runWith("{\"param\":{\"realm\":}}", false, "put", "trunk", "-");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.out()).contains("line 1");
        assertThat(run.err()).hasLineCount(1);
        assertThat(cli.run("show", "trunk").out()).contains("198.51.100.7");
    }

    @Test
    void putRefusesANameThatCouldNotBeACommandsWord() {
        for (String name : List.of("two words", "line\nbreak", "网关", "_all_", "")) {
            Cli.Run run = cli.runWith(Samples.BY_ADDRESS, false, "put", name, "-");

            assertThat(run.code()).as(name).isEqualTo(ExitCodes.FINDINGS);
            assertThat(run.err()).as(name).hasLineCount(1);
        }
        assertThat(cli.run("list").out()).contains("No gateway is stored");
    }

    @Test
    void listShowsEveryGatewayAndHidesNoneBehindABrokenOne() {
        put("mytrunk", Samples.mytrunk());
        put("by-address", Samples.BY_ADDRESS);
        writeRaw("broken", "{not json");

        Cli.Run text = cli.run("list");
        Cli.Run json = cli.and("--json").run("list");

        assertThat(text.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(text.out()).contains("mytrunk", "180.76.224.191:35560", "by-address", "broken");
        assertThat(json.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(Json.lines(json, "gateway"))
                .extracting(
                        line -> line.path("gateway").asText(),
                        line -> line.path("registers").asBoolean())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("by-address", false),
                        org.assertj.core.groups.Tuple.tuple("mytrunk", true));
        assertThat(Json.lines(json, "finding"))
                .isNotEmpty()
                .allMatch(line -> line.path("gateway").asText().equals("broken"));
    }

    @Test
    void listIsDoneWhenNothingIsStored() {
        assertThat(cli.run("list")).isEqualTo(new Cli.Run(ExitCodes.OK, "No gateway is stored.\n", ""));
        assertThat(cli.and("--json").run("list")).isEqualTo(new Cli.Run(ExitCodes.OK, "", ""));
    }

    @Test
    void noCommandPrintsAPassword() {
        put("mytrunk", Samples.mytrunk());

        for (List<String> command : List.of(
                List.of("list"),
                List.of("show", "mytrunk"),
                List.of("render"),
                List.of("render", "mytrunk"),
                List.of("validate"))) {
            for (Cli each : List.of(cli, cli.and("--json"), cli.and("--verbose"))) {
                Cli.Run run = each.run(command.toArray(String[]::new));
                assertThat(run.code()).isEqualTo(ExitCodes.OK);
                assertThat(run.out() + run.err())
                        .as("%s", command)
                        .doesNotContain(Samples.PASSWORD, RealRedis.PASSWORD);
            }
        }
    }

    @Test
    void showPrintsModCtisJsonWithMaskedSecrets() {
        put("mytrunk", Samples.mytrunk());

        Cli.Run text = cli.run("show", "mytrunk");
        JsonNode json = Json.lines(cli.and("--json").run("show", "mytrunk")).get(0);

        assertThat(text.out()).contains("\"realm\": \"180.76.224.191:35560\"", "\"password\": \"***\"");
        assertThat(json.path("param").path("password").asText()).isEqualTo("***");
        assertThat(json.path("param").path("register").asText()).isEqualTo("true");
        assertThat(json.path("variables").get(0).path("name").asText()).isEqualTo("sip_sticky_contact");
        assertThat(json.path("revision").asText()).isNotEmpty();
    }

    @Test
    void showAndDeleteSayWhenThereIsNoSuchGateway() {
        assertThat(cli.run("show", "nobody"))
                .isEqualTo(new Cli.Run(ExitCodes.FINDINGS, "", "cti-gateway: No gateway 'nobody' is stored.\n"));
        assertThat(cli.run("delete", "nobody").code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(cli.run("render", "nobody").code()).isEqualTo(ExitCodes.FINDINGS);
    }

    @Test
    void deleteRemovesAnEntryReadableOrNot() {
        put("by-address", Samples.BY_ADDRESS);
        writeRaw("broken", "[]");

        assertThat(cli.run("delete", "by-address").code()).isEqualTo(ExitCodes.OK);
        assertThat(cli.run("delete", "broken").code()).isEqualTo(ExitCodes.OK);
        assertThat(cli.run("list").out()).isEqualTo("No gateway is stored.\n");
    }

    @Test
    void validateReportsEveryFindingOfTheFiles() {
        Path good = Samples.file(directory, "by-address", Samples.BY_ADDRESS);
        Path bad = Samples.file(directory, "without-password", Samples.WITHOUT_PASSWORD);
        Path broken = Samples.file(directory, "broken", "{");

        Cli.Run run = Cli.with("--json").run("validate", good.toString(), bad.toString(), broken.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(Json.lines(run, "finding"))
                .filteredOn(line -> line.path("severity").asText().equals("ERROR"))
                .extracting(line -> line.path("gateway").asText())
                .containsExactlyInAnyOrder("without-password", "broken");
        assertThat(Json.lines(run, "validation").get(0).path("gateways").asInt())
                .isEqualTo(3);
    }

    @Test
    void validateIsDoneWhenNothingIsWrong() {
        put("mytrunk", Samples.mytrunk());

        assertThat(cli.run("validate").code()).isEqualTo(ExitCodes.OK);
        assertThat(Cli.with()
                        .run(
                                "validate",
                                Samples.file(directory, "mytrunk", Samples.mytrunk())
                                        .toString())
                        .code())
                .isEqualTo(ExitCodes.OK);
    }

    @Test
    void validateChecksTheStoreAndItsUnreadableEntries() {
        put("mytrunk", Samples.mytrunk());
        writeRaw("without-password", Samples.WITHOUT_PASSWORD);
        writeRaw("broken", "{");

        Cli.Run run = cli.run("validate");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.out()).contains("without-password: ERROR", "broken: ERROR", "3 gateways, 2 errors");
    }

    @Test
    void renderPrintsTheXmlOfOneOrOfAll() {
        put("mytrunk", Samples.mytrunk());
        put("by-address", Samples.BY_ADDRESS);

        assertThat(cli.run("render", "mytrunk").out())
                .contains("<gateway name=\"mytrunk\">", "value=\"180.76.224.191:35560\"", "value=\"***\"")
                .doesNotContain("by-address");
        assertThat(cli.run("render").out()).contains("<gateway name=\"mytrunk\">", "<gateway name=\"by-address\">");
        assertThat(Json.lines(cli.and("--json").run("render"), "xml")).hasSize(2);
    }

    @Test
    void renderNamesWhatCannotBeReadOrWrittenBesideTheXmlOfTheOthers() {
        put("by-address", Samples.BY_ADDRESS);
        writeRaw("broken", "{");
        writeRaw("unwritable", "{\"param\":{\"register\":false,\"realm\":\"198.51.100.7\\u0001\"}}");
        String xml = Cli.with("--memory")
                .and(
                        "--load",
                        Samples.file(directory, "by-address", Samples.BY_ADDRESS)
                                .toString())
                .run("render")
                .out();

        for (String[] command :
                List.of(new String[] {"render"}, new String[] {"render", "by-address", "broken", "unwritable"})) {
            Cli.Run text = cli.run(command);
            Cli.Run json = cli.and("--json").run(command);

            assertThat(text.code()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(text.out()).isEqualTo(xml);
            assertThat(text.err())
                    .hasLineCount(2)
                    .contains(
                            "cti-gateway: broken: ERROR json.",
                            "cti-gateway: unwritable: ERROR value.not-xml at param.realm");
            assertThat(json.code()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(json.err()).isEmpty();
            assertThat(Json.lines(json, "finding"))
                    .extracting(line -> line.path("gateway").asText())
                    .containsExactly("broken", "unwritable");
            assertThat(Json.lines(json, "xml"))
                    .extracting(line -> line.path("gateway").asText())
                    .containsExactly("by-address");
        }
    }

    /** The validator has no such finding for the values of subscriptions. */
    @Test
    void renderNamesThePlaceThatTheValidatorDoesNotLookAt() {
        writeRaw(
                "unwritable",
                "{\"param\":{\"register\":false,\"realm\":\"198.51.100.7\"},\"subscriptions\":[{\"event\":\"presence\","
                        + "\"param\":{\"other\":\"\\u0001\"}}]}");

        Cli.Run run = cli.run("render");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.err())
                .hasLineCount(1)
                .contains("unwritable: ERROR value.not-xml at subscription.other", "U+0001");
    }

    @Test
    void renderNamesAPasswordThatXmlCannotCarryAndDoesNotShowIt() {
        writeRaw(
                "unwritable",
                "{\"param\":{\"register\":false,\"realm\":\"198.51.100.7\",\"password\":\"s3cr\\u0001et\"}}");

        Cli.Run run = cli.run("render");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.err()).contains("unwritable: ERROR value.not-xml");
        assertThat(run.out() + run.err()).doesNotContain("s3cr");
    }

    @Test
    void memoryBeginsEmptyOrWithTheGivenFiles() {
        Samples.file(directory, "mytrunk", Samples.mytrunk());
        Samples.file(directory, "by-address", Samples.BY_ADDRESS);

        assertThat(Cli.with("--memory").run("list").out()).isEqualTo("No gateway is stored.\n");
        assertThat(Cli.with("--memory", "--load", directory.toString())
                        .run("list")
                        .lines())
                .hasSize(3);
        assertThat(Cli.with("--memory")
                        .runWith(Samples.mytrunk(), false, "put", "mytrunk", "-")
                        .code())
                .isEqualTo(ExitCodes.OK);
    }

    @Test
    void memoryRefusesAFileThatIsNoGateway() {
        Path broken = Samples.file(directory, "broken", "{");

        Cli.Run run = Cli.with("--memory", "--load", broken.toString()).run("list");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.err()).hasLineCount(1).contains("broken.json is no gateway");
    }

    @Test
    void whyAnEntryOrFileCannotBeReadIsSaidInTheLanguageThatWasAskedForBeforeTheFailure() throws IOException {
        writeRaw("broken", "[]");
        Path file = Samples.file(directory, "broken", "[]");
        Cli memory = Cli.with("--memory", "--load", file.toString());
        Path xml = Files.writeString(
                directory.resolve("broken.xml"),
                "<gateway name=\"broken\"><param name=\"register\" value=\"false\"/>"
                        + "<param name=\"realm\" value=\"198.51.100.7\"/></gateway>");

        for (Cli.Run run : List.of(
                cli.and("--lang", "zh").run("show", "broken"),
                cli.and("--lang", "zh").run("explain", "broken"),
                cli.and("--lang", "zh").run("import", "--replace", xml.toString()),
                cli.and("--lang", "zh").runWith(Samples.BY_ADDRESS, false, "put", "broken", "-"),
                memory.and("--lang", "zh").run("list"))) {
            assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(run.out()).contains("文本是 JSON，但不是对象").doesNotContain("the text is JSON");
            assertThat(run.err()).hasLineCount(1).contains("broken").doesNotContain("Violation", "json.");
        }
        for (Cli.Run run : List.of(
                cli.and("--lang", "zh", "--json").run("show", "broken"),
                memory.and("--lang", "zh", "--json").run("list"))) {
            assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(Json.lines(run))
                    .extracting(line -> line.path("type").asText())
                    .containsExactly("finding", "failure");
            assertThat(Json.lines(run).get(0).path("message").asText()).startsWith("文本是 JSON，但不是对象");
            assertThat(Json.lines(run).get(1).path("kind").asText()).isEqualTo("REFUSED");
        }
        assertThat(cli.run("show", "broken").out())
                .contains("broken: ERROR json.", "the text is JSON, but not an object");
    }
}
