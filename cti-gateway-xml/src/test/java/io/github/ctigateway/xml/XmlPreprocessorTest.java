package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.xml.FreeSwitchXmlModel.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written means the same to FreeSWITCH's preprocessor and parser, and to a standard parser that knows neither. */
class XmlPreprocessorTest {
    static List<String> hostile() {
        return HostileStrings.ALL;
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileStringReachesFreeSwitchUnchanged(String hostile) throws Exception {
        assertUnderstood(Gateway.builder(hostile)
                .set("password", hostile)
                .variable("v", hostile)
                .variable(hostile, "value", Direction.INBOUND)
                .build());
    }

    @Test
    void anyGatewayReachesFreeSwitchUnchanged() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            assertUnderstood(HostileStrings.gateway(random));
        }
    }

    /** So that the model would notice: plain XML escaping loses what mod_sofia.md says it loses. */
    @Test
    void theModelCorruptsWhatIsOnlyEscapedAsXml() {
        assertThat(FreeSwitchXmlModel.tags("<include>\n<param value=\"a$${domain}\"/>\n</include>\n"))
                .containsExactly(new Tag("param", Map.of("value", "a127.0.0.1")));
        assertThat(FreeSwitchXmlModel.tags("<a>\n<param value=\"X-PRE-PROCESS\"/>\n</a>\n"))
                .containsExactly(new Tag("a", Map.of()));
        assertThat(FreeSwitchXmlModel.tags("<a><?xml version=\"1.0\"?>\n<b/>\n</a>"))
                .containsExactly(new Tag("b", Map.of()));
    }

    private static void assertUnderstood(Gateway gateway) throws Exception {
        String document = GatewayXmlWriter.render(gateway);
        List<Tag> meant = tags(gateway.definition());
        List<Tag> understood = FreeSwitchXmlModel.tags(document);
        List<Tag> standard = FreeSwitchXmlModel.standardTags(document);
        assertThat(standard.remove(0).name()).isEqualTo("include");
        if (!understood.equals(meant) || !standard.equals(meant)) {
            assertThat(understood).as(document).isEqualTo(meant);
            assertThat(standard).as(document).isEqualTo(meant);
        }
    }

    private static List<Tag> tags(Gateway gateway) {
        List<Tag> tags = new ArrayList<>();
        tags.add(new Tag("gateway", Map.of("name", gateway.name())));
        gateway.parameters().forEach((name, value) -> tags.add(param(name, value)));
        if (!gateway.variables().isEmpty()) {
            tags.add(new Tag("variables", Map.of()));
        }
        for (GatewayVariable variable : gateway.variables()) {
            Map<String, String> attributes =
                    new LinkedHashMap<>(Map.of("name", variable.name(), "value", variable.value()));
            if (variable.direction() != Direction.BOTH) {
                attributes.put("direction", variable.direction().name().toLowerCase(Locale.ROOT));
            }
            tags.add(new Tag("variable", attributes));
        }
        if (!gateway.subscriptions().isEmpty()) {
            tags.add(new Tag("subscriptions", Map.of()));
        }
        for (GatewaySubscription subscription : gateway.subscriptions()) {
            tags.add(new Tag("subscription", Map.of("event", subscription.event())));
            subscription.parameters().forEach((name, value) -> tags.add(param(name, value)));
        }
        return tags;
    }

    private static Tag param(String name, String value) {
        return new Tag("param", Map.of("name", name, "value", value));
    }
}
