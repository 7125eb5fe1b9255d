package io.github.ctigateway.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.GatewayDefinition;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.xml.GatewayXmlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve-xml}, and {@code --xml-curl}, with a simulator that asks as mod_xml_curl does. */
class XmlCurlTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private String post(int port, String form, String credentials) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    /** What mod_xml_curl does when gateways are to be started; nothing when nobody answers. */
    private List<GatewayDefinition> ask(int port, SimulatedConfiguration.Request request) {
        if (request.startGateway().isEmpty()) {
            return List.of();
        }
        try {
            String answer = post(
                    port,
                    "hostname=" + request.node() + "&section=configuration&tag_name=configuration&key_name=name"
                            + "&key_value=sofia.conf&profile=" + request.profile() + "&reconfig=true&gateway="
                            + request.startGateway().orElseThrow(),
                    "fs:curl-s3cret");
            assertThat(answer).startsWith("200 ");
            return GatewayXmlReader.create().read(answer.substring(4)).gateways().stream()
                    .map(GatewayDefinition::of)
                    .toList();
        } catch (ConnectException nobodyAnswers) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void applyAnswersModXmlCurlInsteadOfWritingFiles() {
        int port = RealRedis.deadPort();
        Samples.file(directory, "mytrunk", Samples.mytrunk());
        Samples.file(directory, "by-address", Samples.BY_ADDRESS);
        try (FreeSwitchSimulator freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", request -> ask(port, request))
                .tick(Duration.ofMillis(20))
                .start()) {
            Cli cli = new Cli(
                    List.of(
                            "--memory",
                            "--load",
                            directory.toString(),
                            "--esl",
                            "127.0.0.1:" + freeSwitch.port(),
                            "--xml-curl",
                            "127.0.0.1:" + port,
                            "--xml-curl-user",
                            "fs"),
                    Map.of("ESL_PASSWORD", freeSwitch.password(), "XML_CURL_PASSWORD", "curl-s3cret"));

            assertThat(cli.run("plan").code()).isEqualTo(ExitCodes.CHANGES);
            Cli.Run run = cli.run("apply");

            assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.OK);
            assertThat(run.out()).contains("mytrunk", "Applied[REGED", "2 changed, 0 not as wanted");
            assertThat(run.out() + run.err()).doesNotContain("curl-s3cret", Samples.PASSWORD);
        }
    }

    @Test
    void serveXmlAnswersWithWhatIsStoredAndSaysWhatToInstall() throws Exception {
        int port = RealRedis.deadPort();
        Samples.file(directory, "mytrunk", Samples.mytrunk());
        Cli cli = new Cli(
                List.of("--memory", "--load", directory.toString(), "--xml-curl-user", "fs"),
                Map.of("XML_CURL_PASSWORD", "curl-s3cret"));

        Background run = Background.start(cli, "serve-xml", "--listen", "127.0.0.1:" + port);
        String form = "hostname=any&section=directory&purpose=gateways&profile=external";
        await().ignoreExceptions()
                .until(() -> post(port, form, "fs:curl-s3cret").contains("<gateway name=\"mytrunk\">"));

        assertThat(post(port, form, "fs:curl-s3cret")).contains("cti_gateway_stamp");
        assertThat(post(port, form, "fs:wrong")).startsWith("401 ").doesNotContain("mytrunk");
        Cli.Run ended = run.end();
        assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCodes.OK);
        assertThat(ended.out()).contains("xml_curl.conf", "http://127.0.0.1:" + port + "/", "fs:***");
        assertThat(ended.out() + ended.err()).doesNotContain("curl-s3cret", Samples.PASSWORD);
    }

    @Test
    void listeningBeyondLoopbackNeedsCredentials() {
        Cli.Run run = Cli.with("--memory").run("serve-xml", "--listen", "0.0.0.0:0");

        assertThat(run.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).hasLineCount(1).contains("--xml-curl-user");
        assertThat(Cli.with("--memory").run("serve-xml").code()).isEqualTo(ExitCodes.USAGE);
        assertThat(Cli.with("--memory").run("serve-xml", "--listen", "nonsense").code())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aPortThatIsTakenIsAFinding() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Cli.Run run = Cli.with("--memory").run("serve-xml", "--listen", "127.0.0.1:" + taken.getLocalPort());

            assertThat(run.code()).isEqualTo(ExitCodes.FINDINGS);
            assertThat(run.err()).hasLineCount(1).contains("Cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ");
        }
    }
}
