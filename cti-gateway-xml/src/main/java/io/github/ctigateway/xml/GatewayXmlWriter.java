package io.github.ctigateway.xml;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.xml.internal.XmlText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes gateways as XML that FreeSWITCH reads as they were meant, whatever their values hold (switch_xml.c, {@code preprocess}), and
 * that is well-formed for any other parser. The same gateways always give the same text: an element a line, in the gateway's own
 * order, ASCII around the values, {@code \n} at line ends, no XML declaration (UTF-8 is the default).
 *
 * <p>Empty parameters are left out, since {@code ""} means "not set"; variables and the parameters of subscriptions are written as
 * they are. Members that are no part of the definition are not written.
 *
 * <p>Writes through a buffer of bounded size, so memory does not grow with the number of gateways; every method ends with an empty
 * buffer. The target is neither flushed nor closed. Not thread-safe. Every method throws {@link UnwritableGatewayException} when a gateway
 * holds a character that XML cannot carry; a part of the document may have been written by then.
 */
public final class GatewayXmlWriter {
    private static final int FLUSH_AT = 16 * 1024;
    private static final int MOST_KNOWN = 256;
    private static final int SPARE = 4 * 1024;

    private final @Nullable Sink sink;
    private final StringBuilder buffer;
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private int flushed;

    private GatewayXmlWriter(@Nullable Sink sink, StringBuilder buffer) {
        this.sink = sink;
        this.buffer = buffer;
        this.flushed = buffer.length();
    }

    /** Writes characters. */
    public static GatewayXmlWriter to(Appendable target) {
        Objects.requireNonNull(target, "target cannot be null");
        // A StringBuilder is its own buffer; the memory is the caller's either way.
        return target instanceof StringBuilder text
                ? new GatewayXmlWriter(null, text)
                : new GatewayXmlWriter(target::append, new StringBuilder(FLUSH_AT + SPARE));
    }

    /** Writes UTF-8. */
    public static GatewayXmlWriter to(OutputStream target) {
        Objects.requireNonNull(target, "target cannot be null");
        return new GatewayXmlWriter(
                text -> target.write(text.toString().getBytes(StandardCharsets.UTF_8)),
                new StringBuilder(FLUSH_AT + SPARE));
    }

    /** The file that a profile includes for this gateway. */
    public static String render(Gateway gateway) {
        return render(List.of(gateway));
    }

    /** One file with these gateways. */
    public static String render(Iterable<Gateway> gateways) {
        StringBuilder text = new StringBuilder();
        try {
            to(text).file(gateways);
        } catch (IOException impossible) {
            throw new UncheckedIOException("A StringBuilder does not fail", impossible);
        }
        return text.toString();
    }

    /** A file for the include of a profile: {@code <include>} around the gateways. */
    public void file(Iterable<Gateway> gateways) throws IOException {
        buffer.append("<include>\n");
        gateways(gateways);
        buffer.append("</include>\n");
        flush();
    }

    /**
     * What mod_xml_curl is answered when it asks for {@code sofia.conf} to start gateways: the profile with these gateways and no settings
     * (sofia.c, {@code config_gateway}).
     *
     * @throws UnwritableGatewayException when the profile's name holds a character that XML cannot carry
     */
    public void sofiaConf(String profile, Iterable<Gateway> gateways) throws IOException {
        buffer.append("<document type=\"freeswitch/xml\">\n<section name=\"configuration\">\n")
                .append("<configuration name=\"sofia.conf\">\n<profiles>\n<profile name=\"");
        escaped(profile, profile, "profile", "");
        buffer.append("\">\n<gateways>\n");
        gateways(gateways);
        buffer.append("</gateways>\n</profile>\n</profiles>\n</configuration>\n</section>\n</document>\n");
        flush();
    }

    /**
     * What mod_xml_curl is answered when a profile asks the directory for gateways ({@code purpose=gateways}): they stand in a user of
     * this domain (sofia.c, {@code parse_domain_tag}).
     *
     * @throws UnwritableGatewayException when the domain holds a character that XML cannot carry
     */
    public void directory(String domain, Iterable<Gateway> gateways) throws IOException {
        buffer.append("<document type=\"freeswitch/xml\">\n<section name=\"directory\">\n<domain name=\"");
        escaped(domain, domain, "domain", "");
        buffer.append("\">\n<groups>\n<group name=\"cti-gateway\">\n<users>\n<user id=\"cti-gateway\">\n<gateways>\n");
        gateways(gateways);
        buffer.append("</gateways>\n</user>\n</users>\n</group>\n</groups>\n</domain>\n</section>\n</document>\n");
        flush();
    }

    /** What mod_xml_curl is answered about everything else, so that FreeSWITCH goes on to its own files. */
    public void notFound() throws IOException {
        buffer.append("<document type=\"freeswitch/xml\">\n<section name=\"result\">\n<result status=\"not found\"/>\n")
                .append("</section>\n</document>\n");
        flush();
    }

    private void gateways(Iterable<Gateway> gateways) throws IOException {
        for (Gateway gateway : gateways) {
            gateway(gateway);
            if (buffer.length() - flushed >= FLUSH_AT) {
                flush();
            }
        }
    }

    private void gateway(Gateway gateway) {
        String name = gateway.name();
        buffer.append("<gateway name=\"");
        escaped(name, name, "name", "");
        buffer.append("\">\n");
        for (Map.Entry<String, String> parameter : gateway.parameters().entrySet()) {
            if (!parameter.getValue().isEmpty()) {
                opening(parameters, "  <param name=\"", parameter.getKey(), name, "param.");
                escaped(parameter.getValue(), name, "param.", parameter.getKey());
                buffer.append("\"/>\n");
            }
        }
        if (!gateway.variables().isEmpty()) {
            buffer.append("  <variables>\n");
            for (GatewayVariable variable : gateway.variables()) {
                variable(variable, name);
            }
            buffer.append("  </variables>\n");
        }
        if (!gateway.subscriptions().isEmpty()) {
            buffer.append("  <subscriptions>\n");
            for (GatewaySubscription subscription : gateway.subscriptions()) {
                subscription(subscription, name);
            }
            buffer.append("  </subscriptions>\n");
        }
        buffer.append("</gateway>\n");
    }

    private void variable(GatewayVariable variable, String gateway) {
        opening(variables, "    <variable name=\"", variable.name(), gateway, "variable.");
        escaped(variable.value(), gateway, "variable.", variable.name());
        buffer.append(
                switch (variable.direction()) {
                    case INBOUND -> "\" direction=\"inbound\"/>\n";
                    case OUTBOUND -> "\" direction=\"outbound\"/>\n";
                    case BOTH -> "\"/>\n";
                });
    }

    private void subscription(GatewaySubscription subscription, String gateway) {
        buffer.append("    <subscription event=\"");
        escaped(subscription.event(), gateway, "subscription.", subscription.event());
        buffer.append("\">\n");
        for (Map.Entry<String, String> parameter : subscription.parameters().entrySet()) {
            buffer.append("      <param name=\"");
            escaped(parameter.getKey(), gateway, "subscription.", parameter.getKey());
            buffer.append("\" value=\"");
            escaped(parameter.getValue(), gateway, "subscription.", parameter.getKey());
            buffer.append("\"/>\n");
        }
        buffer.append("    </subscription>\n");
    }

    /** An element up to its value. Names are few and come again in each gateway, so what was made of them once is kept. */
    private void opening(Map<String, String> known, String start, String name, String gateway, String path) {
        String opening = known.get(name);
        if (opening != null) {
            buffer.append(opening);
            return;
        }
        int from = buffer.length();
        buffer.append(start);
        escaped(name, gateway, path, name);
        buffer.append("\" value=\"");
        if (known.size() < MOST_KNOWN) {
            known.put(name, buffer.substring(from));
        }
    }

    private void escaped(String text, String gateway, String path, String field) {
        int refused = XmlText.append(buffer, text);
        if (refused != XmlText.WRITTEN) {
            buffer.setLength(flushed);
            throw new UnwritableGatewayException(XmlText.printable(gateway), path + XmlText.printable(field), refused);
        }
    }

    private void flush() throws IOException {
        if (sink != null) {
            sink.write(buffer);
            buffer.setLength(0);
        }
        flushed = buffer.length();
    }

    private interface Sink {
        void write(CharSequence text) throws IOException;
    }
}
