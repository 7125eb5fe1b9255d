package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.store.StoreException;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoredGateway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** Users, databases, names and protocols of the addresses that name more than one server. */
class RedisAddressesIT {
    private static final String HASH = "cti_gateway@example.com";

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void aMasterThatSentinelsNameIsUsedAsTheAddressSays(String protocol) {
        try (RedisServerUnderTest master = RedisServerUnderTest.startProcess("--requirepass", "masterpw");
                RedisServerUnderTest sentinel = RedisServerUnderTest.startSentinel(
                        master, "sentinel auth-pass mymaster masterpw", "requirepass sentinelpw");
                UnifiedJedis admin = admin(master, 0);
                UnifiedJedis inDatabase = admin(master, 2)) {
            acl(admin);
            String address = "redis+sentinel://clerk:pw@" + sentinel.host() + ":" + sentinel.port() + "/mymaster/2?";
            String options = "client-name=the-app&protocol=" + protocol;
            String withPassword = address + "sentinel-password=sentinelpw&" + options;
            try (RedisGatewayStore store = await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(StoreException.class)
                    .until(() -> RedisGatewayStore.open(withPassword, "example.com"), opened -> true)) {
                StoredGateway saved = store.save(Samples.trunk("a"));

                assertThat(store.snapshot().gateways()).containsEntry("a", saved);
                assertThat(inDatabase.hexists(HASH, "a")).isTrue();
                assertThat(admin.exists(HASH)).isFalse();
                assertThat(clients(admin)).contains("name=the-app").contains("user=clerk");
            }
            assertThatThrownBy(() -> RedisGatewayStore.open(address + options, "example.com"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageNotContaining("pw@");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void aClusterIsUsedAsTheAddressSays(String protocol) {
        try (RedisClusterUnderTest cluster = RedisClusterUnderTest.start()) {
            for (RedisServerUnderTest master : cluster.masters()) {
                try (UnifiedJedis admin = master.client()) {
                    acl(admin);
                }
            }
            String address = cluster.uri().replace("://", "://clerk:pw@");
            try (RedisGatewayStore store = RedisGatewayStore.open(
                            address + "&client-name=the-app&protocol=" + protocol, "example.com", "alice");
                    UnifiedJedis admin = cluster.masterOf(HASH).client()) {
                StoredGateway saved = store.save(Samples.trunk("a"));
                store.saveAll(List.of(Samples.trunk("b"), Samples.trunk("c")));

                assertThat(store.snapshot().gateways()).hasSize(3).containsEntry("a", saved);
                assertThat(store.history("c", 5)).hasSize(1);
                assertThat(clients(admin)).contains("name=the-app").contains("user=clerk");
            }
        }
    }

    @Test
    void aWrongDatabaseNumberIsSaidToBeWhatIsWrong() {
        try (RedisServerUnderTest server = RedisServerUnderTest.startProcess("--databases", "3");
                RedisServerUnderTest ofCluster = RedisServerUnderTest.startProcess("--cluster-enabled", "yes")) {
            Map.of(server, "most have 0 to 15", ofCluster, "is part of a cluster")
                    .forEach((one, words) -> {
                        assertThatThrownBy(() -> {
                                    String uri = "redis://" + one.host() + ":" + one.port() + "/3";
                                    try (RedisGatewayStore store = RedisGatewayStore.open(uri, "example.com")) {
                                        store.snapshot();
                                    }
                                })
                                .isInstanceOf(StoreRefusedException.class)
                                .hasMessageContaining("the number behind the / of the URI")
                                .hasMessageContaining(words);
                    });
        }
    }

    private static UnifiedJedis admin(RedisServerUnderTest server, int database) {
        return RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .clientConfig(DefaultJedisClientConfig.builder()
                        .password("masterpw")
                        .database(database)
                        .build())
                .build();
    }

    private static void acl(UnifiedJedis admin) {
        CommandArguments acl = new CommandArguments(Command.ACL).add("SETUSER").add("clerk");
        List.of("reset", "on", ">pw", "~*", "&*", "+@all").forEach(acl::add);
        admin.executeCommand(acl);
    }

    private static String clients(UnifiedJedis admin) {
        Object answer = admin.executeCommand(new CommandArguments(Command.CLIENT).add("LIST"));
        return new String((byte[]) answer, StandardCharsets.UTF_8);
    }
}
