package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.validation.InvalidGatewayException;
import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GatewayJsonBadInputTest {
    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("", "json.syntax", "document", "line 1, column 1"),
                Arguments.of("   ", "json.syntax", "document", "line 1, column 1"),
                Arguments.of("hello", "json.syntax", "document", "line 1"),
                Arguments.of("{\n\"param\": {\"realm\": secret}}", "json.syntax", "document", "line 2, column 2"),
                Arguments.of("{\"param\":{\"realm\":\"a\"", "json.syntax", "document", "line 1, column 22"),
                Arguments.of("{\"param\":{\"realm\":\"a", "json.syntax", "document", "line 1"),
                Arguments.of("{'param':{}}", "json.syntax", "document", "line 1, column"),
                Arguments.of("{\"param\":{},}", "json.syntax", "document", "line 1, column"),
                Arguments.of("{\"param\":{\"a\":01}}", "json.syntax", "document", "line 1, column"),
                Arguments.of("{\"param\":{\"a\":NaN}}", "json.syntax", "document", "line 1, column"),
                Arguments.of("{\"param\":{\"a\":\"\u0001\"}}", "json.syntax", "document", "line 1, column"),
                Arguments.of("{\"param\":{\"a\":\"\\x\"}}", "json.syntax", "document", "line 1, column"),
                Arguments.of("{/* no */}", "json.syntax", "document", "line 1, column"),
                Arguments.of("{} {}", "json.syntax", "document", "line 1, column 4"),
                Arguments.of("{}}", "json.syntax", "document", "line 1, column"),
                Arguments.of("null", "json.not-object", "document", "line 1, column 1"),
                Arguments.of(" []", "json.not-object", "document", "line 1, column 2"),
                Arguments.of("\"x\"", "json.not-object", "document", "line 1, column 1"),
                Arguments.of("17", "json.not-object", "document", "line 1, column 1"),
                Arguments.of("{\"param\":{\"realm\":{}}}", "json.nested", "param.realm", "line 1, column 19"),
                Arguments.of("{\"variables\":{\"v\":[1]}}", "json.nested", "variable.v", "line 1, column 19"),
                Arguments.of("{\"param\":\"x\"}", "json.type", "param", "line 1, column 10"),
                Arguments.of("{\"param\":[1]}", "json.type", "param", "line 1, column 10"),
                Arguments.of("{\"subscriptions\":{}}", "json.type", "subscriptions", "line 1, column 18"),
                Arguments.of("{\"subscriptions\":[5]}", "json.type", "subscriptions[0]", "line 1, column 19"),
                Arguments.of("{\"subscriptions\":[{}]}", "json.type", "subscriptions[0]", "line 1, column 19"),
                Arguments.of(
                        "{\"subscriptions\":[{\"event\":\"x\",\"param\":{\"a\":[]}}]}",
                        "json.nested",
                        "subscriptions[0].param.a",
                        "line 1"),
                Arguments.of(
                        "{\"variables\":{\"v\":1},\"directions\":{\"v\":\"sideways\"}}",
                        "json.direction.unknown",
                        "directions.v",
                        "line 1"),
                Arguments.of(
                        "{\"variables\":{\"v\":1},\"directions\":{\"v\":[]}}",
                        "json.direction.unknown",
                        "directions.v",
                        "line 1"),
                Arguments.of(
                        "{\"variables\":{\"v\":1},\"directions\":{\"v\":{\"up\":1}}}",
                        "json.direction.unknown",
                        "directions.v",
                        "line 1"),
                Arguments.of("{\"directions\":7}", "json.type", "directions", "line 1"),
                Arguments.of("{\"param\":{\"a\":\"\\ud83d\"}}", "json.surrogate", "param.a", "line 1, column 15"),
                Arguments.of("{\"param\":{\"\\udc00\":\"x\"}}", "json.surrogate", "document", "line 1, column"),
                Arguments.of("{\"param\":{\"a\":\"\ud83d\"}}", "json.surrogate", "document", "line 1, column 16"),
                Arguments.of("{\"x\":" + "[".repeat(32) + "]".repeat(32) + "}", "json.depth", "document", "line 1"),
                Arguments.of("{\"param\":" + "{\"a\":".repeat(5000), "json.depth", "document", "line 1"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenTextIsAFindingWithItsPlace(String json, String code, String path, String place) {
        DecodedGateway decoded = GatewayJson.decode("a", json);

        assertThat(decoded).isInstanceOf(DecodedGateway.Unreadable.class);
        Violation first = decoded.findings().get(0);
        assertThat(first.severity()).isEqualTo(Severity.ERROR);
        assertThat(first.code()).isEqualTo(code);
        assertThat(first.path()).isEqualTo(path);
        assertThat(first.message()).contains(place);
        assertThat(first.hint()).isPresent();
    }

    @Test
    void thirtyTwoLevelsAreRead() {
        assertThat(GatewayJson.decode("a", "{\"x\":" + "[".repeat(31) + "]".repeat(31) + "}"))
                .isInstanceOf(DecodedGateway.Read.class);
    }

    @Test
    void findingsNeverQuoteAValue() {
        DecodedGateway decoded = GatewayJson.decode("a", "{\"param\":{\"password\":topsecret}}");

        assertThat(decoded.findings().toString()).doesNotContain("topsecret");
        assertThat(decoded.toString()).doesNotContain("topsecret");
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnce() {
        DecodedGateway decoded =
                GatewayJson.decode("a", "{\"param\":{\"a\":{},\"b\":[]},\"variables\":5,\"subscriptions\":1}");

        assertThat(decoded.findings())
                .extracting(Violation::path)
                .containsExactly("param.a", "param.b", "variables", "subscriptions");
    }

    @Test
    void invalidUtf8NamesTheByte() {
        byte[] utf8 = "{\"param\":{\"realm\":\"a?b\"}}".getBytes(StandardCharsets.UTF_8);
        utf8[20] = (byte) 0xFF;

        DecodedGateway decoded = GatewayJson.decode("a", utf8);

        assertThat(decoded).isInstanceOf(DecodedGateway.Unreadable.class);
        assertThat(decoded.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("json.utf8");
            assertThat(finding.message()).contains("byte 20");
        });
    }

    @Test
    void surrogatesWrittenAsUtf8AreInvalid() {
        byte[] utf8 = "{\"param\":{\"realm\":\"???\"}}".getBytes(StandardCharsets.UTF_8);
        utf8[19] = (byte) 0xED;
        utf8[20] = (byte) 0xA0;
        utf8[21] = (byte) 0x80;

        assertThat(GatewayJson.decode("a", utf8).findings())
                .extracting(Violation::code)
                .containsExactly("json.utf8");
    }

    @Test
    void moreThanOneMebibyteIsRefusedExactly() {
        String frame = "{\"x\":\"\"}";
        String fits = "{\"x\":\"" + "a".repeat((1 << 20) - frame.length()) + "\"}";
        String chinese = "{\"x\":\"" + "\u7f51".repeat(((1 << 20) - frame.length()) / 3 + 1) + "\"}";

        assertThat(GatewayJson.decode("a", fits)).isInstanceOf(DecodedGateway.Read.class);
        assertThat(GatewayJson.decode("a", fits.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DecodedGateway.Read.class);
        assertThat(GatewayJson.decode("a", fits + " ").findings())
                .extracting(Violation::code)
                .containsExactly("json.size");
        assertThat(GatewayJson.decode("a", chinese).findings())
                .extracting(Violation::code)
                .containsExactly("json.size");
        assertThat(GatewayJson.decode("a", (fits + " ").getBytes(StandardCharsets.UTF_8))
                        .findings())
                .extracting(Violation::code)
                .containsExactly("json.size");
    }

    @Test
    void aLongNumberIsRead() {
        String digits = "9".repeat(100_000);

        assertThat(Samples.read("{\"param\":{\"a\":" + digits + "}}").parameters())
                .containsEntry("a", digits);
    }

    @Test
    void controlCharactersInNamesDoNotReachMessages() {
        DecodedGateway decoded = GatewayJson.decode("a", "{\"param\":{\"a\\nb\":{}}}");

        assertThat(decoded.findings().get(0).path()).isEqualTo("param.a\\u000ab");
    }

    static Stream<Arguments> unwritable() {
        return Stream.of(
                Arguments.of(Gateway.builder("a").set("x", "\ud800").build(), "json.surrogate"),
                Arguments.of(Gateway.builder("a").variable("\udc00", "x").build(), "json.surrogate"),
                Arguments.of(
                        Gateway.builder("a").additionalMember("param", "{}").build(), "json.member.reserved"),
                Arguments.of(Gateway.builder("a").additionalMember("x", "").build(), "json.member.invalid"),
                Arguments.of(Gateway.builder("a").additionalMember("x", "nope").build(), "json.member.invalid"),
                Arguments.of(
                        Gateway.builder("a")
                                .additionalMember("x", "1,\"param\":{}")
                                .build(),
                        "json.member.invalid"),
                Arguments.of(Gateway.builder("a").additionalMember("x", "1} {").build(), "json.member.invalid"),
                Arguments.of(Gateway.builder("a").set("x", "a".repeat(1 << 20)).build(), "json.size"));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void whatCouldNotBeReadBackIsNotWritten(Gateway gateway, String code) {
        assertThatThrownBy(() -> GatewayJson.encode(gateway))
                .isInstanceOfSatisfying(
                        InvalidGatewayException.class,
                        e -> assertThat(e.result().errors())
                                .extracting(Violation::code)
                                .containsExactly(code));
        assertThatThrownBy(() -> GatewayJson.encode(gateway, "{\"param\":{}}"))
                .isInstanceOf(InvalidGatewayException.class);
    }

    @Test
    void anUnreadableOriginalIsNotPatched() {
        assertThatThrownBy(() -> GatewayJson.encode(Samples.trunk("a"), "{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("json.syntax");
    }
}
