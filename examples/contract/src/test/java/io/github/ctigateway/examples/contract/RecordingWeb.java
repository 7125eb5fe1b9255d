package io.github.ctigateway.examples.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.ctigateway.esl.contract.RealSwitch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A web server that keeps what mod_xml_curl asked it and what it answered, so that tests see both. Thread-safe. */
final class RecordingWeb implements AutoCloseable {
    /** An answer that is sent as the status 500. */
    static final String FAILURE = "500";

    /** A real server's questions carry what every event carries, too; nobody needs that to answer. */
    private static final Pattern EVERY_EVENTS_OWN = Pattern.compile("Core-UUID|Event-.*|FreeSWITCH-.*");

    private final HttpServer server;
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<String> answers = form -> "";

    /**
     * A question and its answer.
     *
     * @param fields the fields of the question, less those that every event has
     * @param answer the document
     */
    record Exchange(Map<String, String> fields, String answer) {
        boolean is(String field, String value) {
            return value.equals(fields.get(field));
        }
    }

    private RecordingWeb(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** On any port, for the simulator. */
    static RecordingWeb onAnyPort() {
        return new RecordingWeb(0);
    }

    /** On the port that a real FreeSWITCH posts to. */
    static RecordingWeb forRealSwitch() {
        return new RecordingWeb(RealSwitch.xmlCurlPort());
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** From now on a form is answered with this document. */
    void answerWith(UnaryOperator<String> documents) {
        answers = documents;
    }

    void forget() {
        exchanges.clear();
    }

    /** Every exchange since {@link #forget}. */
    List<Exchange> all() {
        return List.copyOf(exchanges);
    }

    /** Those that a start or a rescan of a profile asks for its gateways. */
    List<Exchange> ofGateways() {
        return exchanges.stream()
                .filter(exchange -> exchange.fields.containsKey("profile"))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String document = answers.apply(form);
            exchanges.add(new Exchange(fields(form), document));
            byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
            int length = bytes.length == 0 ? -1 : bytes.length;
            exchange.sendResponseHeaders(document.equals(FAILURE) ? 500 : 200, length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = pair.substring(0, equals);
            if (!EVERY_EVENTS_OWN.matcher(name).matches()) {
                fields.put(name, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
