package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayPlacement;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayJsonReadTest {
    @Test
    void readsTheGatewayOfModCtisPage() {
        Gateway gateway = Samples.read(Samples.mytrunk());

        assertThat(gateway.name()).isEqualTo("mytrunk");
        assertThat(gateway.parameters())
                .containsExactly(
                        Map.entry("register", "true"),
                        Map.entry("caller-id-in-from", "true"),
                        Map.entry("realm", "180.76.224.191:35560"),
                        Map.entry("from-user", ""),
                        Map.entry("destination-prefix", ""),
                        Map.entry("username", "mytrunk"),
                        Map.entry("password", "mytrunk@ddt"));
        assertThat(gateway.variables()).containsExactly(GatewayVariable.of("sip_sticky_contact", "true"));
        assertThat(gateway.additionalMembers()).isEmpty();
    }

    @Test
    void readsEveryScalarAsItIsSpelt() {
        Gateway gateway = Samples.read("""
                {"param":{"a":true,"b":false,"c":60,"d":1.50,"e":1e3,"f":-0,"g":null,"h":"x\\u0041\\n"},
                 "variables":{"v":1E+05,"w":null}}""");

        assertThat(gateway.parameters())
                .containsExactly(
                        Map.entry("a", "true"),
                        Map.entry("b", "false"),
                        Map.entry("c", "60"),
                        Map.entry("d", "1.50"),
                        Map.entry("e", "1e3"),
                        Map.entry("f", "-0"),
                        Map.entry("g", ""),
                        Map.entry("h", "xA\n"));
        assertThat(gateway.text("g")).isEmpty();
        assertThat(gateway.variables()).containsExactly(GatewayVariable.of("v", "1E+05"), GatewayVariable.of("w", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"param\":null}",
                "{\"variables\":null,\"param\":{}}",
                " {\"directions\":null,\"subscriptions\":null} "
            })
    void missingSectionsAreEmpty(String json) {
        DecodedGateway decoded = GatewayJson.decode("a", json);

        assertThat(decoded)
                .isEqualTo(new DecodedGateway.Read(Gateway.builder("a").build(), java.util.List.of()));
    }

    @Test
    void keepsUnknownMembersAsTheyStand() {
        Gateway gateway = Samples.read(
                "{\"x\" : {\"a\":[1, 2.50,\"\\u00e9\"]} ,\"param\":{\"realm\":\"r\"},\"y\":1e3,\"z\":\"é\"}");

        assertThat(gateway.additionalMembers())
                .containsExactly(
                        Map.entry("x", "{\"a\":[1, 2.50,\"\\u00e9\"]}"),
                        Map.entry("y", "1e3"),
                        Map.entry("z", "\"é\""));
    }

    @Test
    void readsDirections() {
        Gateway gateway = Samples.read("""
                {"variables":{"a":"1","b":"2","c":"3","d":"4"},
                 "directions":{"a":"inbound","b":"outbound","c":"both","d":{"outbound":"4","inbound":5}}}""");

        assertThat(gateway.variables())
                .containsExactly(
                        new GatewayVariable("a", "1", Direction.INBOUND),
                        new GatewayVariable("b", "2", Direction.OUTBOUND),
                        new GatewayVariable("c", "3", Direction.BOTH),
                        new GatewayVariable("d", "4", Direction.OUTBOUND),
                        new GatewayVariable("d", "5", Direction.INBOUND));
    }

    @Test
    void valueChangedByAToolWithoutDirectionsCountsForBoth() {
        DecodedGateway decoded = GatewayJson.decode(
                "a", "{\"variables\":{\"d\":\"new\"},\"directions\":{\"d\":{\"inbound\":\"1\",\"outbound\":\"2\"}}}");

        assertThat(gateway(decoded).variables()).containsExactly(GatewayVariable.of("d", "new"));
        assertThat(decoded.findings()).extracting(Violation::code).containsExactly("json.direction.stale");
    }

    @Test
    void directionWithoutVariableIsReported() {
        DecodedGateway decoded = GatewayJson.decode("a", "{\"directions\":{\"gone\":\"inbound\"}}");

        assertThat(gateway(decoded).variables()).isEmpty();
        assertThat(decoded.findings())
                .extracting(Violation::code, Violation::path)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("json.direction.unused", "directions.gone"));
    }

    @Test
    void readsSubscriptions() {
        Gateway gateway = Samples.read(
                "{\"subscriptions\":[{\"event\":\"message-summary\",\"param\":{\"expire-seconds\":600}},{\"event\":\"dialog\"}]}");

        assertThat(gateway.subscriptions())
                .containsExactly(
                        new GatewaySubscription("message-summary", Map.of("expire-seconds", "600")),
                        new GatewaySubscription("dialog", Map.of()));
    }

    @Test
    void ofEqualMembersTheLastCountsAndEachIsReported() {
        DecodedGateway decoded = GatewayJson.decode(
                "a", "{\"param\":{\"x\":1},\"param\":{\"realm\":\"a\",\n\"realm\":\"b\"},\"z\":1,\"z\":2}");

        assertThat(gateway(decoded).parameters()).containsExactly(Map.entry("realm", "b"));
        assertThat(gateway(decoded).additionalMembers()).containsExactly(Map.entry("z", "2"));
        assertThat(decoded.findings())
                .filteredOn(finding ->
                        finding.severity() == Severity.WARNING && finding.code().equals("json.duplicate"))
                .extracting(Violation::path)
                .containsExactlyInAnyOrder("param", "param.realm", "z");
        assertThat(decoded.findings().get(0).message()).contains("line 2, column 1");
    }

    @Test
    void emptyArrayStandsForAnEmptyObject() {
        DecodedGateway decoded = GatewayJson.decode("a", "{\"param\":{\"realm\":\"r\"},\"variables\":[]}");

        assertThat(gateway(decoded).variables()).isEmpty();
        assertThat(decoded.findings()).extracting(Violation::code).containsExactly("json.array.empty");
    }

    @Test
    void byteOrderMarkIsSkippedAndReported() {
        DecodedGateway decoded = GatewayJson.decode(
                "a", "\uFEFF{\"param\":{\"realm\":\"r\"},\"x\":[1]}".getBytes(StandardCharsets.UTF_8));

        assertThat(gateway(decoded).parameters()).containsExactly(Map.entry("realm", "r"));
        assertThat(gateway(decoded).additionalMembers()).containsExactly(Map.entry("x", "[1]"));
        assertThat(decoded.findings()).extracting(Violation::code).containsExactly("json.bom", "json.member.unknown");
    }

    @Test
    void aReplacementCharacterThatReallyStandsThereIsNoError() {
        DecodedGateway decoded =
                GatewayJson.decode("a", "{\"param\":{\"realm\":\"\uFFFD\"}}".getBytes(StandardCharsets.UTF_8));

        assertThat(gateway(decoded).parameters()).containsExactly(Map.entry("realm", "\uFFFD"));
    }

    private static Gateway gateway(DecodedGateway decoded) {
        assertThat(decoded).isInstanceOf(DecodedGateway.Read.class);
        return ((DecodedGateway.Read) decoded).gateway();
    }

    @Test
    void whereAGatewayRunsIsReadWrittenAndKeptAsSpelt() {
        String text =
                "{\"param\": {\"register\": \"false\"}, \"enabled\": \"false\", \"nodes\": [ \"fs1\" ], \"ownership\": \"one\"}";
        DecodedGateway decoded = GatewayJson.decode("a", text);

        assertThat(decoded.findings()).isEmpty();
        assertThat(decoded).isInstanceOfSatisfying(DecodedGateway.Read.class, read -> {
            assertThat(read.gateway().placement()).isEqualTo(new GatewayPlacement(false, Set.of("fs1"), true));
            assertThat(GatewayJson.encode(
                            read.gateway().toBuilder().enabled(true).build(), text))
                    .isEqualTo(text.replace("\"enabled\": \"false\"", "\"enabled\": true"));
        });
    }
}
