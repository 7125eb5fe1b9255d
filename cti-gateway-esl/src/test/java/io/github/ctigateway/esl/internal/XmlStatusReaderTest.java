package io.github.ctigateway.esl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlStatusReaderTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<gateways>\n";

    private static String gateway(String... elements) {
        return "  <gateway>\n    " + String.join("\n    ", elements) + "\n  </gateway>\n";
    }

    private static List<LiveGateway> read(String gateways) {
        return XmlStatusReader.read(HEAD + gateways + "</gateways>\n").orElseThrow();
    }

    @Test
    void readsWhatARealFreeSwitchSent() throws IOException {
        List<LiveGateway> gateways = XmlStatusReader.read(
                        resource("/io/github/ctigateway/esl/simulator/captured-xmlstatus.xml"))
                .orElseThrow();
        assertThat(gateways)
                .extracting(LiveGateway::name)
                .containsExactlyInAnyOrder("pinged", "pingdown", "noreg", "mute", "good", "busy", "bad");
        LiveGateway pingdown = gateways.stream()
                .filter(gateway -> gateway.name().equals("pingdown"))
                .findFirst()
                .orElseThrow();
        assertThat(pingdown.state()).isEqualTo(RegistrationState.NOREG);
        assertThat(pingdown.ping()).isEqualTo(PingStatus.DOWN);
        assertThat(pingdown.profile()).isEqualTo("external");
        assertThat(pingdown.fields())
                .containsEntry("from", "<sip:FreeSWITCH@127.0.0.1:5999>")
                .containsEntry("calls-in", "0")
                .doesNotContainKey("password");
    }

    @Test
    void unescapedValuesAreTakenAsTheyStand() {
        LiveGateway gateway = read(gateway(
                        "<name>a</name>",
                        "<realm>a&b<c></d>&lt;</realm>",
                        "<username>名</realm></username>",
                        "<from>&quot;x&amp;lt;&quot; &lt;sip:a&gt;</from>",
                        "<state>REGED</state>"))
                .get(0);
        assertThat(gateway.fields())
                .containsEntry("realm", "a&b<c></d>&lt;")
                .containsEntry("username", "名</realm>")
                .containsEntry("from", "\"x&lt;\" <sip:a>");
        assertThat(gateway.state()).isEqualTo(RegistrationState.REGED);
    }

    @Test
    void valueWithALineEndInItIsOneValue() {
        assertThat(read(gateway("<name>a</name>", "<realm>one\n  </gateway>\nthree</realm>", "<proxy></proxy>")))
                .singleElement()
                .satisfies(gateway -> assertThat(gateway.fields())
                        .containsEntry("realm", "one\n  </gateway>\nthree")
                        .containsEntry("proxy", ""));
    }

    @Test
    void nameThatStandsTwiceIsTwoGateways() {
        assertThat(read(gateway("<name>a</name>", "<state>DOWN</state>")
                        + gateway("<name>a</name>", "<state>TRYING</state>")))
                .extracting(LiveGateway::state)
                .containsExactly(RegistrationState.DOWN, RegistrationState.TRYING);
    }

    @Test
    void unknownWordsAndElementsAreKept() {
        LiveGateway gateway = read(gateway("<name>a</name>", "<state>NEWSTATE</state>", "<retry>NEVER</retry>"))
                .get(0);
        assertThat(gateway.state()).isEqualTo(RegistrationState.UNKNOWN);
        assertThat(gateway.fields()).containsEntry("state", "NEWSTATE").containsEntry("retry", "NEVER");
    }

    @Test
    void noGatewaysIsAnEmptyListAndNoDocumentIsNone() {
        assertThat(read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-ERR no reply\n", "Invalid Gateway!\n", HEAD, HEAD + "  <gateway>\n    <name>a</name>\n"})
    void whatIsNoWholeDocumentIsNotTakenForNoGateways(String document) {
        assertThat(XmlStatusReader.read(document)).isEmpty();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = XmlStatusReaderTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
