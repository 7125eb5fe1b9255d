package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ctigateway.fuzz.FuzzTally;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.internal.FormFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is asked, the answer is "not found" or the gateways of the one profile that was asked for, never others and never a failure. */
class XmlCurlAnswererFuzz {
    private static final String NOT_FOUND =
            "<document type=\"freeswitch/xml\">\n<section name=\"result\">\n<result status=\"not found\"/>";
    private static final Gateway PENDING = gateway("pending");
    private static final Gateway KEPT = gateway("kept");
    private static final Gateway ELSEWHERE = gateway("elsewhere");

    @RegisterExtension
    static final FuzzTally TALLY = new FuzzTally();

    private final XmlCurlAnswerer answerer = XmlCurlAnswerer.create();

    XmlCurlAnswererFuzz() {
        answerer.publisher("node1", "external").publish(List.of(PENDING, KEPT), Set.of("pending"));
        answerer.publisher("node2", "external").publish(List.of(ELSEWHERE), Set.of("elsewhere"));
    }

    @FuzzTest
    @DictionaryEntries({
        "hostname=node1",
        "hostname=node2",
        "&section=configuration",
        "&section=directory",
        "&tag_name=configuration",
        "&key_name=name",
        "&key_value=sofia.conf",
        "&key_value=",
        "&profile=external",
        "&reconfig=true",
        "&gateway=_all_",
        "&gateway=pending",
        "&gateway=kept",
        "&purpose=gateways",
        "%3D",
        "%26",
        "%E5%90%8D",
        "%",
        "+",
        ";"
    })
    void answersOnlyWhatIsAsked(byte[] input) {
        TALLY.count();
        String form = new String(input, StandardCharsets.UTF_8);
        String answer = answerer.answerForm(form);
        XmlImport read = GatewayXmlReader.create().read(answer);
        assertThat(read.hasErrors()).as(answer).isFalse();
        if (answer.startsWith(NOT_FOUND)) {
            assertThat(read.gateways()).isEmpty();
            return;
        }
        Map<String, String> asked = FormFields.parse(form);
        assertThat(asked).containsEntry("profile", "external");
        if ("node2".equals(asked.get("hostname"))) {
            assertThat(read.gateways()).containsExactly(ELSEWHERE);
        } else {
            assertThat(asked).containsEntry("hostname", "node1");
            if ("directory".equals(asked.get("section"))) {
                assertThat(read.gateways()).containsExactly(PENDING, KEPT);
            } else if ("kept".equals(asked.get("gateway"))) {
                assertThat(read.gateways()).isEmpty();
            } else {
                assertThat(read.gateways()).containsExactly(PENDING);
            }
        }
    }

    private static Gateway gateway(String name) {
        return Gateway.builder(name)
                .set("username", "u")
                .set("password", "p-" + name)
                .build();
    }
}
