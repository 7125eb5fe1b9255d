package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** For each fault {@code doctor} says which part, and what to do. */
class DoctorFaultsTest {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private final FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder().start();
    private final String domain = RealRedis.freshDomain();

    @AfterEach
    void stop() {
        freeSwitch.close();
    }

    private Cli cli(String redis, int eslPort, String... more) {
        String[] common = {"--redis", redis, "--domain", domain, "--esl", "127.0.0.1:" + eslPort};
        return Cli.with(Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new))
                .environment("ESL_PASSWORD", freeSwitch.password());
    }

    private String bad(Cli.Run run, String part) {
        return run.out()
                .lines()
                .filter(line -> line.startsWith("BAD  " + part + ": "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing bad about " + part + " in " + run));
    }

    @Test
    void aRedisThatIsAwayIsNamedWithoutItsPasswordAndAskedForNoMoreHashes() {
        String address = "127.0.0.1:" + RealRedis.deadPort();

        Cli.Run run =
                cli("redis://clerk:t0psecret@" + address, freeSwitch.port()).run("doctor");

        assertThat(run.code()).isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(bad(run, "redis")).contains("See that it runs", "redis://***@" + address);
        assertThat(bad(run, "statuses")).contains(address);
        assertThat(run.out()).doesNotContain("t0psecret").doesNotContain("statuses of");
    }

    @Test
    void thePasswordOfSentinelsIsNotShownEither() {
        String uri = "redis+sentinel://127.0.0.1:" + RealRedis.deadPort() + "/mymaster?sentinel-password=s3ntinel";

        Cli.Run run = cli(uri, freeSwitch.port()).run("doctor");

        assertThat(bad(run, "redis")).contains("redis+sentinel://127.0.0.1");
        assertThat(run.out() + run.err()).doesNotContain("s3ntinel");
    }

    @Test
    void aMissingOrWrongPasswordOfRedisIsSaidWithThePlacesWhereItMayStand() {
        Cli.Run missing = cli(REDIS.uriWithoutPassword(), freeSwitch.port()).run("doctor");
        Cli.Run wrong = cli(REDIS.uriWithoutPassword().replace("://", "://:wr0ng@"), freeSwitch.port())
                .run("doctor");

        assertThat(missing.code()).isEqualTo(ExitCodes.REFUSED);
        assertThat(bad(missing, "redis")).contains("NOAUTH", "it wants a password", "REDIS_PASSWORD");
        assertThat(wrong.code()).isEqualTo(ExitCodes.REFUSED);
        assertThat(bad(wrong, "redis")).contains("WRONGPASS", "REDIS_PASSWORD");
        assertThat(wrong.out()).doesNotContain("wr0ng").doesNotContain("statuses of");
    }

    @Test
    void aKeyOfAnotherTypeInPlaceOfTheGatewaysIsNamed() {
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            redis.set("cti_gateway@" + domain, "text");
        }

        Cli.Run run = cli(REDIS.uri(), freeSwitch.port()).run("doctor");

        assertThat(run.code()).isEqualTo(ExitCodes.REFUSED);
        assertThat(bad(run, "redis")).contains("WRONGTYPE", "cti_gateway@" + domain, "RENAME or DEL");
    }

    @Test
    void whatIsStoredAndCannotBeReadOrUsedIsCountedWithTheCommandThatSaysWhy() {
        try (RedisClient redis = RedisClient.create(REDIS.uri())) {
            redis.hset("cti_gateway@" + domain, "broken", "{");
            redis.hset("cti_gateway@" + domain, "skipped", Samples.WITHOUT_PASSWORD);
        }

        Cli.Run run = cli(REDIS.uri(), freeSwitch.port()).run("doctor");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(bad(run, "stored")).contains("1 readable, 1 not", "'list'", "'put'", "'delete'");
        assertThat(bad(run, "valid")).contains("1 stored gateways", "'validate' says why");
    }

    @Test
    void anEventSocketThatIsAwayOrSomethingElseIsNamed() throws IOException {
        int dead = RealRedis.deadPort();
        assertThat(bad(cli(REDIS.uri(), dead).run("doctor"), "freeswitch"))
                .contains("127.0.0.1:" + dead, "Check that FreeSWITCH runs");

        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(bad(cli(REDIS.uri(), silent.getLocalPort()).run("doctor"), "freeswitch"))
                    .contains("No greeting", "127.0.0.1:" + silent.getLocalPort(), "not another server");
        }
    }

    @Test
    void aProfileThatDoesNotRunAndADirectoryThatIsNoneAreSaidWithTheirCure(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        Cli.Run run = cli(REDIS.uri(), freeSwitch.port(), "--profile", "nosuch", "--xml-dir", file.toString())
                .run("doctor");

        assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
        assertThat(bad(run, "profile")).contains("'nosuch'", "sofia status");
        assertThat(bad(run, "directory")).contains(file.toString(), "create it where the profile includes it");
    }

    @Test
    void aDirectoryThatNothingIsPublishedInSaysThatNothingIsKnownYet(@TempDir Path directory) {
        assertThat(cli(REDIS.uri(), freeSwitch.port(), "--xml-dir", directory.toString())
                        .run("doctor")
                        .out())
                .contains("ok   publisher: 0 of the 0", "is seen when the first one is");
    }
}
