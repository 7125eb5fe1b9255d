package io.github.ctigateway.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.model.Gateway;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The publisher over mod_xml_curl. */
public abstract class XmlCurlPublisherContract extends PublisherContract {
    private final XmlCurlWeb web = openWeb();

    /** The web server where the server under test posts its questions. */
    protected abstract XmlCurlWeb openWeb();

    /** The web server. */
    protected final XmlCurlWeb web() {
        return web;
    }

    @Override
    protected final GatewayPublisher openPublisher() {
        return web.answerer().publisher(server().profile());
    }

    @AfterAll
    final void stopAnswering() {
        web.close();
    }

    @Test
    void startTakesOurDefinitionAndNoneOfTheFiles() {
        publish(quiet("ctitest-both").param("realm", "file.example"), quiet("ctitest-file"));
        Gateway ours = resting("ctitest-both", "ours.example");

        publishAndStart(List.of(ours), Set.of("ctitest-both"));

        assertThat(stamps()).isEqualTo(stampsOf(ours));
        assertThat(live()).containsExactly("ctitest-both");
    }

    @Test
    void rescanTakesTheFilesDefinitionFirst() {
        publish(quiet("ctitest-both").param("realm", "file.example"));
        publisher().publish(List.of(resting("ctitest-both", "ours.example")), Set.of("ctitest-both"));

        profile("rescan");

        assertThat(stamps()).isEmpty();
        assertThat(client().api("sofia xmlstatus gateway ctitest-both")).contains("<realm>file.example</realm>");
    }
}
