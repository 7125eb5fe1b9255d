package io.github.ctigateway.esl.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code sofia status gateway}, as text. */
final class TextStatus {
    private static final String LINE = "=".repeat(97) + "\n";

    private final long now;
    private final long nowMicros;

    TextStatus(SofiaModule sofia) {
        this.now = sofia.now();
        this.nowMicros = sofia.bus().nowMicros();
    }

    String all(List<SimulatedGateway> gateways) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                "%25s\t%32s\t%s\t%9s\t%s\t%s\n",
                "Profile::Gateway-Name", "    Data    ", "State", "Ping Time", "IB Calls(F/T)", "OB Calls(F/T)"));
        out.append(LINE);
        for (SimulatedGateway gateway : gateways) {
            out.append(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%s\t%6.2f\t%d/%d\t%d/%d",
                    right(25, gateway.profile.name() + "::" + gateway.name()),
                    right(32, gateway.settings.to()),
                    gateway.state,
                    gateway.pingMillis,
                    gateway.failedCallsIn,
                    gateway.callsIn,
                    gateway.failedCallsOut,
                    gateway.callsOut));
            if (gateway.waitsToRetry()) {
                // This view counts to the timeout of the REGISTER, not to the retry.
                long left = gateway.registerTimeout - now;
                out.append(left >= 0 ? " (retry: " + left + "s)" : " (retry: NEVER)");
            }
            out.append('\n');
        }
        out.append(LINE);
        out.append(String.format(
                "%d gateway%s: Inbound(Failed/Total): %d/%d,Outbound(Failed/Total):%d/%d\n",
                gateways.size(),
                gateways.size() == 1 ? "" : "s",
                gateways.stream().mapToLong(gateway -> gateway.failedCallsIn).sum(),
                gateways.stream().mapToLong(gateway -> gateway.callsIn).sum(),
                gateways.stream().mapToLong(gateway -> gateway.failedCallsOut).sum(),
                gateways.stream().mapToLong(gateway -> gateway.callsOut).sum()));
        return out.toString();
    }

    /** To the right in so many bytes: C counts no characters. */
    private static String right(int width, String text) {
        return " ".repeat(Math.max(0, width - text.getBytes(StandardCharsets.UTF_8).length)) + text;
    }

    String one(SimulatedGateway gateway) {
        GatewaySettings settings = gateway.settings;
        StringBuilder out = new StringBuilder(LINE);
        row(out, "Name    ", settings.name());
        row(out, "Profile ", gateway.profile.name());
        row(out, "Scheme  ", settings.scheme());
        row(out, "Realm   ", settings.realm());
        row(out, "Username", settings.username());
        row(out, "Password", settings.password().isEmpty() ? "no" : "yes");
        row(out, "From    ", settings.from());
        row(out, "Contact ", settings.contact());
        row(out, "Exten   ", settings.extension());
        row(out, "To      ", settings.to());
        row(out, "Proxy   ", settings.proxy());
        row(out, "Context ", settings.context());
        row(out, "Expires ", settings.expires());
        row(out, "Freq    ", Integer.toString(settings.frequency()));
        row(out, "Ping    ", Integer.toString((int) gateway.ping));
        row(out, "PingFreq", Integer.toString(settings.pingSeconds()));
        row(out, "PingTime", String.format(Locale.ROOT, "%.2f", gateway.pingMillis));
        row(out, "PingState", settings.pingMin() + "/" + gateway.pingCount + "/" + settings.pingMax());
        row(out, "State   ", gateway.state.name());
        row(out, "Status  ", gateway.status() + (gateway.pinging ? " (ping)" : ""));
        row(out, "Uptime  ", (gateway.up ? (nowMicros - gateway.upSince) / 1_000_000 : 0) + "s");
        row(out, "CallsIN ", Long.toString(gateway.callsIn));
        row(out, "CallsOUT", Long.toString(gateway.callsOut));
        row(out, "FailedCallsIN", Long.toString(gateway.failedCallsIn));
        row(out, "FailedCallsOUT", Long.toString(gateway.failedCallsOut));
        return out.append(LINE).toString();
    }

    private static void row(StringBuilder out, String name, String value) {
        out.append(name).append('\t').append(value).append('\n');
    }
}
