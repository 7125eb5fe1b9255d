package io.github.ctigateway.xml;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.xml.internal.XmlText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    private static final String NAME = " name=\"";
    private static final String VALUE = " value=\"";

    private final Sink sink;
    private final StringBuilder buffer = new StringBuilder(FLUSH_AT + 4 * 1024);

    private GatewayXmlWriter(Sink sink) {
        this.sink = sink;
    }

    /** Writes characters. */
    public static GatewayXmlWriter to(Appendable target) {
        Objects.requireNonNull(target, "target cannot be null");
        return new GatewayXmlWriter(target::append);
    }

    /** Writes UTF-8. */
    public static GatewayXmlWriter to(OutputStream target) {
        Objects.requireNonNull(target, "target cannot be null");
        return new GatewayXmlWriter(text -> target.write(text.toString().getBytes(StandardCharsets.UTF_8)));
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
                .append("<configuration name=\"sofia.conf\">\n<profiles>\n<profile");
        attribute(NAME, profile, profile, "profile");
        buffer.append(">\n<gateways>\n");
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
        buffer.append("<document type=\"freeswitch/xml\">\n<section name=\"directory\">\n<domain");
        attribute(NAME, domain, domain, "domain");
        buffer.append(">\n<groups>\n<group name=\"cti-gateway\">\n<users>\n<user id=\"cti-gateway\">\n<gateways>\n");
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
            if (buffer.length() >= FLUSH_AT) {
                flush();
            }
        }
    }

    private void gateway(Gateway gateway) {
        String name = gateway.name();
        buffer.append("<gateway");
        attribute(NAME, name, name, "name");
        buffer.append(">\n");
        parameters(name, "  <param", "param.", gateway.parameters(), false);
        if (!gateway.variables().isEmpty()) {
            buffer.append("  <variables>\n");
            for (GatewayVariable variable : gateway.variables()) {
                variable(name, variable);
            }
            buffer.append("  </variables>\n");
        }
        if (!gateway.subscriptions().isEmpty()) {
            buffer.append("  <subscriptions>\n");
            for (GatewaySubscription subscription : gateway.subscriptions()) {
                subscription(name, subscription);
            }
            buffer.append("  </subscriptions>\n");
        }
        buffer.append("</gateway>\n");
    }

    private void parameters(
            String gateway, String start, String path, Map<String, String> parameters, boolean emptyOnes) {
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            if (emptyOnes || !parameter.getValue().isEmpty()) {
                buffer.append(start);
                attribute(NAME, parameter.getKey(), gateway, path, parameter.getKey());
                attribute(VALUE, parameter.getValue(), gateway, path, parameter.getKey());
                buffer.append("/>\n");
            }
        }
    }

    private void variable(String gateway, GatewayVariable variable) {
        buffer.append("    <variable");
        attribute(NAME, variable.name(), gateway, "variable.", variable.name());
        attribute(VALUE, variable.value(), gateway, "variable.", variable.name());
        if (variable.direction() != Direction.BOTH) {
            buffer.append(
                    variable.direction() == Direction.INBOUND ? " direction=\"inbound\"" : " direction=\"outbound\"");
        }
        buffer.append("/>\n");
    }

    private void subscription(String gateway, GatewaySubscription subscription) {
        buffer.append("    <subscription");
        attribute(" event=\"", subscription.event(), gateway, "subscription.", subscription.event());
        buffer.append(">\n");
        parameters(gateway, "      <param", "subscription.", subscription.parameters(), true);
        buffer.append("    </subscription>\n");
    }

    private void attribute(String start, String value, String gateway, String path, String field) {
        buffer.append(start);
        int refused = XmlText.append(buffer, value);
        if (refused != XmlText.WRITTEN) {
            buffer.setLength(0);
            throw new UnwritableGatewayException(XmlText.printable(gateway), path + XmlText.printable(field), refused);
        }
        buffer.append('"');
    }

    private void attribute(String start, String value, String gateway, String field) {
        attribute(start, value, gateway, field, "");
    }

    private void flush() throws IOException {
        sink.write(buffer);
        buffer.setLength(0);
    }

    private interface Sink {
        void write(CharSequence text) throws IOException;
    }
}
