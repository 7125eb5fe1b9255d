package io.github.ctigateway.xml;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.xml.internal.BasicCredentials;
import io.github.ctigateway.xml.internal.DeadlineExecutor;
import io.github.ctigateway.xml.internal.HttpServerEnd;
import io.github.ctigateway.xml.internal.XmlCurlHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Serves an {@link XmlCurlAnswerer} with the JDK's HTTP server: POST or GET, any path. Requests are bounded to 64 KiB, and a client that
 * takes longer than the deadline for one exchange is cut off. Its threads are daemons. Thread-safe.
 *
 * <p>The answers hold passwords. It listens beyond loopback only with credentials; give it TLS or a network that you trust, too.
 */
public final class XmlCurlServer implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final HttpServer server;
    private final HttpServerEnd end;
    private final DeadlineExecutor executor;
    private final boolean tls;

    private XmlCurlServer(HttpServer server, HttpServerEnd end, DeadlineExecutor executor, boolean tls) {
        this.server = server;
        this.end = end;
        this.executor = executor;
        this.tls = tls;
    }

    /**
     * Starts to describe a server.
     *
     * @param address where it listens; port 0 takes any free port
     */
    public static Builder builder(XmlCurlAnswerer answerer, InetSocketAddress address) {
        return new Builder(answerer, address);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /**
     * What FreeSWITCH is to ask, for {@link XmlCurlBinding}.
     *
     * @param host the name or address under which FreeSWITCH reaches this machine
     */
    public URI uri(String host) {
        return URI.create(
                (tls ? "https://" : "http://") + literal(host) + ":" + address().getPort() + "/");
    }

    private static String literal(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Stops at once; exchanges that are under way are cut off. */
    @Override
    public void close() {
        end.end();
        executor.close();
    }

    /** Collects what a server needs. Not thread-safe. */
    public static final class Builder {
        private final XmlCurlAnswerer answerer;
        private final InetSocketAddress address;
        private final Set<InetAddress> allowed = new HashSet<>();
        private @Nullable BasicCredentials credentials;
        private @Nullable SSLContext tls;
        private Duration deadline = Duration.ofSeconds(10);

        private Builder(XmlCurlAnswerer answerer, InetSocketAddress address) {
            this.answerer = Objects.requireNonNull(answerer, "answerer cannot be null");
            this.address = Objects.requireNonNull(address, "address cannot be null");
        }

        /** Asks for these by HTTP Basic. */
        public Builder credentials(String user, String password) {
            if (password.isEmpty()) {
                throw new IllegalArgumentException("password cannot be empty");
            }
            this.credentials = new BasicCredentials(user, password);
            return this;
        }

        /** Answers this address, and from then on no other that was not allowed too. */
        public Builder allow(InetAddress client) {
            allowed.add(Objects.requireNonNull(client, "client cannot be null"));
            return this;
        }

        /** Speaks https. */
        public Builder tls(SSLContext context) {
            this.tls = Objects.requireNonNull(context, "context cannot be null");
            return this;
        }

        /** The longest that one exchange may take, from its first byte; 10 seconds when not set. */
        public Builder deadline(Duration longest) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException("deadline must be longer than zero");
            }
            this.deadline = longest;
            return this;
        }

        /**
         * Listens.
         *
         * @throws IllegalStateException when it would listen beyond loopback without credentials
         * @throws PublisherException when it cannot listen there
         */
        public XmlCurlServer start() {
            if (address.isUnresolved()) {
                throw new PublisherException("Cannot listen on " + place() + ": the host is not known", false, null);
            }
            if (credentials == null && !address.getAddress().isLoopbackAddress()) {
                throw new IllegalStateException("The answers hold passwords: to listen on " + place()
                        + ", which is not loopback, set credentials");
            }
            HttpServer server;
            try {
                server = create();
            } catch (IOException failure) {
                throw new PublisherException(
                        "Cannot listen on " + place() + ": " + failure.getMessage(), true, failure);
            }
            DeadlineExecutor executor = new DeadlineExecutor("cti-gateway-xml-curl", deadline);
            HttpServerEnd end = new HttpServerEnd(server, executor);
            server.setExecutor(end);
            server.createContext("/", new XmlCurlHandler(answerer, credentials, allowed));
            server.start();
            return new XmlCurlServer(server, end, executor, tls != null);
        }

        /** As it was given; an InetSocketAddress would print its address beside its name. */
        private String place() {
            return literal(address.getHostString()) + ":" + address.getPort();
        }

        private HttpServer create() throws IOException {
            if (tls == null) {
                return HttpServer.create(address, BACKLOG);
            }
            HttpsServer https = HttpsServer.create(address, BACKLOG);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            return https;
        }
    }
}
