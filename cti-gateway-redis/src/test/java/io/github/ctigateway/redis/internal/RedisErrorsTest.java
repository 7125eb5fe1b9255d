package io.github.ctigateway.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.store.StoreException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** What is said of why Redis could not be reached. */
@Timeout(10)
class RedisErrorsTest {
    private static String said(JedisConnectionException failure) {
        StoreException told = RedisErrors.of("reading", failure);
        assertThat(told.isRetryable()).isTrue();
        return told.getMessage();
    }

    private static JedisConnectionException beside(Throwable reason) {
        JedisConnectionException failure = new JedisConnectionException("Failed to connect, HSET k v s3cret");
        failure.addSuppressed(reason);
        return failure;
    }

    @Test
    void theNetworksWordsAreSaidWhereverTheyHang() {
        assertThat(said(new JedisConnectionException(new ConnectException("Connection refused"))))
                .contains(" (Connection refused)");
        assertThat(said(beside(new NoRouteToHostException("No route to host")))).contains(" (No route to host)");
        JedisClusterOperationException cluster = new JedisClusterOperationException("Could not initialize");
        cluster.addSuppressed(beside(new SocketException("Connection reset")));
        assertThat(RedisErrors.of("reading", cluster)).hasMessageContaining(" (Connection reset)");
    }

    @Test
    void neitherTheHostNorJedissWordsAreQuoted() {
        assertThat(said(beside(new UnknownHostException("s3cret@host"))))
                .contains(" (unknown host)")
                .doesNotContain("s3cret");
    }

    @Test
    void whereTheNetworkSaidNothingNothingIsAdded() {
        assertThat(said(beside(new SocketException()))).doesNotContain("(").doesNotContain("null");
    }

    /** As of a pipeline that is lost and then closed. */
    @Test
    void failuresThatHangOnEachOtherAreSaidOnce() {
        JedisConnectionException first = new JedisConnectionException("first");
        JedisConnectionException second = new JedisConnectionException("second", first);
        first.addSuppressed(second);

        assertThat(said(first)).startsWith("Redis could not be reached");
    }
}
