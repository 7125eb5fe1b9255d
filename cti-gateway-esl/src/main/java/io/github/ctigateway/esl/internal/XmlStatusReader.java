package io.github.ctigateway.esl.internal;

import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what {@code sofia xmlstatus gateway} prints. It looks like XML and is none: most values are not escaped, so that one {@code &}
 * breaks the document for a real reader, and it says ISO-8859-1 over UTF-8. mod_sofia prints one element a line; that is what is read here
 * (mod_sofia.c, xml_gateway_status).
 */
final class XmlStatusReader {
    private static final String BEGIN = "  <gateway>";
    private static final String END = "  </gateway>";
    private static final String INDENT = "    <";

    /** mod_sofia escapes these, and only these. */
    private static final Set<String> ESCAPED = Set.of("from", "contact", "exten");

    private XmlStatusReader() {}

    /**
     * Every gateway of the document in order; a name may stand twice.
     *
     * @return empty when this is not the whole of such a document
     */
    static Optional<List<LiveGateway>> read(String document) {
        if (!document.startsWith("<?xml") || !document.stripTrailing().endsWith("</gateways>")) {
            return Optional.empty();
        }
        return gateways(document);
    }

    /** The one gateway of {@code sofia xmlstatus gateway NAME}, which has no element around it; empty when it is not whole. */
    static Optional<List<LiveGateway>> readOne(String document) {
        if (!document.startsWith("<?xml") || !document.stripTrailing().endsWith(END)) {
            return Optional.empty();
        }
        return gateways(document);
    }

    private static Optional<List<LiveGateway>> gateways(String document) {
        List<LiveGateway> gateways = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        String open = "";
        StringBuilder value = new StringBuilder();
        for (String line : document.split("\n", -1)) {
            if (!open.isEmpty()) {
                open = close(line, open, value.append('\n'), fields);
            } else if (line.equals(BEGIN)) {
                fields.clear();
            } else if (line.equals(END)) {
                gateways.add(gateway(fields));
            } else if (line.startsWith(INDENT) && line.indexOf('>') > INDENT.length()) {
                String name = line.substring(INDENT.length(), line.indexOf('>'));
                value.setLength(0);
                open = close(line.substring(line.indexOf('>') + 1), name, value, fields);
            }
        }
        return open.isEmpty() ? Optional.of(gateways) : Optional.empty();
    }

    /** Takes the rest of an element's line; a value with a line end in it goes on, and the element stays open. */
    private static String close(String rest, String name, StringBuilder value, Map<String, String> fields) {
        String end = "</" + name + ">";
        if (!rest.endsWith(end)) {
            value.append(rest);
            return name;
        }
        value.append(rest, 0, rest.length() - end.length());
        String text = value.toString();
        fields.put(name, ESCAPED.contains(name) ? unescaped(text) : text);
        return "";
    }

    private static LiveGateway gateway(Map<String, String> fields) {
        Map<String, String> shown = new LinkedHashMap<>(fields);
        // It only ever says yes or no, but what is called a password stays out of what people print.
        shown.remove("password");
        return new LiveGateway(
                fields.getOrDefault("name", ""),
                fields.getOrDefault("profile", ""),
                RegistrationState.of(fields.getOrDefault("state", "")),
                PingStatus.of(fields.getOrDefault("status", "")),
                shown);
    }

    private static String unescaped(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        // The ampersand last, or "&amp;lt;" would be read twice.
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
