package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** {@code bridge}, {@code status --from-redis} and {@code doctor}, on a real Redis and the simulator. */
class BridgeCommandTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private String domain = "";
    private Path xml = Path.of("");
    private Path ctiJson = Path.of("");
    private FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start();
    private Cli cli = Cli.with();

    @BeforeEach
    void start() throws IOException {
        freeSwitch.close();
        xml = Files.createDirectory(directory.resolve("xml"));
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(xml))
                .tick(Duration.ofMillis(20))
                .start();
        domain = RealRedis.freshDomain();
        // A hash of this test's own, by a file as mod_cti has it.
        ctiJson = Files.writeString(
                directory.resolve("cti.json"),
                "{ /* mod_cti */ \"gui\": {\"gateway\": {\"hash\": \"gateways-" + domain
                        + "\", \"channel\": \"\", \"list\": \"\"}}}");
        cli = Cli.with(
                        "--redis",
                        REDIS.uri(),
                        "--domain",
                        domain,
                        "--esl",
                        "127.0.0.1:" + freeSwitch.port(),
                        "--xml-dir",
                        xml.toString())
                .environment("ESL_PASSWORD", freeSwitch.password());
    }

    @AfterEach
    void stop() {
        freeSwitch.close();
    }

    @Test
    void bridgeWritesWhatStatusReadsBack() throws Exception {
        freeSwitch.registrar().forGateway("refused", RegistrarAnswer.forbidden());
        assertThat(cli.runWith(Samples.mytrunk(), false, "put", "mytrunk", "-").code())
                .isEqualTo(ExitCodes.OK);
        assertThat(cli.runWith(Samples.registering("x"), false, "put", "refused", "-")
                        .code())
                .isEqualTo(ExitCodes.OK);
        Background bridge = Background.start(cli.and("--json"), "bridge", "--cti-json", ctiJson.toString());
        await().until(() -> freeSwitch.commands().stream().anyMatch(command -> command.startsWith("event ")));
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.FINDINGS);

        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            await().untilAsserted(() -> {
                assertThat(redis.hget("gateways-" + domain, "mytrunk")).contains("\"State\":\"REGED\"");
                assertThat(redis.hget("gateways-" + domain, "refused")).isNotNull();
            });
        }

        Cli.Run ended = bridge.end();
        assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCodes.OK);
        assertThat(Json.lines(ended, "bridged").get(0).path("written").asLong()).isPositive();

        Cli.Run status = cli.and("--json").run("status", "--from-redis", "--cti-json", ctiJson.toString());
        assertThat(status.code()).isEqualTo(ExitCodes.FINDINGS);
        List<JsonNode> lines = Json.lines(status, "status");
        assertThat(lines).extracting(line -> line.path("gateway").asText()).containsExactly("refused", "mytrunk");
        assertThat(lines.get(0).path("node").asText()).isEqualTo(freeSwitch.node());
        assertThat(lines.get(1).path("state").asText()).isEqualTo("REGED");
    }

    @Test
    void statusIsRedForAPersonWhereThereIsTrouble() {
        Cli.Run run = cli.runWith("", true, "status", "nobody");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.out()).contains("\033[31mnobody");
        assertThat(cli.run("status", "nobody").out()).doesNotContain("\033");
        assertThat(cli.environment("NO_COLOR", "1")
                        .runWith("", true, "status", "nobody")
                        .out())
                .doesNotContain("\033");
    }

    @Test
    void statusIsGreenWhereAllIsWellAndTroubleStandsFirst() {
        freeSwitch.registrar().forGateway("z-refused", RegistrarAnswer.forbidden());
        put("a-trunk", Samples.BY_ADDRESS);
        put("z-refused", Samples.registering("x"));
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.FINDINGS);

        List<String> rows =
                cli.runWith("", true, "status").out().lines().skip(1).toList();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).startsWith("\033[31mz-refused");
        assertThat(rows.get(1)).startsWith("\033[32ma-trunk").endsWith("\033[0m");
    }

    /** A key of another type under the name of the list. */
    @Test
    void bridgeSaysOnceWhyRedisRefusesAndCountsOnlyWhatItTook() throws Exception {
        Files.writeString(
                ctiJson,
                "{\"gui\": {\"gateway\": {\"hash\": \"gateways-" + domain + "\", \"channel\": \"\", \"list\": \"list-"
                        + domain + "\"}}}");
        put("trunk", Samples.BY_ADDRESS);
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            redis.set("list-" + domain, "text");
            Background bridge = Background.start(cli.and("--json"), "bridge", "--cti-json", ctiJson.toString());
            await().until(() -> freeSwitch.commands().stream().anyMatch(command -> command.startsWith("event ")));
            assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
            await().until(() -> redis.hexists("gateways-" + domain, "trunk"));

            Cli.Run ended = bridge.end();

            assertThat(ended.code()).isEqualTo(ExitCodes.FINDINGS);
            JsonNode bridged = Json.lines(ended, "bridged").get(0);
            assertThat(bridged.path("written").asLong()).isZero();
            assertThat(bridged.path("refused").asLong()).isPositive();
            assertThat(ended.err()).containsOnlyOnce("WRONGTYPE").doesNotContain(RealRedis.PASSWORD);
        }
    }

    private void put(String name, String json) {
        assertThat(cli.runWith(json, false, "put", name, "-").code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void bridgeNeedsAProfileThatFreeSwitchRuns() {
        Cli.Run run = cli.run("bridge", "--cti-json", ctiJson.toString(), "--profile", "nosuch", "--for", "0");

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(run.err()).hasLineCount(1).contains("nosuch");
    }

    @Test
    void doctorSeesThatTheProfileReadsAnotherDirectoryAndThatNobodyWritesStatuses() throws IOException {
        put("trunk", Samples.BY_ADDRESS);
        assertThat(cli.run("doctor", "--cti-json", ctiJson.toString()).out()).contains("ok   publisher: 0 of the 0");
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        Cli.Run good = cli.run("doctor", "--cti-json", ctiJson.toString());
        assertThat(good.code()).as(good.toString()).isEqualTo(ExitCodes.OK);
        assertThat(good.out()).contains("ok   publisher: 1 of the 1", "ok   version", "ok   modules: neither");

        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            redis.hset("gateways-" + domain, "trunk", Samples.added("trunk", freeSwitch.node(), "an earlier run"));
        }
        String[] there = cli.common().stream()
                .map(word -> word.equals(xml.toString()) ? elsewhere.toString() : word)
                .toArray(String[]::new);
        Cli.Run wrong = Cli.with(there)
                .environment("ESL_PASSWORD", freeSwitch.password())
                .run("doctor", "--cti-json", ctiJson.toString());

        assertThat(wrong.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(wrong.out())
                .contains("BAD  publisher: none of the live gateways", "X-PRE-PROCESS")
                .contains("BAD  status writer: 1 of 1 live gateways have no status of this run", "'bridge'");

        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            redis.hset("gateways-" + domain, "trunk", Samples.added("trunk", freeSwitch.node(), freeSwitch.coreUuid()));
        }
        assertThat(cli.run("doctor", "--cti-json", ctiJson.toString()).out()).contains("ok   status writer");
    }

    /** FreeSWITCH would look for a relative one in its own directory. */
    @Test
    void theIncludeThatDoctorSuggestsNamesTheWholePath() throws IOException {
        put("trunk", Samples.BY_ADDRESS);
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path relative = Path.of("").toAbsolutePath().relativize(elsewhere);

        String[] there = cli.common().stream()
                .map(word -> word.equals(xml.toString()) ? relative.toString() : word)
                .toArray(String[]::new);
        Cli.Run run = Cli.with(there)
                .environment("ESL_PASSWORD", freeSwitch.password())
                .run("doctor", "--cti-json", ctiJson.toString());

        assertThat(run.out()).contains("data=\"" + elsewhere + "/*.xml\"/>");
    }

    @Test
    void doctorSeesWhatGoneGatewaysLeftAndBridgeRemovesIt() throws Exception {
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            redis.hset("gateways-" + domain, "gone", Samples.added("gone", freeSwitch.node(), "an earlier run"));
            redis.hset("gateways-" + domain, "other", Samples.added("other", "another-node", "its run"));

            Cli.Run doctor = cli.run("doctor", "--cti-json", ctiJson.toString());
            assertThat(doctor.code()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(doctor.out()).contains("BAD  status leftovers: 1 entries", "such as gone", "'bridge'");

            Background bridge = Background.start(cli.and("--json"), "bridge", "--cti-json", ctiJson.toString());
            await().untilAsserted(
                            () -> assertThat(redis.hkeys("gateways-" + domain)).containsExactly("other"));
            assertThat(bridge.end().code()).isEqualTo(ExitCodes.OK);
        }
    }

    /** The newest event of a node says which run is the last; of what is older nobody knows how it is now. */
    @Test
    void statusFromRedisMarksWhatIsOfAnEarlierRunOfFreeSwitch() {
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            String now = Samples.added("now", "n1", "this-run").replace("1649344991284944", "1649344999999999");
            redis.hset("gateways-" + domain, "now", now);
            redis.hset("gateways-" + domain, "then", Samples.added("then", "n1", "last-run"));
            redis.hset("gateways-" + domain, "other", Samples.added("other", "n2", "last-run"));
            String deleted = Samples.added("deleted", "n1", "last-run").replace("gateway_add", "gateway_delete");
            redis.hset("gateways-" + domain, "deleted", deleted);
        }
        String[] fromRedis = {"status", "--from-redis", "--cti-json", ctiJson.toString()};

        Cli.Run table = cli.runWith("", true, fromRedis);
        assertThat(table.code()).isEqualTo(ExitCodes.OK);
        List<String> rows = table.out().lines().skip(1).toList();
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0)).startsWith("\033[33mthen ").contains("? was added", "earlier run", "n1");
        assertThat(rows.get(1)).startsWith("\033[32mnow ").doesNotContain("earlier");
        assertThat(rows.get(2)).startsWith("\033[32mother ").doesNotContain("earlier");
        assertThat(table.err()).contains("Of 1 gateways nothing was heard");

        List<JsonNode> lines = Json.lines(cli.and("--json").run(fromRedis), "status");
        assertThat(lines.get(0).path("gateway").asText()).isEqualTo("then");
        assertThat(lines.get(0).path("earlierRun").asBoolean()).isTrue();
        assertThat(lines.get(0).path("usable").asBoolean(true)).isFalse();
        assertThat(lines.get(0).path("coreUuid").asText()).isEqualTo("last-run");
        assertThat(lines.get(0).has("state")).isFalse();
        assertThat(lines.subList(1, 3)).noneMatch(line -> line.has("earlierRun"));

        assertThat(cli.run("status", "then", "--from-redis", "--cti-json", ctiJson.toString())
                        .code())
                .as("whoever asks for it by name")
                .isEqualTo(ExitCodes.FINDINGS);
        assertThat(cli.run("status", "deleted", "--from-redis", "--cti-json", ctiJson.toString())
                        .out())
                .contains("not live");
    }

    /** As where nobody writes statuses: of the gateways nothing is known. */
    @Test
    void anEmptyHashIsNotTakenForNoGateways() {
        String[] fromRedis = {"status", "--from-redis", "--cti-json", ctiJson.toString()};

        assertThat(cli.run(fromRedis).out())
                .contains("no status in the hash gateways-" + domain, "mod_cti", "'bridge'", "RedisStatusSink")
                .doesNotContain("live");
        assertThat(cli.and("--json").run(fromRedis).out()).isEmpty();
        assertThat(cli.run("status").out()).isEqualTo("No gateway is live.\n");
    }

    @Test
    void aCtiJsonThatTurnsAllOffIsSaidAndNotTakenForNoGateways() throws IOException {
        Files.writeString(ctiJson, "{\"gui\": {\"gateway\": {\"hash\": \"\", \"channel\": \"\", \"list\": \"\"}}}");

        Cli.Run status = cli.run("status", "--from-redis", "--cti-json", ctiJson.toString());
        assertThat(status.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(status.err()).contains("gui.gateway.hash", "names no hash");
        Cli.Run bridge = cli.run("bridge", "--cti-json", ctiJson.toString(), "--for", "0");
        assertThat(bridge.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(bridge.err()).contains("nothing would be written");
    }

    @Test
    void doctorFindsNothingWrongWhereAllIsWell() {
        assertThat(cli.runWith(Samples.BY_ADDRESS, false, "put", "trunk", "-").code())
                .isEqualTo(ExitCodes.OK);

        Cli.Run run = cli.run("doctor", "--cti-json", ctiJson.toString());

        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains(
                        "ok   redis: version ",
                        "ok   redis.notifications: ",
                        "notify-keyspace-events Kgh",
                        "ok   stored: 1 readable",
                        "ok   freeswitch: " + freeSwitch.node(),
                        "ok   profile",
                        "ok   directory")
                .doesNotContain("BAD");
    }

    @Test
    void doctorGoesOnAndNamesEachPartThatIsWrong() {
        Cli.Run run = Cli.with(
                        "--redis",
                        "redis://127.0.0.1:" + RealRedis.deadPort(),
                        "--domain",
                        domain,
                        "--esl",
                        "127.0.0.1:" + freeSwitch.port(),
                        "--profile",
                        "nosuch",
                        "--xml-dir",
                        xml.resolve("nosuch").toString())
                .environment("ESL_PASSWORD", freeSwitch.password())
                .run("doctor");

        assertThat(run.code()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(run.out()).contains("BAD  redis", "BAD  profile", "ok   freeswitch", "BAD  directory");
    }

    @Test
    void doctorSaysWhenFreeSwitchRefusesUs() {
        Cli.Run run = cli.environment("ESL_PASSWORD", "wr0ng-one").run("doctor", "--cti-json", ctiJson.toString());

        assertThat(run.code()).isEqualTo(ExitCodes.REFUSED);
        assertThat(run.out()).contains("BAD  freeswitch").doesNotContain("wr0ng-one");
    }

    @Test
    void schemaIsPrinted() {
        Cli.Run run = Cli.with().run("schema");

        assertThat(run.code()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("https://json-schema.org/draft/2020-12/schema", "expire-seconds");
    }

    @Test
    void aBrokenCtiJsonIsAFinding() throws IOException {
        Files.writeString(ctiJson, "{");

        assertThat(cli.run("status", "--from-redis", "--cti-json", ctiJson.toString())
                        .code())
                .isEqualTo(ExitCodes.FINDINGS);
        assertThat(Cli.with("--memory").run("status", "--from-redis").code()).isEqualTo(ExitCodes.USAGE);
    }
}
