package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlCurlAnswererTest {
    private static final Gateway A = gateway("a");
    private static final Gateway B = gateway("b");
    private static final String START = "hostname=node1&section=configuration&tag_name=configuration&key_name=name"
            + "&key_value=sofia.conf&profile=external&reconfig=true&gateway=";
    private static final String DIRECTORY =
            "hostname=node1&section=directory&tag_name=&key_name=&key_value=&purpose=gateways&profile=external";

    private final XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
    private final XmlCurlPublisher publisher = answerer.publisher("node1", "external");

    @Test
    void aStartOfAllGetsExactlyThePendingGateways() {
        publisher.publish(List.of(A, B), Set.of("b", "unknown"));
        String answer = answerer.answerForm(START + "_all_");
        assertThat(answer).contains("<configuration name=\"sofia.conf\">", "<profile name=\"external\">");
        assertThat(gateways(answer)).containsExactly(B);
    }

    @Test
    void aStartOfOneGetsItOnlyWhenItIsPending() {
        publisher.publish(List.of(A, B), Set.of("b"));
        assertThat(gateways(answerer.answerForm(START + "b"))).containsExactly(B);
        assertThat(answerer.answerForm(START + "a")).contains("sofia.conf").doesNotContain("<gateway ");
        assertNotFound(START + "somebody-elses");
    }

    @Test
    void nothingPendingIsAnEmptyListSoThatNoOtherGatewayStarts() {
        publisher.publish(List.of(A), Set.of());
        assertThat(answerer.answerForm(START + "_all_")).contains("<gateways>").doesNotContain("<gateway ");
    }

    @Test
    void saysWhetherFreeSwitchCameForWhatItDidNotTakeIn() {
        publisher.publish(List.of(A), Set.of("a"));
        assertThat(publisher.whyNotTaken("a"))
                .hasValueSatisfying(why -> assertThat(why).contains("did not ask", "'external'"));

        answerer.answerForm((START + "_all_").replace("node1", "other"));
        assertThat(publisher.whyNotTaken("a"))
                .hasValueSatisfying(why -> assertThat(why).contains("as node 'other'", "for node 'node1'"));

        answerer.answerForm(START + "_all_");
        assertThat(publisher.whyNotTaken("a"))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("FreeSWITCH skipped it").doesNotContain("1 MiB"));

        publisher.publish(List.of(A), Set.of("a"));
        assertThat(publisher.whyNotTaken("a"))
                .hasValueSatisfying(why -> assertThat(why).contains("did not ask"));
    }

    @Test
    void saysWhenTheAnswerWasLargerThanWhatIsTakenUsually() {
        Gateway large = Gateway.builder("large")
                .set("username", "u")
                .set("password", "p".repeat(1_100_000))
                .build();
        publisher.publish(List.of(large), Set.of("large"));
        answerer.answerForm(START + "_all_");

        assertThat(publisher.whyNotTaken("large"))
                .hasValueSatisfying(why -> assertThat(why).contains("1 MiB", "response-max-bytes"));
    }

    @Test
    void theDirectoryRequestGetsAllThatAreWanted() {
        publisher.publish(List.of(A, B), Set.of());
        String answer = answerer.answerForm(DIRECTORY);
        assertThat(answer).contains("<section name=\"directory\">", "<domain name=\"cti-gateway\">", "<users>");
        assertThat(gateways(answer)).containsExactly(A, B);
    }

    @Test
    void aDirectoryRequestForOneDomainIsAnsweredForThatDomain() {
        publisher.publish(List.of(A), Set.of());
        assertThat(answerer.answerForm(
                        "hostname=node1&section=directory&tag_name=domain&key_name=name&key_value=example.com"
                                + "&purpose=gateways&profile=external"))
                .contains("<domain name=\"example.com\">");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "&&&=&=x&%",
                "section=configuration&key_value=timezones.conf&hostname=node1",
                "section=configuration&key_value=sofia.conf&hostname=node1&profile=external",
                "section=configuration&key_value=sofia.conf&hostname=node2&profile=external&gateway=_all_",
                "section=configuration&key_value=sofia.conf&hostname=node1&profile=internal&gateway=_all_",
                "section=directory&hostname=node1&purpose=network-list&profile=external",
                "section=directory&hostname=node1&key_value=example.com&user=1000&profile=external",
                "section=dialplan&hostname=node1&profile=external&gateway=_all_&key_value=sofia.conf"
            })
    void everythingElseIsNotFound(String request) {
        publisher.publish(List.of(A), Set.of("a"));
        assertNotFound(request);
    }

    @Test
    void aNodeOfItsOwnComesBeforeAnyNode() {
        XmlCurlPublisher anyNode = answerer.publisher("external");
        publisher.publish(List.of(A), Set.of("a"));
        anyNode.publish(List.of(B), Set.of("b"));
        assertThat(gateways(answerer.answerForm(START + "_all_"))).containsExactly(A);
        assertThat(gateways(answerer.answerForm(START.replace("node1", "node2") + "_all_")))
                .containsExactly(B);
    }

    @Test
    void publishSaysWhatChanged() {
        assertThat(publisher.publish(List.of(A, B), Set.of()))
                .isEqualTo(new Publication(Set.of("a", "b"), Set.of(), Map.of()));
        Gateway changed = A.toBuilder().set("realm", "r").build();
        assertThat(publisher.publish(List.of(changed), Set.of("a")))
                .isEqualTo(new Publication(Set.of("a"), Set.of("b"), Map.of()));
        assertThat(publisher.published("a")).contains(changed);
        assertThat(publisher.published("b")).isEmpty();
        assertThat(publisher.startCommand()).isEqualTo(StartCommand.START_ALL);
    }

    @Test
    void aGatewayThatCannotBeWrittenChangesNothing() {
        publisher.publish(List.of(A), Set.of("a"));
        assertThatThrownBy(() -> publisher.publish(List.of(B, gateway("\u0000")), Set.of("b")))
                .isInstanceOf(UnwritableGatewayException.class);
        assertThat(gateways(answerer.answerForm(START + "_all_"))).containsExactly(A);
    }

    @Test
    void aProfileHasOnePublisherAtATimeAndNoneOnceItIsClosed() {
        assertThatThrownBy(() -> answerer.publisher("node1", "external")).isInstanceOf(IllegalStateException.class);
        publisher.publish(List.of(A), Set.of("a"));
        publisher.close();
        assertNotFound(START + "_all_");
        answerer.publisher("node1", "external").publish(List.of(B), Set.of("b"));
        assertThat(gateways(answerer.answerForm(START + "_all_"))).containsExactly(B);
    }

    @Test
    void hostileFieldsComeBackEscaped() {
        answerer.publisher("node1", "ext\"$${domain}").publish(List.of(A), Set.of("a"));
        Map<String, String> request = new HashMap<>(Map.of("section", "configuration", "hostname", "node1"));
        request.putAll(Map.of("key_value", "sofia.conf", "profile", "ext\"$${domain}", "gateway", "_all_"));
        assertThat(answerer.answer(request)).contains("<profile name=\"ext&quot;&#36;&#36;{domain}\">");
    }

    @Test
    void theFirstOfTwoFieldsCountsAndEscapesAreDecoded() {
        answerer.publisher("n ö", "external").publish(List.of(A), Set.of("a"));
        assertThat(gateways(
                        answerer.answerForm("hostname=n+%C3%B6&hostname=x&section=configuration&key_value=sofia%2Econf"
                                + "&profile=external&gateway=_all_&odd=%zz%")))
                .containsExactly(A);
    }

    @Test
    void aDomainThatXmlCannotCarryIsNotFound() {
        publisher.publish(List.of(A), Set.of());
        assertNotFound("hostname=node1&section=directory&key_value=%00&purpose=gateways&profile=external");
    }

    private void assertNotFound(String request) {
        assertThat(answerer.answerForm(request))
                .contains("<result status=\"not found\"/>")
                .doesNotContain("gateway ");
    }

    private static List<Gateway> gateways(String answer) {
        return GatewayXmlReader.create().read(answer).gateways();
    }

    private static Gateway gateway(String name) {
        return Gateway.builder(name)
                .set("username", name)
                .set("password", "p$${x}")
                .build();
    }
}
