package io.github.ctigateway.xml;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.internal.FormFields;
import io.github.ctigateway.xml.internal.XmlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers what FreeSWITCH asks through mod_xml_curl: a request's fields in, a document out. Mount {@link #answer} wherever HTTP is
 * served, or use {@link XmlCurlServer}.
 *
 * <p>Two questions have an answer, each for one profile of one node: {@code startgw} (the request for {@code sofia.conf} that carries
 * {@code gateway}) gets the pending gateways, and the directory request with {@code purpose=gateways} gets all that are wanted. All else,
 * and whatever is asked for a profile that has no publisher here, is "not found", upon which FreeSWITCH goes on to its own files.
 *
 * <p>Definitions hold passwords: let only FreeSWITCH reach it. Thread-safe.
 */
public final class XmlCurlAnswerer {
    private static final String EVERY_GATEWAY = "_all_";
    private static final String DOMAIN = "cti-gateway";
    private static final String ANY_NODE = "";

    private final Map<Place, XmlCurlPublisher> publishers = new ConcurrentHashMap<>();

    private XmlCurlAnswerer() {}

    /** An answerer without publishers, which finds nothing. */
    public static XmlCurlAnswerer create() {
        return new XmlCurlAnswerer();
    }

    /**
     * Adds a publisher for this profile of this node.
     *
     * @param node what {@code switchname} answers there, which is what its requests carry as {@code hostname}
     * @throws IllegalStateException when there is one already that is not closed
     */
    public XmlCurlPublisher publisher(String node, String profile) {
        Objects.requireNonNull(node, "node cannot be null");
        Objects.requireNonNull(profile, "profile cannot be null");
        Place place = new Place(node, profile);
        XmlCurlPublisher added = new XmlCurlPublisher(node, profile, () -> publishers.remove(place));
        if (publishers.putIfAbsent(place, added) != null) {
            throw new IllegalStateException("Profile '" + profile + "' of "
                    + (node.isEmpty() ? "any node" : "node '" + node + "'") + " has a publisher; close it first");
        }
        return added;
    }

    /**
     * Adds a publisher for this profile of every node that has none of its own.
     *
     * @throws IllegalStateException when there is one already that is not closed
     */
    public XmlCurlPublisher publisher(String profile) {
        return publisher(ANY_NODE, profile);
    }

    /**
     * The document for a request.
     *
     * @param request its fields by name, decoded; of a field that stands there twice the first
     */
    public String answer(Map<String, String> request) {
        StringBuilder document = new StringBuilder();
        try {
            answer(request, GatewayXmlWriter.to(document));
        } catch (IOException impossible) {
            throw new UncheckedIOException("A StringBuilder does not fail", impossible);
        }
        String text = document.toString();
        if (isStart(request) && field(request, "gateway").equals(EVERY_GATEWAY)) {
            tellOfStart(
                    field(request, "hostname"),
                    field(request, "profile"),
                    text.getBytes(StandardCharsets.UTF_8).length);
        }
        return text;
    }

    /** So that a publisher can say later whether FreeSWITCH came for what it published. */
    private void tellOfStart(String node, String profile, int bytes) {
        XmlCurlPublisher publisher = publisherFor(node, profile);
        if (publisher != null) {
            publisher.handedOut(bytes);
            return;
        }
        publishers.forEach((place, other) -> {
            if (place.profile().equals(profile)) {
                other.askedBy(node);
            }
        });
    }

    /** The document for a request as it stands in the body of the POST ({@code application/x-www-form-urlencoded}). */
    public String answerForm(String body) {
        return answer(FormFields.parse(body));
    }

    private void answer(Map<String, String> request, GatewayXmlWriter document) throws IOException {
        String profile = field(request, "profile");
        XmlCurlPublisher publisher = publisherFor(field(request, "hostname"), profile);
        if (publisher != null && isStart(request)) {
            String gateway = field(request, "gateway");
            if (gateway.equals(EVERY_GATEWAY) || publisher.published(gateway).isPresent()) {
                document.sofiaConf(profile, pending(publisher, gateway));
                return;
            }
        } else if (publisher != null && isDirectory(request)) {
            Collection<Gateway> wanted = publisher.wanted();
            String domain = field(request, "key_value");
            if (!wanted.isEmpty() && XmlText.printable(domain).equals(domain)) {
                document.directory(domain.isEmpty() ? DOMAIN : domain, wanted);
                return;
            }
        }
        document.notFound();
    }

    private @Nullable XmlCurlPublisher publisherFor(String node, String profile) {
        if (profile.isEmpty()) {
            return null;
        }
        XmlCurlPublisher own = publishers.get(new Place(node, profile));
        return own != null ? own : publishers.get(new Place(ANY_NODE, profile));
    }

    private static boolean isStart(Map<String, String> request) {
        return field(request, "section").equals("configuration")
                && field(request, "key_value").equals("sofia.conf")
                && !field(request, "gateway").isEmpty();
    }

    private static boolean isDirectory(Map<String, String> request) {
        return field(request, "section").equals("directory")
                && field(request, "purpose").equals("gateways");
    }

    /** Those that the start is for; none for a gateway that we want but that is not to be started now. */
    private static List<Gateway> pending(XmlCurlPublisher publisher, String gateway) {
        List<Gateway> pending = publisher.pending();
        return gateway.equals(EVERY_GATEWAY)
                ? pending
                : pending.stream().filter(one -> one.name().equals(gateway)).toList();
    }

    private static String field(Map<String, String> request, String name) {
        return request.getOrDefault(name, "");
    }

    private record Place(String node, String profile) {}
}
