package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of definitions: parameters, variables, files. */
public abstract class DefinitionContract extends ContractCases {
    @Test
    void definitionsAreReadAsParseGatewaysReadsThem() {
        List<GatewayFile> definitions =
                ContractDefinitions.all(server().registrar().address());
        publishAndRescan(definitions.toArray(GatewayFile[]::new));

        StringBuilder transcript = new StringBuilder();
        for (GatewayFile definition : definitions) {
            transcript
                    .append("## ")
                    .append(definition.name())
                    .append('\n')
                    .append(comparable(client().api("sofia xmlstatus gateway " + definition.name())));
        }

        Golden.assertMatches("definitions", transcript.toString());
    }

    @Test
    void statusOfOneGatewayHasItsLines() {
        publishAndRescan(quiet("ctitest-text").param("username", "u").param("realm", "r.example"));

        Golden.assertMatches("status", comparable(client().api("sofia status gateway ctitest-text")));
    }

    @Test
    void listOfAllHasALineOfEach() {
        publishAndRescan(
                quiet("ctitest-plain"),
                quiet("ctitest-wide").param("username", "中文é").param("realm", "r.example"),
                quiet("ctitest-long").param("realm", "a-realm-that-is-longer-than-its-column.example"));

        assertThat(client().api("sofia status gateway")
                        .lines()
                        .filter(line -> line.contains("::ctitest-"))
                        .map(line -> line.replace(server().profile() + "::", "PROFILE::")
                                .strip()))
                .containsExactly(
                        "PROFILE::ctitest-long\tsip:FreeSWITCH@a-realm-that-is-longer-than-its-column.example\tNOREG\t  0.00\t0/0\t0/0",
                        "PROFILE::ctitest-wide\t          sip:中文é@r.example\tNOREG\t  0.00\t0/0\t0/0",
                        "PROFILE::ctitest-plain\t    sip:FreeSWITCH@ctitest-plain\tNOREG\t  0.00\t0/0\t0/0");
    }

    @Test
    void variablesReadBackByDirection() {
        publishAndRescan(quiet("ctitest-vars")
                .variable("both", "b")
                .variable("in", "i", "inbound")
                .variable("out", "o", "outbound")
                .variable("caps", "c", "INBOUND")
                .variable("odd", "x", "sideways")
                .variable("blank", "x", "")
                .variable("empty", "")
                .variable("E", "upper")
                .variable("e", "lower")
                .variable("split", "i", "inbound")
                .variable("split", "o", "outbound")
                .variable("p:caller_id_number", "p")
                .variable("name with blanks", "n")
                .variable("array[0]", "a0")
                .variable("array[1]", "a1")
                .variable("list", "ARRAY::a|:b")
                .variable("single", "ARRAY::a")
                .variable("_body", "bd"));

        StringBuilder transcript = new StringBuilder();
        for (String name : List.of(
                "both",
                "in",
                "out",
                "caps",
                "odd",
                "blank",
                "empty",
                "E",
                "e",
                "split",
                "p:caller_id_number",
                "BOTH",
                "name with blanks",
                "'name with blanks'",
                "array",
                "array[0]",
                "list",
                "single",
                "_body",
                "nosuch")) {
            for (String direction : List.of("ivar", "ovar", "var", "OVAR", "sideways")) {
                String command = "sofia_gateway_data ctitest-vars " + direction + " " + name;
                transcript
                        .append(command)
                        .append(" -> ")
                        .append(client().api(command))
                        .append('\n');
            }
        }
        Golden.assertMatches("variables", transcript.toString());
    }

    @Test
    void hostileValuesReadBackUnchanged() {
        List<String> values = HostileText.all();
        GatewayFile gateway = quiet("ctitest-hostile");
        IntStream.range(0, values.size()).forEach(i -> gateway.variable("v" + i, values.get(i)));
        publishAndRescan(gateway);

        List<String> read = IntStream.range(0, values.size())
                .mapToObj(i -> client().api("sofia_gateway_data ctitest-hostile var v" + i))
                .toList();

        assertThat(read).isEqualTo(values);
    }

    @Test
    void rescanAddsOnly() {
        publishAndRescan(quiet("ctitest-kept").param("realm", "before.example"), quiet("ctitest-gone"));
        publishAnew();
        publishAndRescan(quiet("ctitest-kept").param("realm", "after.example"), quiet("ctitest-new"));

        assertThat(live()).containsExactly("ctitest-gone", "ctitest-kept", "ctitest-new");
        assertThat(client().api("sofia xmlstatus gateway ctitest-kept")).contains("<realm>before.example</realm>");
    }

    @Test
    void brokenFileKeepsWhatWasReadBefore() {
        publishAndRescan(quiet("ctitest-fine"));
        publishBroken();
        publish(quiet("ctitest-late"));

        assertThat(profile("rescan"))
                .matches("Reload XML \\[\\[error near line [0-9]+\\]: [^\n]*\\]\n\\+OK scan complete\n");
        assertThat(live()).containsExactly("ctitest-fine");
    }
}
