package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ctigateway.fuzz.FuzzTally;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any bytes are a gateway or findings, the same from bytes and from text; and what was read is written again byte for byte. */
class GatewayJsonFuzz {
    @RegisterExtension
    static final FuzzTally TALLY = new FuzzTally();

    @FuzzTest
    @DictionaryEntries({
        "\"name\":",
        "\"username\":",
        "\"password\":",
        "\"realm\":",
        "\"register\":",
        "\"expire-seconds\":",
        "\"variables\":",
        "\"inbound\":",
        "\"outbound\":",
        "\"direction\":",
        "\"value\":",
        "\"subscriptions\":",
        "\"event\":",
        "\"enabled\":",
        "\"nodes\":",
        "true",
        "false",
        "null",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\ud83d",
        "1e400",
        "-0",
        "{}",
        "[]"
    })
    void whatIsReadIsWrittenAgainByteForByte(byte[] input) throws CharacterCodingException {
        TALLY.count();
        DecodedGateway decoded = GatewayJson.decode("a", input);
        if (!(decoded instanceof DecodedGateway.Read read)) {
            assertThat(decoded.findings()).isNotEmpty();
            return;
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(input))
                .toString();
        assertThat(GatewayJson.decode("a", text)).as("from text").isEqualTo(decoded);
        assertThat(GatewayJson.encode(read.gateway(), text)).isEqualTo(text);
        String fresh = GatewayJson.encode(read.gateway());
        assertThat(content(Samples.read("a", fresh))).isEqualTo(content(read.gateway()));
        assertThat(GatewayJson.decode("a", fresh.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(GatewayJson.decode("a", fresh));
    }

    /** What a gateway says, less the order of its members. */
    private static List<Object> content(Gateway gateway) {
        Map<String, List<String>> variables = gateway.variables().stream()
                .collect(Collectors.groupingBy(
                        GatewayVariable::name,
                        Collectors.mapping(variable -> variable.direction() + variable.value(), Collectors.toList())));
        return List.of(gateway.parameters(), variables, gateway.subscriptions(), gateway.additionalMembers());
    }
}
