package io.github.ctigateway.esl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslProtocolException;
import io.github.ctigateway.fuzz.FuzzTally;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any bytes are an event or the typed failure, and an event says the same whether it is asked for one header or for all. */
class EventFuzz {
    @RegisterExtension
    static final FuzzTally TALLY = new FuzzTally();

    @FuzzTest
    @DictionaryEntries({
        "Event-Name",
        "Event-Subclass",
        "sofia::gateway_add",
        "sofia::gateway_state",
        "sofia::gateway_delete",
        "sofia%3A%3Agateway_state",
        "Gateway",
        "profile-name",
        "State",
        "Ping-Status",
        "Event-Date-Timestamp",
        "Event-Sequence",
        "Core-UUID",
        "Status",
        "Content-Length: ",
        "_body",
        "_undef_",
        "ARRAY::",
        "%0A"
    })
    void eventSaysTheSameInEveryWay(byte[] input) {
        TALLY.count();
        boolean json = input.length > 0 && input[0] == '{';
        EslEvent all = json ? new JsonEvent(input) : new PlainEvent(input);
        Map<String, String> headers;
        try {
            headers = all.headers();
        } catch (EslProtocolException refused) {
            return;
        }
        if (!isUtf8(input)) {
            return; // It is read, but each way puts other characters for what is none
        }
        for (String name : headers.keySet()) {
            if (!StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
                continue;
            }
            EslEvent one = json ? new JsonEvent(input) : new PlainEvent(input);
            String value = one.header(name);
            if (!Objects.equals(value, all.header(name)) || one.header(name.toLowerCase(Locale.ROOT)) == null) {
                throw new AssertionError(name + " is " + value + " alone and " + all.header(name) + " among all");
            }
        }
        if (headers.containsKey("_body")) {
            return; // In JSON the body's own name
        }
        EslEvent again = new JsonEvent(all.json().getBytes(StandardCharsets.UTF_8));
        assertThat(again.headers()).isEqualTo(headers);
        assertThat(again.body()).isEqualTo(all.body());
        try {
            GatewayEvents.read(all)
                    .ifPresent(event -> assertThat(event.gateway()).isEqualTo(all.header("Gateway")));
        } catch (IllegalArgumentException noGatewayEvent) {
            assertThat(noGatewayEvent.getMessage()).isNotBlank();
        }
    }

    private static boolean isUtf8(byte[] input) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(input));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
