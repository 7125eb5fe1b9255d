package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayXmlReaderTest {
    private final GatewayXmlReader reader = GatewayXmlReader.create();

    @Test
    void readsAFileAsOperatorsHaveIt() {
        XmlImport read = reader.read("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- our carrier -->
                <include>
                  <gateway name="one">
                    <param name="realm" value="sip.example.com"/> <!-- the realm -->
                    <param name='username' value='u'></param>
                    <!--<param name="password" value="old"/>-->
                    <param name="password" value="a&amp;b"/>
                    <variables>
                      <variable name="v" value="in" direction="Inbound"/>
                      <variable name="v" value="out" direction="outbound"/>
                    </variables>
                    <subscriptions>
                      <subscription event="message-summary"><param name="expire-seconds" value="60"/></subscription>
                    </subscriptions>
                  </gateway>
                  <gateway name="two"><params><param name="realm" value="x"/></params></gateway>
                </include>
                """);
        assertThat(read.findings()).isEmpty();
        assertThat(read.gateways())
                .containsExactly(
                        Gateway.builder("one")
                                .set("realm", "sip.example.com")
                                .set("username", "u")
                                .set("password", "a&b")
                                .variable("v", "in", Direction.INBOUND)
                                .variable("v", "out", Direction.OUTBOUND)
                                .subscription(
                                        new GatewaySubscription("message-summary", Map.of("expire-seconds", "60")))
                                .build(),
                        Gateway.builder("two").set("realm", "x").build());
        assertThat(read.imported().get(1).line()).isEqualTo(17);
    }

    @Test
    void readsGatewaysWithoutARootAndFromAWholeProfile() {
        assertThat(reader.read("<gateway name=\"a\"/>\n<gateway name=\"b\"/>").gateways())
                .hasSize(2);
        XmlImport profile = reader.read("""
                <configuration name="sofia.conf">
                <global_settings><param name="log-level" value="0"/></global_settings>
                <profiles><profile name="external">
                <gateways><gateway name="a"><param name="register" value="false"/></gateway></gateways>
                <settings><param name="sip-port" value="5080"/></settings>
                </profile></profiles></configuration>""");
        assertThat(profile.gateways())
                .containsExactly(Gateway.builder("a").set("register", "false").build());
        assertThat(codes(profile)).containsExactly("xml.element.skipped", "xml.element.skipped");
    }

    @Test
    void readsTheGatewaysOfAUsersDirectoryEntry() {
        XmlImport read = reader.read("""
                <include>
                  <user id="1000">
                    <params><param name="password" value="1234"/></params>
                    <gateways>
                      <gateway name="a"><param name="register" value="false"/></gateway>
                    </gateways>
                  </user>
                  <gateway name="b"/>
                </include>
                """);
        assertThat(read.gateways()).extracting(Gateway::name).containsExactly("a", "b");
        assertThat(codes(read)).containsExactly("xml.element.skipped", "gateway.of-user");
    }

    @Test
    void knownVariablesAreReplacedAndUnknownOnesKeptAndReported() {
        String document = """
                <X-PRE-PROCESS cmd="set" data="realm = sip.example.com"/>
                <gateway name="g">
                  <param name="realm" value="$${realm}"/>
                  <param name="username" value="$${user}"/>
                  <param name="password" value="a$${secret}b"/>
                  <param name="from-user" value="&#36;&#36;{literal}"/>
                </gateway>
                """;
        XmlImport read = GatewayXmlReader.withVariables(Map.of("user", "me")).read(document);
        assertThat(read.gateways())
                .containsExactly(Gateway.builder("g")
                        .set("realm", "sip.example.com")
                        .set("username", "me")
                        .set("password", "a$${secret}b")
                        .set("from-user", "$${literal}")
                        .build());
        assertThat(codes(read)).containsExactly("xml.directive.set", "xml.variable.unknown");
        XmlFinding unknown = read.findings().get(1);
        assertThat(unknown.line()).isEqualTo(5);
        assertThat(unknown.gateway()).contains("g");
        assertThat(unknown.violation().path()).isEqualTo("param.password");
    }

    @Test
    void directivesThatAreNotCarriedOutAreReported() {
        XmlImport read = reader.read("""
                <gateway name="g">
                  <X-PRE-PROCESS cmd="include" data="../secret.xml"/>
                  <x-pre-process cmd="exec" data="id"/>
                  <!--#include "more.xml"-->
                  <!--#exec "id"
                  <param name="realm" value="in the comment"/>
                  --><param name="realm" value="r"/>
                  <X-PRE-PROCESS/>
                </gateway>
                """);
        assertThat(read.gateways())
                .containsExactly(Gateway.builder("g").set("realm", "r").build());
        assertThat(codes(read)).hasSize(5).containsOnly("xml.directive.ignored");
        assertThat(read.findings()).extracting(XmlFinding::line).containsExactly(2, 3, 4, 5, 8);
    }

    @Test
    void linesThatFreeSwitchDropsAreErrors() {
        XmlImport read = reader.read("""
                <include><gateway name="lost"/></include>
                <gateway name="g">
                  <param name="password" value="X-PRE-PROCESS"/>
                  <param name="username" value="<?"/>
                </gateway>
                """);
        assertThat(read.gateways()).containsExactly(Gateway.builder("g").build());
        assertThat(read.hasErrors()).isTrue();
        assertThat(codes(read)).containsExactly("xml.line.dropped", "xml.line.dropped", "xml.line.dropped");
        assertThat(read.findings()).extracting(XmlFinding::line).containsExactly(1, 3, 4);
    }

    @Test
    void takesWhatFreeSwitchTakesThoughItIsNoXml() {
        XmlImport read = reader.read("""
                <gateway name="g">
                  <param name="password" value="a&b&c;&lt;&#;&#xD800;"/>
                  <param name="proxy" value="<sip:x>"/>
                  <param name="realm" value="first" value="second"/>
                </gateway>
                """);
        assertThat(read.gateways())
                .containsExactly(Gateway.builder("g")
                        .set("password", "a&b&c;<&#;&#xD800;")
                        .set("proxy", "<sip:x>")
                        .set("realm", "first")
                        .build());
        assertThat(codes(read))
                .containsExactly("xml.value.unescaped", "xml.value.unescaped", "xml.attribute.duplicate");
    }

    @Test
    void theLastOfEqualParametersWinsInItsPlace() {
        XmlImport read = reader.read("""
                <gateway name="g">
                  <param name="retry-seconds" value="10"/>
                  <param name="retry_seconds" value="20"/>
                  <param name="retry-seconds" value="30"/>
                </gateway>
                """);
        assertThat(read.gateways().get(0).parameters())
                .containsExactly(Map.entry("retry_seconds", "20"), Map.entry("retry-seconds", "30"));
        assertThat(codes(read)).containsExactly("xml.duplicate");
    }

    @Test
    void theLastOfEqualVariablesWinsForItsDirection() {
        XmlImport read = reader.read("""
                <gateway name="g">
                  <variable name="a" value="both"/>
                  <variable name="a" value="in" direction="inbound"/>
                  <variable name="b" value="in" direction="inbound"/>
                  <variable name="b" value="out" direction="outbound"/>
                  <variable name="b" value="both"/>
                </gateway>
                """);
        assertThat(read.gateways())
                .containsExactly(Gateway.builder("g")
                        .variable("a", "both", Direction.OUTBOUND)
                        .variable("a", "in", Direction.INBOUND)
                        .variable("b", "both")
                        .build());
        assertThat(codes(read)).containsOnly("xml.duplicate").hasSize(3);
    }

    @Test
    void theStampsOfPublishedGatewaysCanBeLeftOut() {
        Gateway plain =
                Gateway.builder("a").set("realm", "x").variable("v", "1").build();
        Gateway stamped =
                plain.toBuilder().variable("cti_gateway_stamp", "0123.abcd").build();
        XmlImport read = reader.read(GatewayXmlWriter.render(stamped)
                + GatewayXmlWriter.render(stamped.toBuilder("b").build())
                + GatewayXmlWriter.render(plain.toBuilder("c").build()));

        XmlImport without = read.withoutStamps();

        assertThat(read.gateways()).hasSize(3).contains(stamped);
        assertThat(without.gateways())
                .containsExactly(
                        plain,
                        plain.toBuilder("b").build(),
                        plain.toBuilder("c").build());
        assertThat(without.imported())
                .extracting(ImportedGateway::line)
                .isEqualTo(read.imported().stream().map(ImportedGateway::line).toList());
        assertThat(codes(without)).containsExactly("xml.stamp.removed");
        assertThat(without.findings().get(0))
                .hasToString("import: INFO xml.stamp.removed at variable.cti_gateway_stamp:"
                        + " left out of 2 gateways that cti-gateway published: it is no part of a definition");
        assertThat(without.withoutStamps()).isSameAs(without);
    }

    @Test
    void whatStandsBesideAListIsPassedOverAsFreeSwitchDoes() {
        XmlImport read = reader.read("""
                <gateway name="g">
                  <param name="realm" value="outside"/>
                  <params><param name="username" value="u"/><what/></params>
                  <params><param name="username" value="second"/></params>
                  <variables><variable name="in" value="1"/></variables>
                  <variable name="out" value="1"/>
                  <subscriptions/><subscriptions/>
                  <X:unknown a="b"><deep/></X:unknown>
                  text
                </gateway>
                """);
        assertThat(read.gateways())
                .containsExactly(Gateway.builder("g")
                        .set("username", "u")
                        .variable("in", "1")
                        .build());
        assertThat(read.findings())
                .extracting(finding -> finding.violation().path())
                .containsExactly(
                        "<what>", "<params>", "<subscriptions>", "<X:unknown>", "text", "param.realm", "variable.out");
    }

    @Test
    void reportsEmptyParametersThatMatter() {
        XmlImport read = reader.read("""
                <gateway name="g">
                  <param name="register" value=""/>
                  <param name="from-user" value=""/>
                  <param name="context"/>
                </gateway>
                """);
        assertThat(read.gateways().get(0).parameters()).containsOnlyKeys("register", "from-user", "context");
        assertThat(codes(read)).containsExactly("xml.attribute.missing", "param.empty", "param.empty");
    }

    @Test
    void reportsWhatAnElementCannotBe() {
        XmlImport read = reader.read("""
                <gateway><param name="realm" value="x"/></gateway>
                <gateway name="g" extra="1">
                  <param value="x"/>
                  <variable name="v"/>
                  <variable name="w" value="1" direction="sideways"/>
                </gateway>
                <gateway name="g"/>
                """);
        assertThat(read.gateways()).containsExactly(Gateway.builder("g").build());
        assertThat(codes(read))
                .containsExactly(
                        "gateway.name.missing",
                        "xml.attribute.unknown",
                        "xml.attribute.missing",
                        "xml.attribute.missing",
                        "variable.direction.unknown",
                        "gateway.duplicate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>\n<gateway name=\"&b;\"/>",
                "<!DOCTYPE lolz [<!ENTITY a \"aaa\"><!ENTITY b \"&a;&a;\">]><gateway/>",
                "<gateway name=\"a\">",
                "<gateway name=\"a\"",
                "<gateway name=\"a",
                "<gateway name=a/>",
                "<gateway name/>",
                "<gateway></wrong>",
                "</gateway>",
                "<gateway/",
                "<",
                "< gateway/>",
                "<1/>",
                "<!-- not closed",
                "<!-- a -- b -->",
                "<![CDATA[ not closed"
            })
    void refusesWhatFreeSwitchRefusesAndEveryDocumentType(String document) {
        assertThatThrownBy(() -> reader.read(document)).isInstanceOfSatisfying(GatewayXmlException.class, refused -> {
            assertThat(refused.isRetryable()).isFalse();
            assertThat(refused.line()).isPresent();
        });
    }

    @Test
    void sizeDepthAndGrowthAreBounded() {
        assertThatThrownBy(() -> reader.read("<a>".repeat(100))).hasMessageContaining("deep");
        assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(new byte[64 * 1024 * 1024 + 1])))
                .isInstanceOf(GatewayXmlException.class)
                .hasMessageContaining("larger");
        StringBuilder laughs = new StringBuilder("<X-PRE-PROCESS cmd=\"set\" data=\"v=ha\"/>\n");
        for (int i = 0; i < 40; i++) {
            laughs.append("<X-PRE-PROCESS cmd=\"set\" data=\"v=$${v}$${v}\"/>\n");
        }
        assertThatThrownBy(() -> reader.read(laughs.toString()))
                .isInstanceOf(GatewayXmlException.class)
                .hasMessageContaining("grow");
    }

    /** Each is some megabytes of what a careless scanner looks at again and again; with that it would take hours. */
    @Test
    @Timeout(120)
    void whatLooksEndlessTakesNoLongerThanItsSize() {
        int size = 300_000;
        List<String> documents = List.of(
                "<gateway name=\"a\"/>".repeat(size),
                "<x/>".repeat(size) + "<?",
                " ".repeat(10 * size) + "<include>",
                "<X-PRE-PROCESS " + "cmd".repeat(size),
                "<X-PRE-PROCESS cmd=\"" + "data=".repeat(size),
                "<!--#".repeat(size),
                "$${".repeat(size),
                "$${a}".repeat(size),
                "<gateway name=\"" + "&".repeat(10 * size) + "\"/>",
                "<gateway name=\"" + "&#".repeat(size) + ";\"/>",
                "<gateway name=\"g\">" + "<param name=\"a\" value=\"\"/>".repeat(9_999) + "</gateway>",
                "<gateway name=\"g\">" + "<variable name=\"a\" value=\"\"/>".repeat(9_999) + "</gateway>",
                "\u0130<X-PRE-PROCESS cmd=\"set\" data=\"\u0130=\u0130\"/>".repeat(size / 10));
        for (String document : documents) {
            try {
                assertThat(reader.read(document)).isNotNull();
            } catch (GatewayXmlException refused) {
                assertThat(refused.reason()).isNotEmpty();
            }
        }
        assertThatThrownBy(() -> reader.read("<a" + " b=\"\"".repeat(101) + "/>"))
                .hasMessageContaining("attributes");
        assertThatThrownBy(() -> reader.read("<gateway name=\"g\">" + "<param name=\"a\" value=\"\"/>".repeat(10_001)))
                .hasMessageContaining("more than 10000");
    }

    @Test
    void aDocumentThatIsNotUtf8IsRefused() {
        byte[] latin1 = "<gateway name=\"é\"/>".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> reader.read(new ByteArrayInputStream(latin1))).hasMessageContaining("UTF-8");
        byte[] marked = "\uFEFF<gateway name=\"a\"/>".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(new ByteArrayInputStream(marked)).gateways()).hasSize(1);
    }

    @Test
    void readsFilesAndDirectoriesAndNoBadFileHidesTheOthers(@TempDir Path directory) throws IOException {
        Path vars = Files.writeString(
                directory.resolve("vars.inc"), "<X-PRE-PROCESS cmd=\"set\" data=\"r=example.com\"/>\n");
        Path tree = Files.createDirectories(directory.resolve("external/deep"));
        Files.writeString(
                tree.resolve("b.xml"), "<gateway name=\"b\"><param name=\"realm\" value=\"$${r}\"/></gateway>");
        Files.writeString(tree.resolveSibling("a.xml"), "<gateway name=\"a\"/>");
        Files.writeString(tree.resolveSibling("c.xml"), "<gateway name=\"a\"/><gateway name=\"c\">");
        Files.writeString(tree.resolveSibling("notes.txt"), "<gateway name=\"x\"/>");

        XmlImport read = reader.read(List.of(vars, directory.resolve("external"), directory.resolve("missing.xml")));

        assertThat(read.gateways())
                .containsExactly(
                        Gateway.builder("a").build(),
                        Gateway.builder("b").set("realm", "example.com").build());
        assertThat(read.imported().get(1).source()).endsWith("b.xml");
        assertThat(codes(read)).containsExactly("xml.directive.set", "xml.refused", "xml.refused");
        assertThat(read.findings().get(1).source()).endsWith("c.xml");
        assertThat(read.findings().get(2).source()).endsWith("missing.xml");
    }

    @Test
    void noFindingAndNoRefusalTellsAValue() {
        XmlImport read = reader.read("""
                <gateway name="g">
                  <param name="password" value="s3cret$${x}&"/>
                  <param name="password" value="s3cret2"/>
                </gateway>
                """);
        assertThat(read.findings()).isNotEmpty();
        assertThat(read.toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> reader.read("<gateway name=\"g\"><param name=\"password\" value=\"s3cret"))
                .hasMessageNotContaining("s3cret");
    }

    /** Any bytes are either read or refused with a reason, in bounded time; nothing else may come out. */
    @Test
    void garbageNeverBreaksTheReader() {
        Random random = new Random(99);
        String[] pieces = {
            "<",
            ">",
            "/>",
            "</",
            "gateway",
            "param",
            " name=\"",
            "\" value='",
            "'",
            "\"",
            "\n",
            "<!--",
            "-->",
            "<!--#set x=y",
            "$${x}",
            "<X-PRE-PROCESS cmd=\"set\" data=\"x=$${x}z\"/>",
            "<include>",
            "<?",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "&#",
            ";",
            "<gateway name=\"a\">",
            "</gateway>",
            "<params>",
            "</params>",
            "<!DOCTYPE",
            "\u0000",
            "é",
            "="
        };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder document = new StringBuilder();
            for (int left = random.nextInt(30); left > 0; left--) {
                document.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                assertThat(reader.read(document.toString())).isNotNull();
            } catch (GatewayXmlException refused) {
                assertThat(refused.reason()).isNotEmpty();
            }
        }
    }

    private static List<String> codes(XmlImport read) {
        return read.findings().stream()
                .map(finding -> finding.violation().code())
                .toList();
    }
}
