package io.github.ctigateway.xml.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of mod_xml_curl: who may ask, how much, and the answer. Logs neither requests nor answers. */
public final class XmlCurlHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(XmlCurlHandler.class);
    private static final int LARGEST_REQUEST = 64 * 1024;

    private final XmlCurlAnswerer answerer;
    private final @Nullable BasicCredentials credentials;
    private final Set<InetAddress> allowed;

    /**
     * @param allowed who may ask; everybody when empty
     */
    public XmlCurlHandler(XmlCurlAnswerer answerer, @Nullable BasicCredentials credentials, Set<InetAddress> allowed) {
        this.answerer = answerer;
        this.credentials = credentials;
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            respond(exchange);
        } catch (IOException lost) {
            LOG.debug("A client was lost while it was answered: {}", exchange.getRemoteAddress(), lost);
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        if (!allowed.isEmpty() && !allowed.contains(exchange.getRemoteAddress().getAddress())) {
            refuse(exchange, 403, "address not allowed");
            return;
        }
        if (credentials != null
                && !credentials.match(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"cti-gateway\", charset=\"UTF-8\"");
            refuse(exchange, 401, "wrong or no credentials");
            return;
        }
        String form;
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
                if (body.length > LARGEST_REQUEST) {
                    refuse(exchange, 413, "request too large");
                    return;
                }
                form = new String(body, StandardCharsets.UTF_8);
            }
            case "GET" -> {
                String query = exchange.getRequestURI().getRawQuery();
                form = query == null ? "" : query;
            }
            default -> {
                exchange.getResponseHeaders().set("Allow", "GET, POST");
                refuse(exchange, 405, "method not allowed");
                return;
            }
        }
        byte[] document = answerer.answerForm(form).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
        exchange.sendResponseHeaders(200, document.length);
        exchange.getResponseBody().write(document);
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        LOG.warn("Refused a request for gateways from {}: {}", exchange.getRemoteAddress(), why);
        exchange.sendResponseHeaders(status, -1);
    }
}
