package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GatewayJsonWriteTest {
    private static final String MIXED = """
            {
              "comment" : [ 1.50, 1e3, {"deep": null} ],
              "param": {
                "register" : true,
                "expire-seconds":"60",
                "ping": 30,
                "retry-seconds": 1.50,
                "realm": "a\\u002eb",
                "context":null
              },
              "variables": {"v": 1e3},
              "zz": "\\/"
            }
            """;

    @Test
    void aNewDocumentHasTheFormOfModCtisPage() {
        assertThat(GatewayJson.encode(Samples.read(Samples.mytrunk()))).isEqualTo(Samples.mytrunk());
    }

    @Test
    void aNewDocumentReadsBackAsItWas() {
        Gateway gateway = Gateway.builder("full")
                .set("realm", "a\"b\\c\n\u0001\u2028网关😀")
                .set("from-user", "")
                .variable("both", "1")
                .variable("in", "2", Direction.INBOUND)
                .variable("split", "3", Direction.OUTBOUND)
                .variable("split", "4", Direction.INBOUND)
                .variable("same", "5", Direction.INBOUND)
                .variable("same", "5", Direction.OUTBOUND)
                .subscription(new GatewaySubscription("message-summary", Map.of("expire-seconds", "60")))
                .additionalMember("x", "{\"a\": [1]}")
                .build();

        assertThat(Samples.read("full", GatewayJson.encode(gateway))).isEqualTo(gateway);
    }

    @Test
    void anEmptyGatewayHasBothSections() {
        assertThat(GatewayJson.encode(Gateway.builder("a").build()))
                .isEqualTo("{\n\"param\": {},\n\"variables\": {}\n}");
    }

    @Test
    void anUnchangedGatewayGivesTheVeryText() {
        assertThat(GatewayJson.encode(Samples.read(MIXED), MIXED)).isSameAs(MIXED);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("set text", b -> b.set("expire-seconds", "90"), "\"60\"", "\"90\""),
                change("boolean stays boolean", b -> b.set("register", "false"), ": true", ": false"),
                change("boolean becomes text", b -> b.set("register", "yes"), ": true", ": \"yes\""),
                change("number stays number", b -> b.set("ping", "31"), "30", "31"),
                change("number becomes text", b -> b.set("ping", "031"), "30", "\"031\""),
                change("null is set", b -> b.set("context", "public"), ":null", ":\"public\""),
                change(
                        "same value, other spelling kept",
                        b -> b.set("realm", "a.b").set("register", "true"),
                        "",
                        ""),
                change(
                        "add after the last with its layout",
                        b -> b.set("proxy", "p"),
                        "\"context\":null",
                        "\"context\":null,\n    \"proxy\" : \"p\""),
                change("remove the first", b -> b.unset("register"), "\"register\" : true,\n    ", ""),
                change("remove one between", b -> b.unset("ping"), ",\n    \"ping\": 30", ""),
                change("remove the last", b -> b.unset("context"), ",\n    \"context\":null", ""),
                change(
                        "remove the last, add another",
                        b -> b.unset("context").set("proxy", "p"),
                        "\"context\":null",
                        "\"proxy\" : \"p\""),
                change("variable", b -> b.variable("v", "2"), "1e3}", "2}"),
                change("last variable removed", b -> b.removeVariable("v"), "{\"v\": 1e3}", "{}"),
                change(
                        "variable gets a direction",
                        b -> b.variable("v", "1e3", Direction.INBOUND),
                        "\"\\/\"",
                        "\"\\/\",\n  \"directions\" : {\"v\" : \"inbound\"}"),
                change("unknown member changed", b -> b.additionalMember("zz", "[]"), "\"\\/\"", "[]"),
                change("unknown member removed", b -> b.removeAdditionalMember("zz"), ",\n  \"zz\": \"\\/\"", ""));
    }

    private static Arguments change(String what, UnaryOperator<Gateway.Builder> change, String from, String to) {
        return Arguments.of(what, change, from, to);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void onlyTheChangedMemberIsTouched(String what, UnaryOperator<Gateway.Builder> change, String from, String to) {
        Gateway changed = change.apply(Samples.read(MIXED).toBuilder()).build();

        String written = GatewayJson.encode(changed, MIXED);

        String expected = from.isEmpty()
                ? MIXED
                : new StringBuilder(MIXED)
                        .replace(place(from), place(from) + from.length(), to)
                        .toString();
        assertThat(written).isEqualTo(expected);
        assertThat(Samples.read(written).variables()).isEqualTo(changed.variables());
        assertThat(Samples.read(written).parameters()).isEqualTo(changed.parameters());
    }

    private static int place(String part) {
        // "1e3" stands twice; the variables come last.
        return part.startsWith("1e3") ? MIXED.lastIndexOf(part) : MIXED.indexOf(part);
    }

    @Test
    void aRemovedParameterTakesItsEarlierDuplicatesAlong() {
        String twice = "{\"param\":{\"a\":1,\"b\":2,\"a\":3}}";

        assertThat(GatewayJson.encode(Samples.read(twice).toBuilder().unset("a").build(), twice))
                .isEqualTo("{\"param\":{\"b\":2}}");
        assertThat(GatewayJson.encode(
                        Samples.read(twice).toBuilder().set("a", "4").build(), twice))
                .isEqualTo("{\"param\":{\"a\":1,\"b\":2,\"a\":4}}");
    }

    @Test
    void missingSectionsAreAddedWhenNeeded() {
        assertThat(patch("{\"x\": 1}", b -> b.set("a", "1").variable("v", "2")))
                .isEqualTo("{\"x\": 1,\"param\": {\"a\": \"1\"},\"variables\": {\"v\": \"2\"}}");
        assertThat(patch(
                        "{\"param\":null,\"variables\":[]}",
                        b -> b.set("a", "1").variable("v", "2")))
                .isEqualTo("{\"param\":{\"a\":\"1\"},\"variables\":{\"v\":\"2\"}}");
        assertThat(patch("{\"param\":{ }}", b -> b.set("a", "1"))).isEqualTo("{\"param\":{\"a\":\"1\"}}");
        assertThat(patch("{}", b -> b.set("a", "1")))
                .isEqualTo("{\n\"param\": {\n\"a\": \"1\"\n},\n\"variables\": {}\n}");
        assertThat(patch("{}", b -> b)).isEqualTo("{}");
    }

    @Test
    void directionsFollowTheirVariables() {
        String both = "{\"variables\":{\"a\":\"1\",\"b\":\"2\"},\"directions\":{\"a\":\"inbound\",\"b\":\"outbound\"}}";

        assertThat(patch(both, b -> b.removeVariable("a")))
                .isEqualTo("{\"variables\":{\"b\":\"2\"},\"directions\":{\"b\":\"outbound\"}}");
        assertThat(patch(both, b -> b.variable("a", "1")))
                .isEqualTo("{\"variables\":{\"a\":\"1\",\"b\":\"2\"},\"directions\":{\"b\":\"outbound\"}}");
        assertThat(patch(both, b -> b.variable("a", "9", Direction.INBOUND)))
                .isEqualTo(
                        "{\"variables\":{\"a\":\"9\",\"b\":\"2\"},\"directions\":{\"a\":\"inbound\",\"b\":\"outbound\"}}");
        assertThat(patch(both, b -> b.variable("a", "9", Direction.OUTBOUND)))
                .isEqualTo("{\"variables\":{\"a\":\"1\",\"b\":\"2\"},"
                        + "\"directions\":{\"a\":{\"inbound\":\"1\", \"outbound\":\"9\"},\"b\":\"outbound\"}}");
    }

    @Test
    void anUnusedDirectionDoesNotTakeHoldOfANewVariable() {
        String unused = "{\"directions\":{\"a\":\"inbound\"},\"variables\":{}}";

        assertThat(Samples.read(patch(unused, b -> b.variable("a", "1"))).variables())
                .singleElement()
                .satisfies(variable -> assertThat(variable.direction()).isEqualTo(Direction.BOTH));
    }

    @Test
    void subscriptionsKeepWhatTheyHaveInCommon() {
        String json =
                "{\"subscriptions\": [ {\"event\":\"dialog\",\"note\":1}, {\"event\":\"presence\", \"param\": {\"expire-seconds\": 60}} ]}";

        assertThat(patch(json, b -> {
                    b.clearSubscriptions();
                    return b.subscription(new GatewaySubscription("dialog", Map.of()))
                            .subscription(new GatewaySubscription("presence", Map.of("expire-seconds", "61")));
                }))
                .isEqualTo(json.replace("60", "61"));
        assertThat(patch(json, b -> b.subscription(new GatewaySubscription("reg", Map.of()))))
                .isEqualTo(
                        "{\"subscriptions\": [{\"event\":\"dialog\",\"note\":1}, "
                                + "{\"event\":\"presence\", \"param\": {\"expire-seconds\": 60}}, {\"event\": \"reg\", \"param\": {}}]}");
        assertThat(patch(json, Gateway.Builder::clearSubscriptions)).isEqualTo("{\"subscriptions\": []}");
    }

    @Test
    void aByteOrderMarkStays() {
        assertThat(patch("\uFEFF{\"param\":{\"a\":1},\"x\":2}", b -> b.set("a", "3")))
                .isEqualTo("\uFEFF{\"param\":{\"a\":3},\"x\":2}");
    }

    private static String patch(String original, UnaryOperator<Gateway.Builder> change) {
        return GatewayJson.encode(
                change.apply(Samples.read(original).toBuilder()).build(), original);
    }
}
