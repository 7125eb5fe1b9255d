package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;

class RedisServerReportIT {
    @Test
    void namesEachSettingThatLosesGatewaysAndHowToMendIt() {
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                RedisClient admin = server.client();
                RedisGatewayStore store = RedisGatewayStore.open(server.uri() + "?protocol=3", "example.com")) {
            admin.configSet("maxmemory", "100mb");
            admin.configSet("maxmemory-policy", "allkeys-lru");
            assertThat(store.checkServer().version())
                    .isEqualTo(admin.info("server")
                            .lines()
                            .filter(line -> line.startsWith("redis_version:"))
                            .findFirst()
                            .orElseThrow()
                            .substring("redis_version:".length())
                            .strip());
            assertThat(store.checkServer().findings())
                    .extracting(finding -> finding.severity() + " " + finding.code())
                    .containsExactlyInAnyOrder(
                            "ERROR redis.eviction", "WARNING redis.persistence", "INFO redis.notifications");
            assertThat(store.checkServer().findings())
                    .allSatisfy(finding -> assertThat(finding.hint()).isPresent());

            admin.configSet("maxmemory-policy", "volatile-ttl");
            admin.configSet("notify-keyspace-events", "Kg");
            admin.configSet("save", "3600 1");
            assertThat(store.checkServer().findings())
                    .extracting(finding -> finding.severity() + " " + finding.code())
                    .containsExactlyInAnyOrder("WARNING redis.eviction", "INFO redis.notifications");

            admin.configSet("maxmemory-policy", "noeviction");
            admin.configSet("notify-keyspace-events", "Kgh");
            assertThat(store.checkServer().findings()).isEmpty();
            admin.configSet("save", "");
        }
    }

    @Test
    void saysWhatTheUserMustNotSee() {
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess();
                RedisClient admin = server.client()) {
            CommandArguments acl =
                    new CommandArguments(Command.ACL).add("SETUSER").add("clerk");
            List.of("on", ">pw", "~*", "&*", "+@all", "-config").forEach(acl::add);
            admin.executeCommand(acl);
            String uri = "redis://clerk:pw@" + server.host() + ":" + server.port();
            try (RedisGatewayStore store = RedisGatewayStore.open(uri, "example.com")) {
                assertThat(store.checkServer().findings())
                        .hasSize(2)
                        .extracting(Violation::code, Violation::severity)
                        .containsOnly(tuple("redis.hidden", Severity.INFO));
            }
        }
    }
}
