package io.github.ctigateway.xml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HttpServerEndTest {
    private final StopsSeen server = new StopsSeen();
    private final AtomicReference<Thread> accepting = new AtomicReference<>();
    private final HttpServerEnd end = new HttpServerEnd(server, Runnable::run);

    HttpServerEndTest() throws IOException {
        server.setExecutor(exchange -> {
            accepting.set(Thread.currentThread());
            end.execute(exchange);
        });
        server.start();
    }

    @Test
    void stopsTheServerFirstOnTheThreadThatAccepts() {
        end.end();

        assertThat(server.stops.get(0)).isSameAs(accepting.get()).isNotSameAs(Thread.currentThread());
        assertThat(accepting.get().isAlive()).isFalse();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void anInterruptedThreadEndsItAllTheSameAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        try {
            end.end();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(server.stops.get(0)).isSameAs(accepting.get());
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.port))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void endsOnce() {
        end.end();
        int stops = server.stops.size();
        end.end();

        assertThat(server.stops).hasSize(stops);
    }

    /** The JDK's server, and which threads stop it. */
    private static final class StopsSeen extends HttpServer {
        private final HttpServer server;
        private final int port;
        private final List<Thread> stops = new CopyOnWriteArrayList<>();

        StopsSeen() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            port = server.getAddress().getPort();
        }

        @Override
        public void stop(int delay) {
            stops.add(Thread.currentThread());
            server.stop(delay);
        }

        @Override
        public void bind(InetSocketAddress address, int backlog) throws IOException {
            server.bind(address, backlog);
        }

        @Override
        public void start() {
            server.start();
        }

        @Override
        public void setExecutor(Executor executor) {
            server.setExecutor(executor);
        }

        @Override
        public Executor getExecutor() {
            return server.getExecutor();
        }

        @Override
        public HttpContext createContext(String path, HttpHandler handler) {
            return server.createContext(path, handler);
        }

        @Override
        public HttpContext createContext(String path) {
            return server.createContext(path);
        }

        @Override
        public void removeContext(String path) {
            server.removeContext(path);
        }

        @Override
        public void removeContext(HttpContext context) {
            server.removeContext(context);
        }

        @Override
        public InetSocketAddress getAddress() {
            return server.getAddress();
        }
    }
}
