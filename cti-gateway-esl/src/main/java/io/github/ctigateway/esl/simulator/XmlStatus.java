package io.github.ctigateway.esl.simulator;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * {@code sofia xmlstatus gateway}, byte for byte, its faults included: {@code realm}, {@code username}, {@code to} and {@code proxy} are
 * not escaped, and the header names an encoding that the document does not have.
 */
final class XmlStatus {
    private static final String HEADER = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n";
    /** xml_gateway_status escapes into a buffer of this size and cuts what does not fit. */
    private static final int ESCAPE_LIMIT = 2095;

    private final long now;
    private final long nowMicros;

    XmlStatus(SofiaModule sofia) {
        this.now = sofia.now();
        this.nowMicros = sofia.bus().nowMicros();
    }

    /** {@code sofia xmlstatus} of running profiles; nothing listens at their addresses. */
    static String profiles(Collection<String> names) {
        StringBuilder out = new StringBuilder(HEADER).append("<profiles>\n");
        for (String name : names) {
            out.append("<profile>\n<name>")
                    .append(name)
                    .append("</name>\n<type>profile</type>\n<data>sip:mod_sofia@127.0.0.1:5080</data>\n")
                    .append("<state>RUNNING (0)</state>\n</profile>\n");
        }
        return out.append("</profiles>\n").toString();
    }

    String all(List<SimulatedGateway> gateways) {
        StringBuilder out = new StringBuilder(HEADER).append("<gateways>\n");
        gateways.forEach(gateway -> append(out, gateway));
        return out.append("</gateways>\n").toString();
    }

    String one(SimulatedGateway gateway) {
        StringBuilder out = new StringBuilder(HEADER);
        append(out, gateway);
        return out.toString();
    }

    private void append(StringBuilder out, SimulatedGateway gateway) {
        GatewaySettings settings = gateway.settings;
        out.append("  <gateway>\n");
        element(out, "name", settings.name());
        element(out, "profile", gateway.profile.name());
        element(out, "scheme", settings.scheme());
        element(out, "realm", settings.realm());
        element(out, "username", settings.username());
        element(out, "password", settings.password().isEmpty() ? "no" : "yes");
        element(out, "from", escaped(settings.from()));
        element(out, "contact", escaped(settings.contact()));
        element(out, "exten", escaped(settings.extension()));
        element(out, "to", settings.to());
        element(out, "proxy", settings.proxy());
        element(out, "context", settings.context());
        element(out, "expires", settings.expires());
        element(out, "freq", Integer.toString(settings.frequency()));
        element(out, "ping", Integer.toString((int) gateway.ping));
        element(out, "pingfreq", Integer.toString(settings.pingSeconds()));
        element(out, "pingmin", Integer.toString(settings.pingMin()));
        element(out, "pingcount", Integer.toString(gateway.pingCount));
        element(out, "pingmax", Integer.toString(settings.pingMax()));
        element(out, "pingtime", String.format(Locale.ROOT, "%.2f", gateway.pingMillis));
        element(out, "pinging", gateway.pinging ? "1" : "0");
        element(out, "state", gateway.state.name());
        element(out, "status", gateway.status());
        element(out, "uptime-usec", Long.toString(gateway.up ? nowMicros - gateway.upSince : 0));
        element(out, "calls-in", Long.toString(gateway.callsIn));
        element(out, "calls-out", Long.toString(gateway.callsOut));
        element(out, "failed-calls-in", Long.toString(gateway.failedCallsIn));
        element(out, "failed-calls-out", Long.toString(gateway.failedCallsOut));
        if (gateway.waitsToRetry()) {
            element(out, "retry", gateway.retry >= now ? (gateway.retry - now) + "s" : "NEVER");
        }
        out.append("  </gateway>\n");
    }

    private static void element(StringBuilder out, String name, String text) {
        out.append("    <")
                .append(name)
                .append('>')
                .append(text)
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            String next = switch (text.charAt(i)) {
                case '"' -> "&quot;";
                case '\'' -> "&apos;";
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                default -> text.substring(i, i + 1);
            };
            if (out.length() + next.length() > ESCAPE_LIMIT) {
                break;
            }
            out.append(next);
        }
        return out.toString();
    }
}
