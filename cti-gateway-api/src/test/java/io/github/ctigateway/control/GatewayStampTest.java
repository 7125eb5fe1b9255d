package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayStampTest {
    private final GatewayStamp stamp = GatewayStamp.under(secret("a"));
    private final Gateway trunk = Gateway.builder("trunk")
            .set(Parameters.REALM, "carrier.example")
            .set(Parameters.PASSWORD, "s3cret")
            .variable("sip_sticky_contact", "true")
            .build();

    @Test
    void isHexOfTheDefinitionAndASignOfTheSecret() {
        assertThat(stamp.of(trunk)).matches("[0-9a-f]{32}\\.[0-9a-f]{8}").doesNotContain("s3cret");
    }

    /** Another stamp for the same definition would have every gateway of every switch replaced by an update of the library. */
    @Test
    void staysTheSameFromReleaseToRelease() {
        Gateway everything = trunk.toBuilder()
                .set("from-user", "")
                .set("context", "\u516c\u7f51")
                .variable("b", "1", Direction.INBOUND)
                .subscription(new GatewaySubscription("message-summary", Map.of("expire-seconds", "60")))
                .additionalMember("remark", "1")
                .build();

        assertThat(stamp.of(everything)).isEqualTo("36680c1e26b88ec6e70be7ff5005da5c.6f90f987");
    }

    @Test
    void ignoresWhatFreeSwitchIsNotGiven() {
        Gateway same = trunk.toBuilder()
                .set(Parameters.FROM_USER, "")
                .additionalMember("remark", "\"main line\"")
                .build();

        assertThat(stamp.of(same)).isEqualTo(stamp.of(trunk));
        assertThat(stamp.of(stamp.stamped(trunk))).isEqualTo(stamp.of(trunk));
    }

    @Test
    void ignoresTheOrderOfParameters() {
        Gateway one = Gateway.builder("x").set("a", "1").set("b", "2").build();
        Gateway other = Gateway.builder("x").set("b", "2").set("a", "1").build();

        assertThat(stamp.of(one)).isEqualTo(stamp.of(other));
    }

    @Test
    void everyPartOfTheDefinitionCounts() {
        List<Gateway> different = List.of(
                trunk,
                trunk.toBuilder("other").build(),
                trunk.toBuilder().set(Parameters.PASSWORD, "s3cret2").build(),
                trunk.toBuilder().set(Parameters.USERNAME, "u").build(),
                trunk.toBuilder().variable("sip_sticky_contact", "false").build(),
                trunk.toBuilder()
                        .variable("sip_sticky_contact", "true", Direction.INBOUND)
                        .build(),
                trunk.toBuilder()
                        .subscription(new GatewaySubscription("message-summary", Map.of()))
                        .build(),
                trunk.toBuilder()
                        .subscription(new GatewaySubscription("message-summary", Map.of("expire-seconds", "60")))
                        .build());
        Set<String> stamps = new HashSet<>();
        different.forEach(gateway -> stamps.add(stamp.of(gateway)));

        assertThat(stamps).hasSameSizeAs(different);
    }

    @Test
    void bytesThatMoveFromOneFieldToTheNextChangeIt() {
        Gateway one = Gateway.builder("x").variable("a", "bc").build();
        Gateway other = Gateway.builder("x").variable("ab", "c").build();

        assertThat(stamp.of(one)).isNotEqualTo(stamp.of(other));
    }

    @Test
    void knowsItsOwnStampsFromThoseOfAnotherStore() {
        GatewayStamp other = GatewayStamp.under(secret("b"));

        assertThat(stamp.isOurs(stamp.of(trunk))).isTrue();
        assertThat(stamp.isOurs(other.of(trunk))).isFalse();
        assertThat(stamp.isOurs("anything")).isFalse();
    }

    private static byte[] secret(String letter) {
        return letter.repeat(32).getBytes(StandardCharsets.US_ASCII);
    }
}
