package io.github.ctigateway.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.redis.internal.RedisUri.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisUriTest {
    @Test
    void readsASingleServer() {
        RedisUri uri = RedisUri.parse(
                "rediss://me:p%40ss%25+@redis.example.com/3?timeout-ms=250&client-name=x%20y&protocol=3");

        assertThat(uri.topology()).isEqualTo(Topology.SINGLE);
        assertThat(uri.tls()).isTrue();
        assertThat(uri.user()).isEqualTo("me");
        assertThat(uri.password()).isEqualTo("p@ss%+");
        assertThat(uri.hosts()).containsExactly(new HostAndPort("redis.example.com", 6379));
        assertThat(uri.database()).isEqualTo(3);
        assertThat(uri.option("timeout-ms")).isEqualTo("250");
        assertThat(uri.option("client-name")).isEqualTo("x y");
        assertThat(uri.option("protocol")).isEqualTo("3");
    }

    @Test
    void readsAPasswordWithoutUserAndAnAddressOfVersionSix() {
        RedisUri uri = RedisUri.parse("redis://:a:b@c/d@[::1]:7000");

        assertThat(uri.user()).isNull();
        assertThat(uri.password()).isEqualTo("a:b@c/d");
        assertThat(uri.hosts()).containsExactly(new HostAndPort("::1", 7000));
    }

    @Test
    void readsSentinels() {
        RedisUri uri = RedisUri.parse("redis+sentinel://u:p@s1,s2:5000/mymaster/2?sentinel-password=x");

        assertThat(uri.topology()).isEqualTo(Topology.SENTINEL);
        assertThat(uri.hosts()).containsExactly(new HostAndPort("s1", 26379), new HostAndPort("s2", 5000));
        assertThat(uri.master()).isEqualTo("mymaster");
        assertThat(uri.database()).isEqualTo(2);
        assertThat(uri.option("sentinel-password")).isEqualTo("x");
    }

    @Test
    void readsAClusterAndPrintsNoPassword() {
        RedisUri uri = RedisUri.parse("rediss+cluster://u:topsecret@a:1,b:2");

        assertThat(uri.topology()).isEqualTo(Topology.CLUSTER);
        assertThat(uri.hosts()).hasSize(2);
        assertThat(uri.toString()).doesNotContain("topsecret").contains("a:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "topsecret",
                "http://topsecret@a",
                "redis://topsecret@",
                "redis://u:topsecret@a:x",
                "redis://u:topsecret@a:70000",
                "redis://u:topsecret@a:0",
                "redis://u:%zztopsecret@a",
                "redis://u:topsecret@a,b",
                "redis://u:topsecret@a/x",
                "redis://u:topsecret@a?timeout-ms=0",
                "redis://u:topsecret@a?password=topsecret",
                "redis://u:topsecret@a?protocol=4",
                "redis+sentinel://u:topsecret@a",
                "redis+cluster://u:topsecret@a/1"
            })
    void whatIsNotUnderstoodIsNotQuoted(String uri) {
        assertThatThrownBy(() -> RedisUri.parse(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("topsecret")
                .hasMessageContaining("not understood")
                .hasNoCause();
    }
}
