package io.github.ctigateway.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The publisher of files. */
public abstract class FilesPublisherContract extends PublisherContract {
    @Override
    protected final GatewayPublisher openPublisher() {
        return XmlDirectoryPublisher.at(server().gatewayDirectory());
    }

    @Test
    void gatewayThatAnotherFileDefinesIsSaidAndItsFileStays() {
        publish(quiet("ctitest-theirs").param("realm", "theirs.example"));
        Gateway theirs = resting("ctitest-theirs", "ours.example");
        Gateway ours = resting("ctitest-ours", "ours.example");

        assertThat(publisher().definedElsewhere()).containsOnlyKeys("ctitest-theirs");
        Publication done = publisher().publish(List.of(theirs, ours), Set.of("ctitest-ours"));
        assertThat(done.clashes()).containsOnlyKeys("ctitest-theirs");
        // The controller leaves a gateway alone that it is told of.
        publishAndStart(List.of(ours), Set.of("ctitest-ours"));

        assertThat(stamps()).isEqualTo(stampsOf(ours));
        assertThat(client().api("sofia xmlstatus gateway ctitest-theirs")).contains("<realm>theirs.example</realm>");
    }
}
