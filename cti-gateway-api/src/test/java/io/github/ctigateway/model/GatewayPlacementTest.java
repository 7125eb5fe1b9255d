package io.github.ctigateway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.validation.Violation;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayPlacementTest {
    @Test
    void runsEverywhereUnlessTold() {
        assertThat(trunk().build().placement()).isEqualTo(GatewayPlacement.EVERYWHERE);
        assertThat(GatewayPlacement.EVERYWHERE.allows("fs1")).isTrue();
    }

    @Test
    void whatIsWrittenIsRead() {
        GatewayPlacement placement = trunk().enabled(false)
                .onNodes(Set.of("fs1", "节点 \"二\"\\\n"))
                .onOneNode()
                .build()
                .placement();

        assertThat(placement).isEqualTo(new GatewayPlacement(false, Set.of("fs1", "节点 \"二\"\\\n"), true));
        assertThat(trunk().onNodes(Set.of("b", "a")).build().additionalMembers())
                .containsEntry("nodes", "[\"a\", \"b\"]");
        assertThat(trunk().onNodes(Set.of("a"))
                        .onOneNode()
                        .onEveryNode()
                        .enabled(true)
                        .build()
                        .placement())
                .isEqualTo(GatewayPlacement.EVERYWHERE);
    }

    @Test
    void aNodeMustBeNamedAndAGatewayThatIsOffRunsNowhere() {
        GatewayPlacement two = trunk().onNodes(Set.of("a", "b")).build().placement();
        assertThat(two.allows("a")).isTrue();
        assertThat(two.allows("c")).isFalse();
        assertThat(trunk().enabled(false).build().placement().allows("a")).isFalse();
        assertThatThrownBy(() -> trunk().onNodes(Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trunk().onNodes(Set.of(""))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"fs1\"]",
                " [ \"fs1\" ] ",
                "[\n\t\"fs1\",\"fs1\"\r]",
                "[\"\\u0066\\u0073\\u0031\"]",
            })
    void understandsHoweverTheNodesAreSpelt(String raw) {
        assertThat(trunk().additionalMember("nodes", raw).build().placement().nodes())
                .containsExactly("fs1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "nodes|[]",
                "nodes|{}",
                "nodes|5",
                "nodes|\"fs1\"",
                "nodes|[\"\"]",
                "nodes|[\"fs1\",]",
                "nodes|[\"fs1\" \"fs2\"]",
                "nodes|[\"fs1\"",
                "nodes|[\"fs1\"] x",
                "nodes|[\"fs1",
                "nodes|[\"\\x\"]",
                "nodes|[\"\\u00g0\"]",
                "nodes|[\"\\u00\"]",
                "nodes|[\"\\",
                "nodes|[fs1]",
                "nodes|[1]",
                "enabled|0",
                "enabled|\"no\"",
                "enabled|\"\"",
                "ownership|\"two\"",
                "ownership|1",
            })
    void whatNobodyUnderstandsIsAnErrorAndNeverEverywhere(String member, String raw) {
        Gateway doubtful = trunk().additionalMember(member, raw).build();

        assertThat(GatewayPlacement.malformed(doubtful)).containsExactly(member);
        assertThatThrownBy(doubtful::placement).isInstanceOf(IllegalArgumentException.class);
        assertThat(GatewayValidator.create().validate(doubtful).errors())
                .extracting(Violation::code)
                .containsExactly("placement." + member + ".invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {"enabled|null", "nodes|null", "ownership|null", "enabled|\"true\"", "enabled|true"})
    void nothingIsSaidByNullOrByWhatHoldsAnyway(String member, String raw) {
        assertThat(trunk().additionalMember(member, raw).build().placement()).isEqualTo(GatewayPlacement.EVERYWHERE);
    }

    private static Gateway.Builder trunk() {
        return Gateway.builder("a").set(Parameters.REGISTER, false).set(Parameters.REALM, "carrier.example");
    }
}
