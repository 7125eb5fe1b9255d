package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Gateway;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class XmlRoundTripTest {
    static java.util.List<String> hostile() {
        return HostileStrings.ALL;
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileStringComesBackFromEveryPlace(String hostile) {
        Gateway gateway = Gateway.builder("g" + hostile)
                .set("password", hostile)
                .set(hostile, "v")
                .variable(hostile, hostile)
                .build();
        assertSame(gateway);
    }

    @Test
    void whatWasWrittenReadsBackTheSameForAnyGateway() {
        Random random = new Random(20261122);
        for (int i = 0; i < 100_000; i++) {
            assertSame(HostileStrings.gateway(random));
        }
    }

    private static void assertSame(Gateway gateway) {
        XmlImport read = GatewayXmlReader.create().read(GatewayXmlWriter.render(gateway));
        if (!read.gateways().equals(java.util.List.of(gateway.definition()))
                || !read.findings().isEmpty()) {
            assertThat(read.findings()).as(gateway.toString()).isEmpty();
            assertThat(read.gateways()).containsExactly(gateway.definition());
        }
    }
}
