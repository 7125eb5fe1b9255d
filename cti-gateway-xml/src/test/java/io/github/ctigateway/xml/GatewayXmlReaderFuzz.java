package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ctigateway.fuzz.FuzzTally;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any bytes are gateways and findings, or the typed failure; and a gateway that was read and can be written reads back the same. */
class GatewayXmlReaderFuzz {
    @RegisterExtension
    static final FuzzTally TALLY = new FuzzTally();

    @FuzzTest
    @DictionaryEntries({
        "<include>\\x0A",
        "</include>\\x0A",
        "<gateway name=\"",
        "</gateway>\\x0A",
        "<param name=\"",
        "\" value=\"",
        "\"/>\\x0A",
        "<variables>\\x0A",
        "</variables>\\x0A",
        "<variable name=\"",
        " direction=\"inbound\"",
        "<subscriptions>",
        "<subscription event=\"",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE",
        "<?xml version=\"1.0\"?>\\x0A",
        "$${domain}",
        "<X-PRE-PROCESS cmd=\"set\" data=\"a=b\"/>\\x0A",
        "&#36;",
        "&amp;",
        "&#x10FFFF;",
        "<profile name=\"",
        "<user id=\""
    })
    void whatIsReadAndWrittenReadsBackTheSame(byte[] input) {
        TALLY.count();
        XmlImport read;
        try {
            read = GatewayXmlReader.create().read(new ByteArrayInputStream(input));
        } catch (GatewayXmlException refused) {
            assertThat(refused.reason()).isNotEmpty();
            return;
        }
        for (ImportedGateway imported : read.imported()) {
            String written;
            try {
                written = GatewayXmlWriter.render(imported.gateway());
            } catch (UnwritableGatewayException refused) {
                continue;
            }
            XmlImport again = GatewayXmlReader.create().read(written);
            assertThat(again.gateways()).isEqualTo(List.of(imported.gateway().definition()));
        }
    }
}
