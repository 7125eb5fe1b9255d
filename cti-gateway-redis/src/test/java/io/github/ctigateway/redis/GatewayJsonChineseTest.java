package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.validation.Severity;
import io.github.ctigateway.validation.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayJsonChineseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}}",
                "nonsense",
                "\ufeff{}",
                "{\"param\":{\"realm\":{}}}",
                "{\"param\":[]}",
                "{\"param\":1}",
                "{\"variables\":{\"a\":[]}}",
                "{\"param\":{\"a\":\"1\",\"a\":\"2\"}}",
                "{\"directions\":{\"nobody\":\"inbound\"}}",
                "{\"variables\":{\"a\":\"1\"},\"directions\":{\"a\":\"sideways\"}}",
                "{\"variables\":{\"a\":\"1\"},\"directions\":{\"a\":{\"inbound\":\"2\",\"outbound\":\"3\"}}}",
                "{\"variables\":{\"a\":\"1\"},\"directions\":{\"a\":{\"inbound\":{}}}}",
                "{\"subscriptions\":{}}",
                "{\"subscriptions\":[1]}",
                "{\"subscriptions\":[{\"event\":\"x\",\"param\":{\"a\":[]}}]}",
                "{\"param\":{\"a\":\"\\ud800\"}}",
                "{\"\\ud800\":1}",
                "{\"vars\":{}}"
            })
    void everyFindingIsAlsoInChinese(String text) {
        everyFindingIsChinese(GatewayJson.decode("x", text).findings());
    }

    @Test
    void everyFindingAboutBytesDepthAndSizeIsAlsoInChinese() {
        byte[] latin = "{\"param\":{\"a\":\"\u00e9\"}}".getBytes(StandardCharsets.ISO_8859_1);

        everyFindingIsChinese(GatewayJson.decode("x", latin).findings());
        everyFindingIsChinese(
                GatewayJson.decode("x", "{\"a\":" + "[".repeat(40)).findings());
        everyFindingIsChinese(GatewayJson.decode("x", "{\"a\":\"" + "b".repeat(1 << 20) + "\"}")
                .findings());
    }

    @Test
    void aMemberThatNobodyReadsIsMentionedAndKept() {
        DecodedGateway decoded = GatewayJson.decode("x", "{\"vars\":{\"a\":\"1\"}}");

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        DecodedGateway.Read.class,
                        read -> assertThat(read.gateway().additionalMembers()).containsEntry("vars", "{\"a\":\"1\"}"));
        assertThat(decoded.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO))
                .satisfies(finding -> assertThat(finding.path()).isEqualTo("vars"));
    }

    private static void everyFindingIsChinese(List<Violation> findings) {
        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            Violation chinese = GatewayJson.inLanguage(finding, Locale.SIMPLIFIED_CHINESE);
            assertThat(chinese.message()).as(finding.toString()).matches(".*\\p{IsHan}.*");
            assertThat(chinese.code()).isEqualTo(finding.code());
            finding.hint()
                    .filter(hint -> hint.matches("[a-z ]+"))
                    .ifPresent(hint -> assertThat(chinese.hintText()).as(hint).matches(".*\\p{IsHan}.*"));
            assertThat(GatewayJson.inLanguage(finding, Locale.ENGLISH)).isEqualTo(finding);
        });
    }
}
