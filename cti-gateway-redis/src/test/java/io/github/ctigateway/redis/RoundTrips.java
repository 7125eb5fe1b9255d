package io.github.ctigateway.redis;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Counts how often a client, having sent something, turns to wait for the answer. */
final class RoundTrips {
    private final AtomicInteger count = new AtomicInteger();

    /** A client whose round trips are counted, from opening its connections on; the test closes it. */
    RedisClient client(RedisServerUnderTest server) {
        JedisSocketFactory sockets = () -> {
            try {
                return new CountedSocket(server.host(), server.port());
            } catch (IOException e) {
                throw new JedisConnectionException(e);
            }
        };
        ConnectionFactory connections = new ConnectionFactory(
                sockets, DefaultJedisClientConfig.builder().build());
        return RedisClient.builder()
                .connectionProvider(new PooledConnectionProvider(connections))
                .build();
    }

    /** How many round trips the work takes. */
    int of(Runnable work) {
        int before = count.get();
        work.run();
        return count.get() - before;
    }

    private final class CountedSocket extends Socket {
        private final AtomicBoolean sent = new AtomicBoolean();

        CountedSocket(String host, int port) throws IOException {
            super(host, port);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    sent.set(true);
                    out.write(bytes, from, length);
                }

                @Override
                public void write(int one) throws IOException {
                    sent.set(true);
                    out.write(one);
                }
            };
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    if (sent.getAndSet(false)) {
                        count.incrementAndGet();
                    }
                    return in.read(bytes, from, length);
                }

                @Override
                public int read() throws IOException {
                    if (sent.getAndSet(false)) {
                        count.incrementAndGet();
                    }
                    return in.read();
                }
            };
        }
    }
}
