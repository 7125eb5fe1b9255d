package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayXmlWriterTest {
    private static final Gateway TRUNK = Gateway.builder("mytrunk")
            .set("register", "true")
            .set("caller-id-in-from", "true")
            .set("realm", "180.76.224.191:35560")
            .set("from-user", "")
            .set("username", "mytrunk")
            .set("password", "my<trunk>&\"'$${x}")
            .variable("sip_sticky_contact", "true")
            .variable("p:caller_id_number", "1000", Direction.OUTBOUND)
            .subscription(new GatewaySubscription("message-summary", Map.of("expire-seconds", "60")))
            .build();

    @Test
    void writesAnElementALineAndLeavesEmptyParametersOut() {
        assertThat(GatewayXmlWriter.render(TRUNK)).isEqualTo("""
                        <include>
                        <gateway name="mytrunk">
                          <param name="register" value="true"/>
                          <param name="caller-id-in-from" value="true"/>
                          <param name="realm" value="180.76.224.191:35560"/>
                          <param name="username" value="mytrunk"/>
                          <param name="password" value="my&lt;trunk&gt;&amp;&quot;&#39;&#36;&#36;{x}"/>
                          <variables>
                            <variable name="sip_sticky_contact" value="true"/>
                            <variable name="p:caller_id_number" value="1000" direction="outbound"/>
                          </variables>
                          <subscriptions>
                            <subscription event="message-summary">
                              <param name="expire-seconds" value="60"/>
                            </subscription>
                          </subscriptions>
                        </gateway>
                        </include>
                        """);
    }

    @Test
    void breaksUpEveryDirectiveWhateverItsCase() {
        Gateway gateway = Gateway.builder("X-Pre-Process")
                .set("realm", "ax-pre-process X-PRE-PROCESSx")
                .build();
        assertThat(GatewayXmlWriter.render(gateway))
                .contains("name=\"&#88;-Pre-Process\"", "value=\"a&#120;-pre-process &#88;-PRE-PROCESSx\"")
                .doesNotContainIgnoringCase("x-pre-process");
    }

    @Test
    void writesBlanksOtherThanSpacesAsReferences() {
        Gateway gateway = Gateway.builder("g").set("realm", "\ta\r\nb ").build();
        assertThat(GatewayXmlWriter.render(gateway)).contains("value=\"&#9;a&#13;&#10;b \"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0008", "\u001Bz", "\uFFFE", "\uFFFF", "\uD83C", "\uDF89\uD83C", "x\uD800y"})
    void refusesWhatXmlCannotCarryAndNamesThePlace(String bad) {
        Gateway inPassword =
                Gateway.builder("g").set("password", "s3cret" + bad).build();
        assertThatThrownBy(() -> GatewayXmlWriter.render(inPassword))
                .isInstanceOfSatisfying(UnwritableGatewayException.class, refused -> {
                    assertThat(refused.gateway()).isEqualTo("g");
                    assertThat(refused.field()).isEqualTo("param.password");
                    assertThat(refused.isRetryable()).isFalse();
                    assertThat(refused).hasMessageNotContaining("s3cret").hasMessageContaining("U+");
                });
        Gateway inVariable = Gateway.builder("g").variable("v", bad).build();
        assertThatThrownBy(() -> GatewayXmlWriter.render(inVariable))
                .isInstanceOfSatisfying(
                        UnwritableGatewayException.class,
                        refused -> assertThat(refused.field()).isEqualTo("variable.v"));
        Gateway inName = Gateway.builder("g" + bad).build();
        assertThatThrownBy(() -> GatewayXmlWriter.render(inName))
                .isInstanceOfSatisfying(
                        UnwritableGatewayException.class,
                        refused -> assertThat(refused.field()).isEqualTo("name"));
    }

    @Test
    void canBeUsedAgainAfterARefusal() throws IOException {
        StringBuilder text = new StringBuilder();
        GatewayXmlWriter writer = GatewayXmlWriter.to(text);
        assertThatThrownBy(() -> writer.file(List.of(Gateway.builder("\u0000").build())))
                .isInstanceOf(UnwritableGatewayException.class);
        writer.file(List.of(TRUNK));
        assertThat(text).hasToString(GatewayXmlWriter.render(TRUNK));
    }

    @Test
    void writesTheSameBytesToAStreamAsToText() throws IOException {
        Gateway gateway = TRUNK.toBuilder().set("from-user", "网关🎉").build();
        List<Gateway> many = java.util.Collections.nCopies(500, gateway);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GatewayXmlWriter.to(bytes).file(many);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(GatewayXmlWriter.render(many));
    }

    @Test
    void answersSofiaConfAndTheDirectory() throws IOException {
        Gateway gateway = Gateway.builder("g").set("register", "false").build();
        StringBuilder sofia = new StringBuilder();
        GatewayXmlWriter.to(sofia).sofiaConf("external", List.of(gateway));
        assertThat(sofia).hasToString("""
                        <document type="freeswitch/xml">
                        <section name="configuration">
                        <configuration name="sofia.conf">
                        <profiles>
                        <profile name="external">
                        <gateways>
                        <gateway name="g">
                          <param name="register" value="false"/>
                        </gateway>
                        </gateways>
                        </profile>
                        </profiles>
                        </configuration>
                        </section>
                        </document>
                        """);
        StringBuilder directory = new StringBuilder();
        GatewayXmlWriter.to(directory).directory("example.com", List.of(gateway));
        assertThat(directory).hasToString("""
                        <document type="freeswitch/xml">
                        <section name="directory">
                        <domain name="example.com">
                        <groups>
                        <group name="cti-gateway">
                        <users>
                        <user id="cti-gateway">
                        <gateways>
                        <gateway name="g">
                          <param name="register" value="false"/>
                        </gateway>
                        </gateways>
                        </user>
                        </users>
                        </group>
                        </groups>
                        </domain>
                        </section>
                        </document>
                        """);
    }
}
