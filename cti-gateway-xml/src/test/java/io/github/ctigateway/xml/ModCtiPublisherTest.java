package io.github.ctigateway.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModCtiPublisherTest {
    @Test
    void publishesNothingAndStartsWithARescan() {
        try (ModCtiPublisher publisher = ModCtiPublisher.create()) {
            Gateway gateway = Gateway.builder("a").build();
            assertThat(publisher.publish(List.of(gateway), Set.of("a")))
                    .isEqualTo(new Publication(Set.of(), Set.of(), Map.of()));
            assertThat(publisher.published("a")).isEmpty();
            assertThat(publisher.startCommand()).isEqualTo(StartCommand.RESCAN);
        }
    }
}
