package io.github.ctigateway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.model.Gateway;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayNormalizerTest {
    @Test
    void nothingToRepairGivesTheGatewayItself() {
        Gateway gateway = GatewayValidatorTest.good("expire-seconds=60", "register=true");
        Normalization normalization = GatewayNormalizer.normalize(gateway);

        assertThat(normalization.gateway()).isSameAs(gateway);
        assertThat(normalization.changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "register,True ,true",
                "register,enable,true",
                "register,Y,true",
                "register,1,true",
                "register,off,false",
                "register,disable,false",
                "register,perhaps,perhaps",
                "expire-seconds, 60,60",
                "proxy,sip:h:5060,h:5060",
                "proxy, SIPS:h,h",
                "realm,sip:h,h",
                "from-domain, h ,h",
                "register-transport, udp,udp",
                "register-proxy,sip:h,sip:h",
                "password, p ,' p '",
                "context, x,' x'",
                "908-retry-seconds,60x,60x"
            })
    void slipsAreRepaired(String parameter, String before, String after) {
        Gateway gateway = Gateway.builder("g").set(parameter, before).build();
        String expected = after.startsWith("'") ? after.substring(1, after.length() - 1) : after;

        Normalization normalization = GatewayNormalizer.normalize(gateway);

        assertThat(normalization.gateway().parameters()).containsExactly(Map.entry(parameter, expected));
        if (expected.equals(before)) {
            assertThat(normalization.changes()).isEmpty();
        } else {
            assertThat(normalization.changes())
                    .containsExactly(new Normalization.Change("param." + parameter, before, expected));
        }
    }

    @Test
    void misspeltNamesAreWrittenAsModSofiaDoes() {
        Gateway gateway = Gateway.builder("g")
                .set("Expire_Seconds", " 60")
                .set("REALM", "a")
                .set("realm", "b")
                .set("From-User", "x")
                .set("from_user", "y")
                .set("colour", "z")
                .build();

        Normalization normalization = GatewayNormalizer.normalize(gateway);

        assertThat(normalization.gateway().parameters())
                .containsExactly(
                        Map.entry("expire-seconds", "60"),
                        Map.entry("REALM", "a"),
                        Map.entry("realm", "b"),
                        Map.entry("from-user", "x"),
                        Map.entry("from_user", "y"),
                        Map.entry("colour", "z"));
        assertThat(normalization.changes())
                .containsExactly(
                        new Normalization.Change("param.Expire_Seconds", " 60", ""),
                        new Normalization.Change("param.expire-seconds", "", "60"),
                        new Normalization.Change("param.From-User", "x", ""),
                        new Normalization.Change("param.from-user", "", "x"));
    }

    @Test
    void channelVariablesMoveUnlessTheyAreSet() {
        Gateway gateway = Gateway.builder("g")
                .set("sip_sticky_contact", "true")
                .set("sip_cid_type", "rpid")
                .variable("SIP_CID_TYPE", "pid")
                .build();

        Normalization normalization = GatewayNormalizer.normalize(gateway);

        assertThat(normalization.gateway().parameters()).containsExactly(Map.entry("sip_cid_type", "rpid"));
        assertThat(normalization.gateway().variables())
                .extracting(Object::toString)
                .containsExactly("SIP_CID_TYPE=pid", "sip_sticky_contact=true");
        assertThat(normalization.changes())
                .containsExactly(
                        new Normalization.Change("param.sip_sticky_contact", "true", ""),
                        new Normalization.Change("variable.sip_sticky_contact", "", "true"));
    }

    @Test
    void emptyParametersAreDroppedAndTheRestIsKept() {
        Gateway gateway = Gateway.builder("g")
                .set("from-user", "")
                .set("realm", "r")
                .variable("v", "1")
                .additionalMember("note", "1")
                .build();

        Normalization normalization = GatewayNormalizer.normalize(gateway);

        assertThat(normalization.gateway())
                .isEqualTo(gateway.toBuilder().unset("from-user").build());
        assertThat(normalization.changes()).hasToString("[param.from-user: '' -> '']");
    }

    @Test
    void secretsAreMaskedInTheChanges() {
        Gateway gateway = Gateway.builder("g")
                .set("PASSWORD", "hush")
                .set("sip_auth_password", "hush")
                .build();

        Normalization normalization = GatewayNormalizer.normalize(gateway);

        assertThat(normalization.gateway().text("password")).hasValue("hush");
        assertThat(normalization.changes()).hasSize(4);
        assertThat(normalization.changes().toString()).doesNotContain("hush").contains("***");
    }
}
