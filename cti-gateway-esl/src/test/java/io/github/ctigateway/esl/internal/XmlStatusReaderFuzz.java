package io.github.ctigateway.esl.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.fuzz.FuzzTally;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any text is gateways or nothing; and whatever stands in the values of a gateway, on one line each, comes back as it was. */
class XmlStatusReaderFuzz {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<gateways>\n";

    @RegisterExtension
    static final FuzzTally TALLY = new FuzzTally();

    @FuzzTest
    @DictionaryEntries({
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\\x0A",
        "<gateways>\\x0A",
        "</gateways>\\x0A",
        "  <gateway>\\x0A",
        "  </gateway>\\x0A",
        "    <name>",
        "</name>\\x0A",
        "    <realm>",
        "</realm>\\x0A",
        "    <from>",
        "</from>\\x0A",
        "&lt;",
        "&amp;",
        "&quot;",
        "    <state>REGED</state>\\x0A",
        "    <password>yes</password>\\x0A"
    })
    void valuesComeBackWhateverTheyAre(byte[] input) {
        TALLY.count();
        String text = new String(input, StandardCharsets.UTF_8);
        check(text, XmlStatusReader.read(text));
        check(text, XmlStatusReader.readOne(text));

        String[] values = (text + "\n\n").split("\n", -1);
        String shown = "  <gateway>\n    <name>" + values[0] + "</name>\n    <realm>" + values[1]
                + "</realm>\n    <password>yes</password>\n    <from>" + escaped(values[2]) + "</from>\n  </gateway>\n";
        List<LiveGateway> read =
                XmlStatusReader.read(HEAD + shown + shown + "</gateways>\n").orElseThrow();
        assertThat(read).hasSize(2);
        for (LiveGateway gateway : read) {
            assertThat(List.of(
                            gateway.name(),
                            gateway.fields().get("realm"),
                            gateway.fields().get("from")))
                    .isEqualTo(List.of(values).subList(0, 3));
        }
    }

    private static void check(String text, Optional<List<LiveGateway>> read) {
        read.ifPresent(gateways -> {
            assertThat(gateways.size() * 12L).as("gateways").isLessThanOrEqualTo(text.length());
            for (LiveGateway gateway : gateways) {
                if (gateway.fields().containsKey("password")
                        || gateway.fields().values().stream().anyMatch(value -> value.length() > text.length())) {
                    throw new AssertionError("more than was printed: " + gateway.fields());
                }
            }
        });
    }

    /** As mod_sofia does. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
