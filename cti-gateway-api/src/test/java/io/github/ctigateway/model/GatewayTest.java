package io.github.ctigateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
    private static final Gateway TRUNK = Gateway.builder("trunk")
            .set(Parameters.REALM, "r.invalid")
            .set("x-unknown", "1")
            .set(Parameters.PASSWORD, "hush")
            .set(Parameters.FROM_USER, "")
            .variable("sip_sticky_contact", "true")
            .variable("api_token", "hush", Direction.OUTBOUND)
            .subscription(new GatewaySubscription("message-summary", Map.of("expire-seconds", "60")))
            .additionalMember("note", "\"kept\"")
            .build();

    @Test
    void keepsOrderAndTextAsGiven() {
        assertThat(TRUNK.parameters().keySet()).containsExactly("realm", "x-unknown", "password", "from-user");
        assertThat(TRUNK.text("realm")).hasValue("r.invalid");
        assertThat(TRUNK.text("from-user")).isEmpty();
        assertThat(TRUNK.text("none")).isEmpty();
        assertThat(TRUNK.additionalMembers()).containsExactly(Map.entry("note", "\"kept\""));
        assertThat(TRUNK.name()).isEqualTo("trunk");
    }

    @Test
    void typedValuesAreAView() {
        Gateway gateway = Gateway.builder("g")
                .set(Parameters.EXPIRE_SECONDS, Duration.ofMinutes(1))
                .set("ping", "30x")
                .build();

        assertThat(gateway.parameters()).containsEntry("expire-seconds", "60");
        assertThat(gateway.get(Parameters.PING)).hasValue(Duration.ofSeconds(30));
        assertThat(gateway.get(Parameters.PING_MAX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',true", "true,true", "1.0,true", "false,false", "enable,false"})
    void registersUnlessItSaysOtherwise(String register, boolean expected) {
        assertThat(Gateway.builder("g")
                        .set(Parameters.REGISTER.name(), register)
                        .build()
                        .registers())
                .isEqualTo(expected);
        assertThat(Gateway.builder("g").build().registers()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z9", "_a.B-9", "0", "all", "z", "A"})
    void namesOfAsciiWordsAreValid(String name) {
        assertThat(Gateway.isValidName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "中文", "a\n", "é", "a:b", "@", "[", "`", "{", ","})
    void otherNamesAreNot(String name) {
        assertThat(Gateway.isValidName(name)).isFalse();
    }

    @Test
    void printsNoSecretAndNoForeignMember() {
        assertThat(TRUNK.toString())
                .doesNotContain("hush")
                .doesNotContain("kept")
                .contains("password=***", "realm=r.invalid", "api_token", "[note]", "message-summary");
        assertThat(Gateway.builder("g").set("password", "").build().toString()).doesNotContain("***");
    }

    @Test
    void copiesAreEqualUntilSomethingChanges() {
        assertThat(TRUNK.toBuilder().build()).isEqualTo(TRUNK).hasSameHashCodeAs(TRUNK);
        assertThat(TRUNK.toBuilder("other").build()).isNotEqualTo(TRUNK);
        assertThat(TRUNK.toBuilder().set("realm", "s").build()).isNotEqualTo(TRUNK);
        assertThat(TRUNK.toBuilder().variable("a", "b").build()).isNotEqualTo(TRUNK);
        assertThat(TRUNK.toBuilder().clearSubscriptions().build()).isNotEqualTo(TRUNK);
        assertThat(TRUNK.toBuilder().removeAdditionalMember("note").build()).isNotEqualTo(TRUNK);
        assertThat(TRUNK).isNotEqualTo("trunk");
    }

    @Test
    void definitionIsWhatFreeSwitchIsGiven() {
        Gateway definition = TRUNK.definition();

        assertThat(definition.parameters().keySet()).containsExactly("realm", "x-unknown", "password");
        assertThat(definition.additionalMembers()).isEmpty();
        assertThat(definition.variables()).isEqualTo(TRUNK.variables());
        assertThat(definition.subscriptions()).isEqualTo(TRUNK.subscriptions());
    }

    @Test
    void parametersKeepTheirPlaceWhenSetAgain() {
        Gateway gateway = TRUNK.toBuilder()
                .set("realm", "s")
                .unset("x-unknown")
                .unset("none")
                .build();

        assertThat(gateway.parameters().keySet()).containsExactly("realm", "password", "from-user");
        assertThat(gateway.text("realm")).hasValue("s");
    }

    @Test
    void variableReplacesThoseOfItsNameThatActOnTheSameCalls() {
        Gateway both = Gateway.builder("g")
                .variable("a", "1", Direction.INBOUND)
                .variable("b", "2")
                .variable("a", "3", Direction.OUTBOUND)
                .build();

        assertThat(both.variables()).extracting(GatewayVariable::value).containsExactly("1", "2", "3");
        assertThat(both.toBuilder().variable("a", "4").build().variables())
                .extracting(GatewayVariable::value)
                .containsExactly("4", "2");
        assertThat(both.toBuilder()
                        .variable("a", "4", Direction.OUTBOUND)
                        .build()
                        .variables())
                .extracting(GatewayVariable::value)
                .containsExactly("1", "2", "4");
        assertThat(both.toBuilder().removeVariable("a").build().variables())
                .extracting(GatewayVariable::name)
                .containsExactly("b");
        assertThat(both.variable("A")).map(GatewayVariable::value).hasValue("1");
        assertThat(both.variable("c")).isEmpty();
    }

    @Test
    void removedVariablesCanBeSetAgain() {
        Gateway gateway = Gateway.builder("g")
                .variable("a", "1")
                .removeVariable("a")
                .removeVariable("b")
                .variable("a", "2")
                .build();

        assertThat(gateway.variables()).extracting(Object::toString).containsExactly("a=2");
        assertThat(gateway.toBuilder().variable("a", "3").build().variables())
                .extracting(Object::toString)
                .containsExactly("a=3");
    }

    @Test
    void variablesPrintTheirDirectionAndNoSecret() {
        assertThat(GatewayVariable.of("a", "1")).hasToString("a=1");
        assertThat(new GatewayVariable("a", "1", Direction.INBOUND)).hasToString("a(INBOUND)=1");
        assertThat(GatewayVariable.of("my_secret", "1")).hasToString("my_secret=***");
    }

    @Test
    void nothingInItCanBeChangedFromOutside() {
        Map<String, String> given = new LinkedHashMap<>(Map.of("a", "b"));
        GatewaySubscription subscription = new GatewaySubscription("e", given);
        given.put("c", "d");

        assertThat(subscription.parameters()).hasSize(1);
        assertThatThrownBy(() -> subscription.parameters().put("x", "y"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> TRUNK.parameters().put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> TRUNK.parameters().remove("realm")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> TRUNK.variables().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> TRUNK.subscriptions().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void builderGoesOnAfterABuild() {
        Gateway.Builder builder = Gateway.builder("g").set("a", "1").variable("v", "1");
        Gateway first = builder.build();
        builder.set("a", "2").removeVariable("v");

        assertThat(first.text("a")).hasValue("1");
        assertThat(first.variables()).hasSize(1);
    }

    @Test
    void hundredsOfParametersAreAMapLikeAnyOther() {
        Gateway.Builder builder = Gateway.builder("g");
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            builder.set("p" + i, "v" + i);
            expected.put("p" + i, "v" + i);
        }

        Gateway gateway = builder.build();
        assertThat(gateway.parameters()).containsExactlyEntriesOf(expected);
        assertThatThrownBy(() -> gateway.parameters().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void fewTextsAreAMapLikeAnyOther() {
        Map<String, String> source = new LinkedHashMap<>();
        source.put("b", "1");
        source.put("a", "2");
        Map<String, String> map = TextMap.copyOf(source);
        source.put("c", "3");

        assertThat(map)
                .containsExactly(Map.entry("b", "1"), Map.entry("a", "2"))
                .hasSize(2);
        assertThat(map).isEqualTo(Map.of("a", "2", "b", "1")).hasSameHashCodeAs(Map.of("a", "2", "b", "1"));
        assertThat(map.get("a")).isEqualTo("2");
        assertThat(map.get("c")).isNull();
        assertThat(map.getOrDefault("a", "x")).isEqualTo("2");
        assertThat(map.getOrDefault("c", "x")).isEqualTo("x");
        assertThat(map.containsKey("b")).isTrue();
        assertThat(map.containsKey("2")).isFalse();
        assertThat(TextMap.copyOf(map)).isSameAs(map);
        assertThat(TextMap.copyOf(Map.of())).isEmpty();
        var entries = map.entrySet().iterator();
        entries.next();
        entries.next();
        assertThat(entries.hasNext()).isFalse();
        assertThatThrownBy(entries::next).isInstanceOf(java.util.NoSuchElementException.class);
        assertThat(map.entrySet()).hasSize(2);
    }

    @Test
    void namesOfTheCatalogueAreShared() {
        Gateway gateway = Gateway.builder("g").set(new String("realm"), "x").build();

        assertThat(List.copyOf(gateway.parameters().keySet()).get(0)).isSameAs(Parameters.REALM.name());
    }

    @Test
    void profilesCopyWhatIsNotChanged() {
        ProfileFacts profile = ProfileFacts.external()
                .withAddress("10.0.0.1", "")
                .withPorts(1, 2)
                .withContext("c")
                .withSwitches(true, true, true);

        assertThat(profile).isEqualTo(new ProfileFacts("external", "10.0.0.1", "", 1, 2, "c", true, true, true));
        assertThat(ProfileFacts.external())
                .isEqualTo(new ProfileFacts("external", null, null, 5080, 5081, "public", false, false, false));
    }
}
