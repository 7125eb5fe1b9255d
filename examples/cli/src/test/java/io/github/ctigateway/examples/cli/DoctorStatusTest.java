package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import redis.clients.jedis.RedisClient;

/** What {@code doctor} says of the hashes of statuses, on a real Redis and the simulator. */
class DoctorStatusTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @TempDir
    Path directory;

    private FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start();
    private Cli cli = Cli.with();
    private RedisClient redis = RedisClient.create(REDIS.uri());
    private String hash = "";
    private String own = "";
    private Path ctiJson = Path.of("");

    @BeforeEach
    void start() throws IOException {
        freeSwitch.close();
        Path xml = Files.createDirectory(directory.resolve("xml"));
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.directory(xml))
                .tick(Duration.ofMillis(20))
                .start();
        String domain = RealRedis.freshDomain();
        hash = "gateways-" + domain;
        own = hash + "@" + freeSwitch.node();
        ctiJson = Files.writeString(
                directory.resolve("cti.json"), "{\"gui\": {\"gateway\": {\"hash\": \"" + hash + "\"}}}");
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
        redis.close();
        freeSwitch.close();
    }

    private Cli.Run doctor() {
        return cli.run("doctor", "--cti-json", ctiJson.toString());
    }

    private String added(String gateway) {
        return Samples.added(gateway, freeSwitch.node(), freeSwitch.coreUuid());
    }

    @Test
    void namesLeftoversOfTheNodesOwnHashAndBridgePerNodeRemovesThem() throws Exception {
        assertThat(cli.runWith(Samples.BY_ADDRESS, false, "put", "runs", "-").code())
                .isEqualTo(ExitCodes.OK);
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        redis.hset(own, "gone", added("gone"));
        redis.hset(own, "runs", added("runs"));

        Cli.Run sick = doctor();

        assertThat(sick.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(sick.out())
                .contains("BAD  status leftovers of " + freeSwitch.node() + ": 1 entries of hash " + own)
                .contains("such as gone; 'bridge --per-node' removes them when it starts")
                .contains("DEL it")
                .contains("ok   status writer of " + freeSwitch.node());

        Background bridge =
                Background.start(cli.and("--json"), "bridge", "--per-node", "--cti-json", ctiJson.toString());
        await().untilAsserted(() -> assertThat(redis.hkeys(own)).containsExactly("runs"));
        assertThat(bridge.end().code()).isEqualTo(ExitCodes.OK);

        assertThat(doctor().code()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void namesANodesHashThatNobodyWritesAnyMore() {
        assertThat(cli.runWith(Samples.BY_ADDRESS, false, "put", "runs", "-").code())
                .isEqualTo(ExitCodes.OK);
        assertThat(cli.run("apply").code()).isEqualTo(ExitCodes.OK);
        redis.hset(hash, "runs", added("runs"));
        redis.hset(own, "runs", Samples.added("runs", freeSwitch.node(), "an earlier run"));

        Cli.Run sick = doctor();

        assertThat(sick.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(sick.out())
                .contains("ok   status writer: ")
                .contains("BAD  status writer of " + freeSwitch.node() + ": 1 of 1 live gateways")
                .contains("if nobody writes this hash any more, DEL it");
    }

    @Test
    void namesWhatInANodesHashIsNoEventOrOfAnotherNode() {
        redis.hset(own, "broken", "{");
        redis.hset(own, "stranger", Samples.added("stranger", "another-node", "its run"));

        Cli.Run sick = doctor();

        assertThat(sick.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(sick.out())
                .contains("BAD  status entries of " + freeSwitch.node() + ": 1 fields of hash " + own, "HDEL")
                .contains("BAD  statuses of " + freeSwitch.node() + ": 1 entries of hash " + own, "such as stranger");
    }

    /** Of a node in the shared hash, though it is another than the one that can be asked. */
    @Test
    void aKeyOfAnotherTypeInPlaceOfEitherHashIsNamedAndTheRestIsLookedAt() {
        redis.hset(hash, "a", Samples.added("a", "another-node", "its run"));
        redis.set(hash + "@another-node", "text");
        redis.set(own, "text");

        Cli.Run sick = doctor();

        assertThat(sick.code()).isEqualTo(ExitCodes.REFUSED);
        assertThat(sick.out())
                .contains("BAD  statuses of another-node: hash " + hash + "@another-node: Redis answered WRONGTYPE")
                .contains("BAD  statuses of " + freeSwitch.node() + ": hash " + own + ": Redis answered WRONGTYPE")
                .contains("RENAME or DEL it")
                .contains("ok   statuses: 1 gateways", "ok   directory");

        redis.set(hash, "text");
        assertThat(doctor().out())
                .contains("BAD  statuses: hash " + hash + ": Redis answered WRONGTYPE", "RENAME or DEL it")
                .contains("BAD  statuses of " + freeSwitch.node())
                .contains("ok   directory");
    }

    @Test
    void aBrokenCtiJsonOrOneWithoutAHashStopsNoOtherPart() throws IOException {
        Files.writeString(ctiJson, "{");
        Cli.Run broken = doctor();
        assertThat(broken.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(broken.out()).contains("BAD  statuses: " + ctiJson, "line 1", "ok   freeswitch", "ok   directory");

        Files.writeString(ctiJson, "{}");
        Cli.Run off = doctor();
        assertThat(off.code()).as(off.toString()).isEqualTo(ExitCodes.OK);
        assertThat(off.out()).contains("ok   statuses: not kept", "gui.gateway.hash");
    }
}
