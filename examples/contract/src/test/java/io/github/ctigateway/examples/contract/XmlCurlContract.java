package io.github.ctigateway.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.esl.contract.ContractCases;
import io.github.ctigateway.examples.contract.RecordingWeb.Exchange;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import io.github.ctigateway.xml.XmlCurlPublisher;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What mod_xml_curl asks, what it is answered, and what the server then does. */
public abstract class XmlCurlContract extends ContractCases {
    private static final String NOT_FOUND = "<result status=\"not found\"/>";
    private static final String ANOTHER_PROFILE = """
            <document type="freeswitch/xml">
            <section name="configuration"><configuration name="sofia.conf"><profiles>
            <profile name="ctitest-other"><gateways>
            <gateway name="ctitest-x"><param name="register" value="false"/></gateway>
            </gateways></profile>
            </profiles></configuration></section>
            </document>
            """;

    private final XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
    private final RecordingWeb web = openWeb();

    @SuppressWarnings("NullAway.Init") // set before each case
    private XmlCurlPublisher publisher;

    /** The web server where the server under test posts its questions. */
    protected abstract RecordingWeb openWeb();

    /** The web server. */
    protected final RecordingWeb web() {
        return web;
    }

    @BeforeEach
    final void answer() {
        publisher = answerer.publisher(server().profile());
        web.answerWith(answerer::answerForm);
        web.forget();
    }

    @AfterEach
    final void answerNoMore() {
        publisher.close();
    }

    @AfterAll
    final void stopAnswering() {
        web.close();
    }

    private static Gateway resting(String name) {
        return Gateway.builder(name).set(Parameters.REGISTER, false).build();
    }

    private Map<String, String> configurationOf(String... more) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "hostname", client().api("switchname"),
                "section", "configuration",
                "tag_name", "configuration",
                "key_name", "name",
                "key_value", "sofia.conf",
                "profile", server().profile(),
                "reconfig", "true"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    private Map<String, String> directory() {
        return new TreeMap<>(Map.of(
                "hostname", client().api("switchname"),
                "section", "directory",
                "tag_name", "",
                "key_name", "",
                "key_value", "",
                "purpose", "gateways",
                "profile", server().profile()));
    }

    @Test
    void startOfOneAsksForItAndIsGivenIt() {
        publisher.publish(List.of(resting("ctitest-a"), resting("ctitest-b")), Set.of("ctitest-a", "ctitest-b"));

        profile("startgw ctitest-a");

        assertThat(web.ofGateways())
                .extracting(Exchange::fields)
                .containsExactly(configurationOf("gateway", "ctitest-a"));
        assertThat(web.ofGateways().get(0).answer()).contains("ctitest-a").doesNotContain("ctitest-b");
        assertThat(live()).containsExactly("ctitest-a");
    }

    @Test
    void startOfAllAsksOnceAndIsGivenThePending() {
        publisher.publish(List.of(resting("ctitest-a"), resting("ctitest-b")), Set.of("ctitest-b"));

        profile("startgw _all_");

        assertThat(web.ofGateways()).extracting(Exchange::fields).containsExactly(configurationOf("gateway", "_all_"));
        assertThat(web.ofGateways().get(0).answer()).contains("ctitest-b").doesNotContain("ctitest-a");
        assertThat(live()).containsExactly("ctitest-b");
    }

    @Test
    void rescanFindsNoProfileHereAndEveryGatewayInTheDirectory() {
        publish(quiet("ctitest-file"));
        publisher.publish(List.of(resting("ctitest-a"), resting("ctitest-b")), Set.of());

        profile("rescan");

        assertThat(web.ofGateways()).extracting(Exchange::fields).containsExactly(configurationOf(), directory());
        assertThat(web.ofGateways().get(0).answer()).contains(NOT_FOUND);
        assertThat(web.ofGateways().get(1).answer()).contains("ctitest-a", "ctitest-b");
        assertThat(live()).containsExactly("ctitest-a", "ctitest-b", "ctitest-file");
    }

    @Test
    void gatewayThatIsNotOursIsTakenFromTheFiles() {
        publish(quiet("ctitest-file"));
        publisher.publish(List.of(resting("ctitest-a")), Set.of());

        profile("startgw ctitest-file");

        assertThat(web.ofGateways()).extracting(Exchange::answer).allMatch(answer -> answer.contains(NOT_FOUND));
        assertThat(live()).containsExactly("ctitest-file");
    }

    @Test
    void gatewayThatIsWantedButNotPendingIsNotStarted() {
        publish(quiet("ctitest-file"));
        publisher.publish(List.of(resting("ctitest-a")), Set.of());

        profile("startgw ctitest-a");
        profile("startgw _all_");

        assertThat(live()).isEmpty();
    }

    @Test
    void everythingElseIsNotFound() {
        publisher.publish(List.of(resting("ctitest-a")), Set.of("ctitest-a"));

        profile("rescan");
        within(5, () -> web.all().stream().anyMatch(asked -> asked.is("key_value", "timezones.conf")));

        assertThat(web.all())
                .filteredOn(asked -> !asked.is("section", "directory"))
                .extracting(Exchange::answer)
                .allMatch(answer -> answer.contains(NOT_FOUND));
        assertThat(live()).containsExactly("ctitest-a");
    }

    @Test
    void whatCannotBeHadIsTakenFromTheFiles() {
        publish(quiet("ctitest-file"));
        publisher.publish(List.of(resting("ctitest-a")), Set.of("ctitest-a"));
        for (String broken :
                List.of("", "nonsense", "<document><section name=\"configuration\">", RecordingWeb.FAILURE)) {
            web.answerWith(form -> broken);

            assertThat(profile("startgw _all_")).isEqualTo("Reload XML [Success]\n+OK start gateway _all_ complete\n");
            assertThat(live()).containsExactly("ctitest-file");
            assertThat(profile("rescan")).isEqualTo("Reload XML [Success]\n+OK scan complete\n");
            assertThat(live()).containsExactly("ctitest-file");
            profile("killgw ctitest-file");
            within(5, () -> live().isEmpty());
        }
    }

    @Test
    void answerWithoutTheProfileStartsNothing() {
        publish(quiet("ctitest-file"));
        web.answerWith(form -> form.contains("gateway=") ? ANOTHER_PROFILE : answerer.answerForm(form));

        assertThat(profile("startgw _all_")).contains("+OK");

        assertThat(live()).isEmpty();
    }

    @Test
    void brokenFileKeepsNoGatewayOfOursBack() {
        publisher.publish(List.of(resting("ctitest-a")), Set.of("ctitest-a"));
        publishBroken();

        assertThat(profile("startgw _all_"))
                .matches("Reload XML \\[\\[error near line [0-9]+\\]: [^\n]*\\]\n\\+OK start gateway _all_ complete\n");
        assertThat(live()).containsExactly("ctitest-a");
    }
}
