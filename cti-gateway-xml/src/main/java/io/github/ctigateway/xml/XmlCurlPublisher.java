package io.github.ctigateway.xml;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Publishes the gateways of one profile to mod_xml_curl, through the {@link XmlCurlAnswerer} that made it. What a start costs depends
 * on the number of pending gateways and not on the number of all.
 *
 * <p>What was published lasts as long as this object: a FreeSWITCH that starts while nobody answers runs only what its own files hold,
 * until the next run of the controller. Thread-safe; {@link #publish} swaps all at once, so no answer is half old and half new.
 */
public final class XmlCurlPublisher implements GatewayPublisher {
    private final String profile;
    private final Runnable onClose;
    private volatile Published published = new Published(Map.of(), List.of());

    XmlCurlPublisher(String profile, Runnable onClose) {
        this.profile = profile;
        this.onClose = onClose;
    }

    /** The profile. */
    public String profile() {
        return profile;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UnwritableGatewayException when a gateway holds a character that XML cannot carry; nothing was changed
     */
    @Override
    public synchronized Publication publish(Collection<Gateway> wanted, Set<String> pending) {
        Map<String, Gateway> before = published.wanted();
        Map<String, Gateway> next = new LinkedHashMap<>();
        Set<String> written = new TreeSet<>();
        for (Gateway gateway : wanted) {
            Gateway definition = gateway.definition();
            next.put(definition.name(), definition);
            if (definition.equals(before.get(definition.name()))) {
                written.remove(definition.name());
            } else {
                written.add(definition.name());
            }
        }
        refuseUnwritable(written.stream().map(next::get).toList());
        Set<String> removed = new TreeSet<>(before.keySet());
        removed.removeAll(next.keySet());
        List<Gateway> starting = new ArrayList<>();
        next.forEach((name, gateway) -> {
            if (pending.contains(name)) {
                starting.add(gateway);
            }
        });
        published = new Published(Collections.unmodifiableMap(next), List.copyOf(starting));
        return new Publication(written, removed, Map.of());
    }

    private static void refuseUnwritable(List<Gateway> gateways) {
        try {
            GatewayXmlWriter.to(OutputStream.nullOutputStream()).file(gateways);
        } catch (IOException impossible) {
            throw new PublisherException("Gateways could not be written", false, impossible);
        }
    }

    @Override
    public Optional<Gateway> published(String name) {
        return Optional.ofNullable(published.wanted().get(name));
    }

    /** {@inheritDoc} {@code startgw _all_}, which asks for just the pending gateways. */
    @Override
    public StartCommand startCommand() {
        return StartCommand.START_ALL;
    }

    /** From now on FreeSWITCH is answered "not found". Gateways that run are not touched. */
    @Override
    public void close() {
        onClose.run();
        published = new Published(Map.of(), List.of());
    }

    Collection<Gateway> wanted() {
        return published.wanted().values();
    }

    List<Gateway> pending() {
        return published.pending();
    }

    private record Published(Map<String, Gateway> wanted, List<Gateway> pending) {}
}
