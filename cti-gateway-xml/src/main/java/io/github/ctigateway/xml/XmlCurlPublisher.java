package io.github.ctigateway.xml;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.internal.XmlText;
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
    /** What mod_xml_curl takes of an answer unless it is told otherwise (mod_xml_curl.c, response-max-bytes). */
    private static final long USUAL_LIMIT = 1024L * 1024;

    private final String node;
    private final String profile;
    private final Runnable onClose;
    private volatile long handedOut = -1;
    private volatile String otherNode = "";
    private volatile Published published = new Published(Map.of(), List.of());

    /**
     * @param node whose requests are answered; empty for any node's
     */
    XmlCurlPublisher(String node, String profile, Runnable onClose) {
        this.node = node;
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
        Set<String> removed = new TreeSet<>();
        for (String name : before.keySet()) {
            if (!next.containsKey(name)) {
                removed.add(name);
            }
        }
        List<Gateway> starting = new ArrayList<>();
        next.forEach((name, gateway) -> {
            if (pending.contains(name)) {
                starting.add(gateway);
            }
        });
        handedOut = -1;
        otherNode = "";
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

    /** The pending gateways were handed out at a start, in a document of so many bytes. */
    void handedOut(long bytes) {
        handedOut = bytes;
    }

    /** Another node asked for this profile, and got nothing from here. */
    void askedBy(String other) {
        otherNode = other;
    }

    @Override
    public Optional<String> whyNotTaken(String gateway) {
        long bytes = handedOut;
        if (bytes >= 0) {
            String size = bytes <= USUAL_LIMIT
                    ? ""
                    : " (in a document of " + bytes
                            + " bytes; mod_xml_curl takes 1 MiB unless response-max-bytes allows more)";
            return Optional.of("it was handed out to mod_xml_curl" + size + ", and FreeSWITCH skipped it");
        }
        if (!otherNode.isEmpty()) {
            return Optional.of("mod_xml_curl asked as node '" + XmlText.printable(otherNode)
                    + "', and this is published for node '" + node + "'");
        }
        return Optional.of("mod_xml_curl did not ask for the gateways of profile '" + profile
                + "': see that it is loaded and bound to 'configuration' at this answerer's address");
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
