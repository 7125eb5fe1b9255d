package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmlCurlServerTest {
    private static final String START = "hostname=node1&section=configuration&tag_name=configuration&key_name=name"
            + "&key_value=sofia.conf&profile=external&reconfig=true&gateway=_all_";
    private static final Gateway GATEWAY = Gateway.builder("a")
            .set("username", "u")
            .set("password", "密码$${domain}")
            .build();

    private final XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<XmlCurlServer> servers = new ArrayList<>();

    XmlCurlServerTest() {
        answerer.publisher("node1", "external").publish(List.of(GATEWAY), Set.of("a"));
    }

    @AfterEach
    void close() {
        servers.forEach(XmlCurlServer::close);
    }

    @Test
    void answersAPostAndAGet() throws Exception {
        URI uri = start(loopback()).uri("127.0.0.1");
        HttpResponse<String> posted = client.send(post(uri, START).build(), BodyHandlers.ofString());
        HttpResponse<String> got = client.send(
                HttpRequest.newBuilder(URI.create(uri + "x?" + START)).build(), BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(posted.headers().firstValue("Content-Type")).contains("text/xml; charset=utf-8");
        assertThat(GatewayXmlReader.create().read(posted.body()).gateways()).containsExactly(GATEWAY);
        assertThat(got.body()).isEqualTo(posted.body());
    }

    @Test
    void asksForCredentials() throws Exception {
        URI uri = start(loopback().credentials("fs", "pä:ss")).uri("127.0.0.1");
        assertThat(status(post(uri, START))).isEqualTo(401);
        assertThat(status(post(uri, START).header("Authorization", basic("fs:wrong"))))
                .isEqualTo(401);
        assertThat(status(post(uri, START).header("Authorization", "Basic ###")))
                .isEqualTo(401);
        assertThat(status(post(uri, START).header("Authorization", "Bearer x"))).isEqualTo(401);
        assertThat(status(post(uri, START).header("Authorization", basic("fs:pä:ss"))))
                .isEqualTo(200);
    }

    @Test
    void listensBeyondLoopbackOnlyWithCredentials() {
        InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", 0);
        assertThatThrownBy(() -> XmlCurlServer.builder(answerer, everywhere).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("credentials");
        assertThat(start(XmlCurlServer.builder(answerer, everywhere).credentials("fs", "x"))
                        .address()
                        .getPort())
                .isPositive();
    }

    @Test
    void speaksTls(@TempDir Path directory) throws Exception {
        SSLContext context = tls(directory.resolve("keys.p12"));
        XmlCurlServer server = start(loopback().tls(context));
        URI uri = server.uri("localhost");
        assertThat(uri.getScheme()).isEqualTo("https");
        HttpClient trusting = HttpClient.newBuilder().sslContext(context).build();
        assertThat(trusting.send(post(uri, START).build(), BodyHandlers.ofString())
                        .body())
                .contains("<gateway name=\"a\">");
    }

    @Test
    void saysWhenItCannotListen() {
        InetSocketAddress taken = start(loopback()).address();
        assertThatThrownBy(() -> XmlCurlServer.builder(answerer, taken).start())
                .isInstanceOf(PublisherException.class)
                .hasMessageContaining(String.valueOf(taken.getPort()));
        assertThatThrownBy(() -> XmlCurlServer.builder(answerer, InetSocketAddress.createUnresolved("no.invalid", 1))
                        .start())
                .isInstanceOf(PublisherException.class);
    }

    @Test
    void answersOnlyAllowedAddresses() throws Exception {
        URI refused = start(loopback().allow(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1})))
                .uri("127.0.0.1");
        assertThat(status(post(refused, START))).isEqualTo(403);
        URI allowed = start(loopback().allow(InetAddress.getLoopbackAddress())).uri("127.0.0.1");
        assertThat(status(post(allowed, START))).isEqualTo(200);
    }

    @Test
    void refusesWhatIsTooLargeOrNoRequestOfFreeSwitch() throws Exception {
        URI uri = start(loopback()).uri("127.0.0.1");
        assertThat(status(post(uri, "a=" + "x".repeat(65_000)))).isEqualTo(200);
        assertThat(status(post(uri, "a=" + "x".repeat(70_000)))).isEqualTo(413);
        assertThat(status(HttpRequest.newBuilder(uri).DELETE())).isEqualTo(405);
    }

    @Test
    void answersManyAtOnce() {
        URI uri = start(loopback()).uri("127.0.0.1");
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(client.sendAsync(post(uri, START).build(), BodyHandlers.ofString()));
        }
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(answer.join().body()).contains("<gateway name=\"a\">");
        });
    }

    @Test
    void slowAndBrokenClientsAreCutOffAndKeepNobodyElseWaitingForLong() throws Exception {
        XmlCurlServer server = start(loopback().deadline(Duration.ofMillis(300)));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                slow.add(send(server, i % 2 == 0 ? "POST / HT" : "POST / HTTP/1.1\r\nContent-Length: 50\r\n\r\na="));
            }
            for (String broken :
                    List.of("\0\0\0\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n")) {
                send(server, broken).close();
            }
            assertThat(status(post(server.uri("127.0.0.1"), START))).isEqualTo(200);
            for (Socket socket : slow) {
                assertThat(isCutOff(socket)).isTrue();
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(status(post(server.uri("127.0.0.1"), START))).isEqualTo(200);
    }

    @Test
    void closeEndsWhatIsUnderWay() throws Exception {
        XmlCurlServer server = start(loopback());
        try (Socket slow = send(server, "POST / HTTP/1.1\r\nContent-Length: 50\r\n\r\na=")) {
            server.close();
            assertThat(isCutOff(slow)).isTrue();
        }
        assertThatThrownBy(() -> status(post(server.uri("127.0.0.1"), START))).isInstanceOf(IOException.class);
    }

    /** The JDK's server forgets a connection that it is just accepting while it is stopped by another thread. */
    @Test
    void closeForgetsNoConnectionThatComesMeanwhile() throws Exception {
        for (int round = 0; round < 300; round++) {
            XmlCurlServer server = start(loopback());
            List<Socket> clients = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    clients.add(send(server, "POST / HTTP/1.1\r\nContent-Length: 50\r\n\r\na="));
                }
                server.close();
                for (Socket each : clients) {
                    assertThat(isCutOff(each)).isTrue();
                }
            } finally {
                for (Socket each : clients) {
                    each.close();
                }
            }
        }
    }

    private XmlCurlServer.Builder loopback() {
        return XmlCurlServer.builder(answerer, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private XmlCurlServer start(XmlCurlServer.Builder builder) {
        XmlCurlServer server = builder.start();
        servers.add(server);
        return server;
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static SSLContext tls(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "test",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static HttpRequest.Builder post(URI uri, String form) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static Socket send(XmlCurlServer server, String text) throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return socket;
    }

    private static boolean isCutOff(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            while (in.read() >= 0) {
                // Whatever it still says before it hangs up
            }
            return true;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }
}
