package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayJsonRoundTripTest {
    private static final int DOCUMENTS_PER_SEED = 25_000;
    private static final int BROKEN_PER_SEED = 10_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noByteIsLostAndEveryChangeArrives(long seed) {
        RandomDocuments random = new RandomDocuments(seed);
        for (int i = 0; i < DOCUMENTS_PER_SEED; i++) {
            String document = random.document();
            Gateway gateway = Samples.read("a", document);

            check(GatewayJson.encode(gateway, document).equals(document), "unchanged", document, document);
            String fresh = GatewayJson.encode(gateway);
            check(content(Samples.read("a", fresh)).equals(content(gateway)), "fresh", document, fresh);

            Gateway changed = random.change(gateway);
            String patched = GatewayJson.encode(changed, document);
            check(content(Samples.read("a", patched)).equals(content(changed)), "changed", document, patched);
            check(GatewayJson.encode(changed, patched).equals(patched), "changed twice", document, patched);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void noExceptionEscapesFromABrokenDocument(long seed) {
        RandomDocuments random = new RandomDocuments(seed);
        int unreadable = 0;
        for (int i = 0; i < BROKEN_PER_SEED; i++) {
            String document = random.broken();
            byte[] bytes = random.noise(document.getBytes(StandardCharsets.UTF_8));
            unreadable += survives(GatewayJson.decode("a", document)) + survives(GatewayJson.decode("a", bytes));
        }

        assertThat(unreadable).isGreaterThan(BROKEN_PER_SEED / 2);
    }

    private static int survives(DecodedGateway decoded) {
        if (decoded instanceof DecodedGateway.Unreadable unreadable) {
            assertThat(unreadable.findings()).isNotEmpty();
            return 1;
        }
        return 0;
    }

    /** What a gateway says, less the order of members, which a document keeps and a builder may not. */
    private static List<Object> content(Gateway gateway) {
        Map<String, List<String>> variables = gateway.variables().stream()
                .collect(Collectors.groupingBy(
                        GatewayVariable::name,
                        Collectors.mapping(variable -> variable.direction() + variable.value(), Collectors.toList())));
        return List.of(gateway.parameters(), variables, gateway.subscriptions(), gateway.additionalMembers());
    }

    private static void check(boolean holds, String what, String document, String written) {
        if (!holds) {
            throw new AssertionError(what + ": <" + document + "> became <" + written + ">");
        }
    }
}
