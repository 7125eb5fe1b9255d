package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import io.github.ctigateway.xml.XmlCurlBinding;
import io.github.ctigateway.xml.XmlCurlServer;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers mod_xml_curl as long as it is open. */
final class XmlCurlListener implements GatewayPublisher {
    private final XmlCurlAnswerer answerer;
    private final GatewayPublisher publisher;
    private final XmlCurlServer server;
    private final boolean asksForCredentials;

    XmlCurlListener(
            XmlCurlAnswerer answerer, GatewayPublisher publisher, XmlCurlServer server, boolean asksForCredentials) {
        this.answerer = answerer;
        this.publisher = publisher;
        this.server = server;
        this.asksForCredentials = asksForCredentials;
    }

    /** Publishes to one node; this goes on answering when that is closed. */
    GatewayPublisher publisher(String switchname, String profile) {
        return answerer.publisher(switchname, profile);
    }

    URI uri(String host) {
        return server.uri(host);
    }

    /** The file to install in FreeSWITCH, with {@code ***} for the password. */
    String binding(String host, String user) {
        return asksForCredentials
                ? XmlCurlBinding.configuration(uri(host), user, "***")
                : XmlCurlBinding.configuration(uri(host));
    }

    @Override
    public Publication publish(Collection<Gateway> wanted, Set<String> pending) {
        return publisher.publish(wanted, pending);
    }

    @Override
    public Optional<Gateway> published(String name) {
        return publisher.published(name);
    }

    @Override
    public Map<String, String> definedElsewhere() {
        return publisher.definedElsewhere();
    }

    @Override
    public Optional<String> whyNotTaken(String gateway) {
        return publisher.whyNotTaken(gateway);
    }

    @Override
    public boolean outlivesProcess() {
        return publisher.outlivesProcess();
    }

    @Override
    public StartCommand startCommand() {
        return publisher.startCommand();
    }

    @Override
    public void close() {
        publisher.close();
        server.close();
    }
}
