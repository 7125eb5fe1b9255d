package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EslClientTlsTest {
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static SSLContext forLoopback;
    private static SSLContext forAnotherHost;

    @BeforeAll
    static void makeCertificates() throws Exception {
        forLoopback = context("san=ip:127.0.0.1");
        forAnotherHost = context("san=dns:fs.example.com");
    }

    /** A context that shows a fresh certificate and trusts only that. */
    private static SSLContext context(String names) throws Exception {
        Path store = directory.resolve(names.replace(':', '-') + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "fs",
                        "-dname",
                        "CN=test",
                        "-ext",
                        names,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(STORE_PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD);
        }
        KeyManagerFactory show = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        show.init(keys, STORE_PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(show.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static ScriptedServer start(SSLContext context, ScriptedServer.Script script) throws IOException {
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        return ScriptedServer.start(socket, script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void everythingWorksOverTls(String protocol) throws Exception {
        ServerSocket socket =
                forLoopback.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ((javax.net.ssl.SSLServerSocket) socket).setEnabledProtocols(new String[] {protocol});
        String large = "x".repeat(500_000);
        try (ScriptedServer server =
                        ScriptedServer.start(socket, peer -> peer.login().echo());
                EslClient client =
                        EslClient.open(server.options().sslContext(forLoopback).build())) {
            List<CompletableFuture<String>> replies = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                replies.add(client.apiAsync("echo " + i));
            }
            for (int i = 0; i < 4; i++) {
                replies.add(client.apiAsync("echo " + i + large));
            }
            for (int i = 0; i < 2_000; i++) {
                assertThat(replies.get(i).join()).isEqualTo(Integer.toString(i));
            }
            for (int i = 0; i < 4; i++) {
                assertThat(replies.get(2_000 + i).join()).isEqualTo(i + large);
            }
        }
    }

    @Test
    void certificateOfAnotherHostIsNotTaken() throws Exception {
        try (ScriptedServer server = start(forAnotherHost, peer -> peer.login().echo())) {
            assertThatThrownBy(() -> EslClient.open(
                            server.options().sslContext(forAnotherHost).build()))
                    .isInstanceOf(EslUnreachableException.class)
                    .hasMessageContaining("TLS");
        }
    }

    @Test
    void certificateThatNobodyVouchesForIsNotTaken() throws Exception {
        try (ScriptedServer server = start(forLoopback, peer -> peer.login().echo())) {
            assertThatThrownBy(() -> EslClient.open(
                            server.options().sslContext(forAnotherHost).build()))
                    .isInstanceOf(EslUnreachableException.class);
        }
    }

    @Test
    void serverWithoutTlsIsTyped() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> peer.send("Content-Type: auth/request\n\n"))) {
            assertThatThrownBy(() -> EslClient.open(
                            server.options().sslContext(forLoopback).build()))
                    .isInstanceOf(EslUnreachableException.class);
        }
    }

    @Test
    void silentServerRunsIntoTheConnectTimeout() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Peer::silence)) {
            assertThatThrownBy(() -> EslClient.open(server.options()
                            .sslContext(forLoopback)
                            .connectTimeout(Duration.ofMillis(200))
                            .build()))
                    .isInstanceOf(EslTimeoutException.class);
        }
    }
}
