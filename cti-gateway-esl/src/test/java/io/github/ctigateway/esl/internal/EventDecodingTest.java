package io.github.ctigateway.esl.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslProtocolException;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecodingTest {
    private static EslEvent json(String text) {
        return new JsonEvent(text.getBytes(StandardCharsets.UTF_8));
    }

    private static EslEvent plain(String text) {
        return new PlainEvent(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void jsonIsExact() {
        String text =
                "{\"Event-Name\":\"CUSTOM\", \"Event-Subclass\":\"a::b\",\"x\":\"%41 _undef_ \\u540d\\n\",\"empty\":\"\","
                        + "\"many\":[\"a\",\"b|:c\"],\"number\":5,\"_body\":\"one\\n\\ntwo\"}";
        EslEvent event = json(text);
        assertThat(event.name()).isEqualTo("CUSTOM");
        assertThat(event.subclass()).isEqualTo("a::b");
        assertThat(event.header("X")).isEqualTo("%41 _undef_ 名\n");
        assertThat(event.header("empty")).isEmpty();
        assertThat(event.header("none")).isNull();
        assertThat(event.header("number")).isEqualTo("5");
        assertThat(event.values("many")).containsExactly("a", "b|:c");
        assertThat(event.body()).isEqualTo("one\n\ntwo");
        assertThat(event.json()).isEqualTo(text);
        assertThat(event.raw()).isEqualTo(text);
        assertThat(event.size()).isEqualTo(text.length());
        assertThat(event.headers())
                .containsOnlyKeys("Event-Name", "Event-Subclass", "x", "empty", "many", "number")
                .containsEntry("many", "ARRAY::a|:b|:c");
        // The same after everything was decoded.
        assertThat(event.header("x")).isEqualTo("%41 _undef_ 名\n");
        assertThat(event.header("_body")).isNull();
    }

    @Test
    void jsonWithBytesThatAreNotUtf8IsStillRead() {
        byte[] bytes = "{\"Event-Name\":\"X\",\"name\":\"a?b\",\"z\":\"1\"}".getBytes(StandardCharsets.ISO_8859_1);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xE9;
        EslEvent event = new JsonEvent(bytes);
        assertThat(event.header("z")).isEqualTo("1");
        assertThat(event.header("name")).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"a\":{}}", "{\"a\":\"b\"", "no"})
    void whatIsNoJsonObjectIsTyped(String text) {
        assertThatThrownBy(() -> json(text).headers()).isInstanceOf(EslProtocolException.class);
    }

    @Test
    void plainIsDecodedAfterItIsCutIntoLines() {
        EslEvent event = plain("""
                Event-Subclass: sofia%3A%3Agateway_add
                Event-Name: CUSTOM
                forged: a%0AEvent-Name%3A%20HACK
                utf: %E5%90%8D%
                half: 50%4
                empty: _undef_
                blank:
                list: ARRAY%3A%3Aa%7C%3Ab
                Content-Length: 6

                a%41

                b-more""");
        assertThat(event.name()).isEqualTo("CUSTOM");
        assertThat(event.subclass()).isEqualTo("sofia::gateway_add");
        assertThat(event.header("FORGED")).isEqualTo("a\nEvent-Name: HACK");
        assertThat(event.header("utf")).isEqualTo("名%");
        assertThat(event.header("half")).isEqualTo("50%4");
        assertThat(event.header("empty")).isEmpty();
        assertThat(event.header("blank")).isEmpty();
        assertThat(event.header("list")).isEqualTo("ARRAY::a|:b");
        assertThat(event.header("-more")).isNull();
        assertThat(event.values("list")).containsExactly("a", "b");
        assertThat(event.body()).isEqualTo("a%41\n\n");
        assertThat(event.headers()).containsEntry("Event-Name", "CUSTOM");
        assertThat(event.name()).isEqualTo("CUSTOM");
    }

    @Test
    void firstOfTwoHeadersWinsBeforeAndAfterDecoding() {
        for (EslEvent event : List.of(
                json("{\"Name\":\"1\",\"name\":\"2\",\"Name\":\"3\"}"), plain("Name: 1\nname: 2\nName: 3\n\n"))) {
            assertThat(event.header("name")).isEqualTo("1");
            assertThat(event.headers()).containsEntry("Name", "1").containsEntry("name", "2");
            assertThat(event.header("name")).isEqualTo("1");
        }
        EslEvent single = plain("list: ARRAY%3A%3Aa\n\n");
        assertThat(single.header("list")).isEqualTo("a");
        assertThat(single.values("list")).containsExactly("a");
        assertThat(single.header("list")).isEqualTo("a");
    }

    @Test
    void plainGivesTheSameAsJson() {
        EslEvent event = plain("Event-Name: X\na: b%22c\nl: ARRAY%3A%3Aa%7C%3Ab\nContent-Length: 2\n\nhi");
        EslEvent again = json(event.json());
        assertThat(again.headers()).isEqualTo(event.headers());
        assertThat(again.body()).isEqualTo("hi");
        assertThat(again.values("l")).containsExactly("a", "b");
    }

    @Test
    void toStringDoesNotTellTheHeaders() {
        assertThat(json("{\"Event-Name\":\"X\",\"variable_password\":\"secret\"}")
                        .toString())
                .isEqualTo("EslEvent[X, 47 bytes]");
        assertThat(json("broken").toString()).doesNotContain("broken");
    }

    @Test
    void everyCapturedEventBecomesItsGatewayEvent() throws IOException {
        String[] lines = resource("/io/github/ctigateway/esl/simulator/captured-events.jsonl")
                .split("\n");
        assertThat(lines.length).isGreaterThan(20);
        long before = 0;
        for (String line : lines) {
            GatewayEvent event = GatewayEvents.read(json(line)).orElse(null);
            if (event == null) {
                continue;
            }
            assertThat(event.json()).isEqualTo(line);
            assertThat(event.origin().node()).isNotEmpty();
            assertThat(event.origin().sequence()).isGreaterThan(before);
            assertThat(event.origin().time()).isAfter(Instant.parse("2026-11-22T00:00:00Z"));
            before = event.origin().sequence();
        }
        assertThat(Stream.of(lines).map(line -> GatewayEvents.read(json(line))))
                .anySatisfy(event -> assertThat(event).get().isInstanceOf(GatewayEvent.Deleted.class))
                .anySatisfy(event -> assertThat(event)
                        .get()
                        .isInstanceOfSatisfying(GatewayEvent.StateChanged.class, state -> {
                            assertThat(state.state()).isEqualTo(RegistrationState.FAILED);
                            assertThat(state.networkAddress()).isEqualTo("127.0.0.1:5090");
                            assertThat(state.reason())
                                    .hasValueSatisfying(
                                            reason -> assertThat(reason).hasToString("403 Forbidden"));
                        }));
    }

    @Test
    void gatewayEventWithoutItsFieldsIsRefused() {
        assertThatThrownBy(
                        () -> GatewayEvents.read(json("{\"Event-Subclass\":\"sofia::gateway_add\",\"Gateway\":\"a\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("profile-name");
        assertThat(GatewayEvents.read(json("{\"Event-Subclass\":\"other::thing\"}")))
                .isEmpty();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = EventDecodingTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
