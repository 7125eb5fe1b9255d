package io.github.ctigateway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.EffectiveGateway;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.model.ProfileFacts;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds for any gateway whatever. Left out of mutation testing, for it would take hours. */
class GatewayPropertiesTest {
    private static final GatewayValidator VALIDATOR = GatewayValidator.create();

    /** Whatever is written, no exception escapes, and what mod_sofia skips is an error and has its reason. */
    @Test
    void anythingIsJudgedAndSkippedGatewaysAreErrors() {
        new Random(20_261_122).longs(5_000).forEach(seed -> judged(seed, RandomGateways.next(new Random(seed))));
    }

    private static void judged(long seed, Gateway gateway) {
        ProfileFacts profile = ProfileFacts.external();
        ValidationResult result = VALIDATOR.forProfile(profile).validate(gateway);
        EffectiveGateway effective = EffectiveGateway.of(gateway, profile);

        assertThat(effective.skipReason().map(Enum::name).orElse("none"))
                .as("seed %d", seed)
                .isEqualTo(skipReason(result));
        assertThat(effective.differingFields(effective.statusFields()))
                .as("seed %d", seed)
                .isEmpty();
        Gateway normal = GatewayNormalizer.normalize(gateway).gateway();
        assertThat(GatewayNormalizer.normalize(normal).changes())
                .as("seed %d", seed)
                .isEmpty();
    }

    private static String skipReason(ValidationResult result) {
        Set<String> codes = result.errors().stream().map(Violation::code).collect(Collectors.toSet());
        if (codes.contains("gateway.name.invalid")) {
            return "NAME";
        }
        if (codes.contains("param.transport.unknown")) {
            return "TRANSPORT";
        }
        return codes.contains("param.transport.tls-off") ? "TLS_OFF" : skipForWant(result);
    }

    private static String skipForWant(ValidationResult result) {
        return result.errors().stream()
                .filter(violation -> violation.code().equals("param.required"))
                .findFirst()
                .map(violation -> violation.path().equals("param.username") ? "NO_USERNAME" : "NO_PASSWORD")
                .orElse("none");
    }

    /** As many as fit into a value of 1 MiB; a walk through all for each would take minutes. */
    @Test
    void aHundredThousandVariablesAreNoBurden() {
        Gateway.Builder builder = GatewayValidatorTest.good().toBuilder();
        for (int i = 0; i < 100_000; i++) {
            builder.variable(GatewayVariable.of("v" + i, "x"));
        }

        assertThat(VALIDATOR.validate(builder.build()).violations()).isEmpty();
    }
}
