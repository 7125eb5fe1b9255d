package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.xml.FreeSwitchXmlModel.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XmlCurlBindingTest {
    @Test
    void givesTheFileToInstall() {
        assertThat(XmlCurlBinding.configuration(URI.create("http://127.0.0.1:8099/")))
                .isEqualTo("""
                        <configuration name="xml_curl.conf" description="Gateways from cti-gateway">
                        <bindings>
                        <binding name="cti-gateway">
                          <param name="gateway-url" value="http://127.0.0.1:8099/" bindings="configuration|directory"/>
                          <param name="timeout" value="10"/>
                          <param name="response-max-bytes" value="268435456"/>
                        </binding>
                        </bindings>
                        </configuration>
                        """);
    }

    @Test
    void aPasswordReachesFreeSwitchUnchangedAndCertificatesAreChecked() {
        String file = XmlCurlBinding.configuration(URI.create("https://db.example/"), "fs", "p$${domain}<&\"'");
        List<Tag> tags = FreeSwitchXmlModel.tags(file);
        assertThat(tags)
                .contains(
                        new Tag("param", Map.of("name", "gateway-credentials", "value", "fs:p$${domain}<&\"'")),
                        new Tag("param", Map.of("name", "enable-cacert-check", "value", "true")),
                        new Tag("param", Map.of("name", "enable-ssl-verifyhost", "value", "true")));
    }

    @Test
    void refusesWhatCannotBeCredentials() {
        URI url = URI.create("http://127.0.0.1/");
        assertThatThrownBy(() -> XmlCurlBinding.configuration(url, "a:b", "c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> XmlCurlBinding.configuration(url, "a", "s3cret\u0000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }
}
