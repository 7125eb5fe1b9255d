package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.store.StoreRefusedException;
import io.github.ctigateway.store.StoreUnavailableException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;

/** Many gateways of which Redis takes some and refuses others: what it says of five hundred of them is replaced on the way. */
class RedisPartialSavesIT {
    private static final String NONE_LOST = "*0\r\n";
    private static final String NO_MEMORY = "-OOM command not allowed, it had pa55-t500 in it\r\n";
    private static final String REPLICA = "-READONLY You can't write against a read only replica.\r\n";

    private static RedisServerUnderTest server;
    private static UnifiedJedis admin;
    private static Interposer between;

    @BeforeAll
    static void startRedis() throws Exception {
        server = RedisServerUnderTest.start();
        admin = server.client();
        between = Interposer.start(server);
        CommandArguments acl = new CommandArguments(Command.ACL).add("SETUSER").add("clerk");
        List.of("reset", "on", ">pw", "~*", "&*", "+@all", "-multi").forEach(acl::add);
        admin.executeCommand(acl);
    }

    @AfterAll
    static void stopRedis() {
        between.close();
        admin.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        admin.flushAll();
    }

    @Test
    void whatIsRefusedAtOnceIsReadAgainAndTheRestIsInTheHistory() {
        try (RedisGatewayStore store = RedisGatewayStore.open(uri(""), "example.com", "alice")) {
            // The greeting of a connection holds an empty list, too.
            assertThat(store.find("t0")).isEmpty();
            between.replace(NONE_LOST, null, NO_MEMORY);

            assertThat(store.saveAll(trunks(1_000)))
                    .hasSize(1_000)
                    .allMatch(outcome -> outcome instanceof SaveOutcome.Saved);

            assertThat(store.history("t499", 1)).hasSize(1);
            assertThat(store.snapshot().gateways()).hasSize(1_000);
        }
    }

    @Test
    void everyRefusalIsThrownAndWhatWasDoneIsInTheHistory() {
        try (RedisGatewayStore store = RedisGatewayStore.open(uri("clerk:pw@"), "example.com", "alice")) {
            // The greeting of a connection holds an empty list, too.
            assertThat(store.find("t0")).isEmpty();
            between.replace(NONE_LOST, null, NO_MEMORY, REPLICA, null);

            assertThatThrownBy(() -> store.saveAll(trunks(2_000)))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("OOM")
                    .hasMessageNotContaining("pa55")
                    .satisfies(e -> {
                        assertThat(e.getSuppressed()).hasSize(1);
                        assertThat(e.getSuppressed()[0])
                                .isInstanceOf(StoreUnavailableException.class)
                                .hasMessageContaining("READONLY");
                    });

            assertThat(store.history("t499", 1)).hasSize(1);
            assertThat(store.history("t500", 1)).isEmpty();
            assertThat(store.history("t1000", 1)).isEmpty();
            assertThat(store.history("t1999", 1)).hasSize(1);
        }
    }

    /** The user may not begin one: to ask again with each save costs two round trips. */
    @Test
    void transactionsThatAreForbiddenAreTriedOnce() {
        int before = between.timesAsked("MULTI");
        try (RedisGatewayStore store = RedisGatewayStore.open(uri("clerk:pw@"), "example.com")) {
            store.saveAll(trunks(2_000));
            assertThat(between.timesAsked("MULTI")).isEqualTo(before + 1);

            store.saveAll(trunks(2_000));

            assertThat(between.timesAsked("MULTI")).isEqualTo(before + 1);
        }
    }

    private static String uri(String user) {
        return "redis://" + user + "127.0.0.1:" + between.port();
    }

    private static List<Gateway> trunks(int count) {
        return IntStream.range(0, count).mapToObj(i -> Samples.trunk("t" + i)).toList();
    }
}
