package io.github.ctigateway.xml;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * For a FreeSWITCH with mod_cti, which reads the store's Redis hash itself: there is nothing to publish, and a rescan takes in what is
 * there. The stamp is not in that hash, so what runs can be compared only by what the switch shows. Thread-safe.
 */
public final class ModCtiPublisher implements GatewayPublisher {
    private ModCtiPublisher() {}

    /** The publisher for any profile. */
    public static ModCtiPublisher create() {
        return new ModCtiPublisher();
    }

    @Override
    public Publication publish(Collection<Gateway> wanted, Set<String> pending) {
        return new Publication(Set.of(), Set.of(), Map.of());
    }

    /** {@inheritDoc} Always empty: this publisher makes nothing readable. */
    @Override
    public Optional<Gateway> published(String name) {
        return Optional.empty();
    }

    @Override
    public StartCommand startCommand() {
        return StartCommand.RESCAN;
    }

    @Override
    public void close() {}
}
