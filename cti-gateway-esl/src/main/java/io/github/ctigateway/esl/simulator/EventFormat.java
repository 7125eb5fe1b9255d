package io.github.ctigateway.esl.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How events go over the wire, byte for byte as FreeSWITCH writes them. Stateless. */
enum EventFormat {
    /** URL-encoded header lines; lossy (switch_event_serialize). */
    PLAIN {
        @Override
        String write(SimulatedEvent event) {
            StringBuilder out = new StringBuilder(600);
            event.headers()
                    .forEach((name, value) -> out.append(name)
                            .append(": ")
                            .append(value.isEmpty() ? "_undef_" : urlEncode(value))
                            .append('\n'));
            event.body()
                    .filter(body -> !body.isEmpty())
                    .ifPresent(body -> out.append("Content-Length: ")
                            .append(body.getBytes(StandardCharsets.UTF_8).length)
                            .append("\n\n")
                            .append(body));
            if (event.body().map(String::isEmpty).orElse(true)) {
                out.append('\n');
            }
            return out.toString();
        }
    },
    /** One JSON object; exact (switch_event_serialize_json, cJSON). */
    JSON {
        @Override
        String write(SimulatedEvent event) {
            StringBuilder out = new StringBuilder(700).append('{');
            for (Map.Entry<String, String> header : event.headers().entrySet()) {
                member(out, header.getKey(), header.getValue());
            }
            event.body().ifPresent(body -> {
                member(out, "Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
                member(out, "_body", body);
            });
            return out.append('}').toString();
        }
    };

    private static final String URL_UNSAFE = "\r\n #%&+:;<=>?@[\\]^`{|}\"";
    private static final String HEX = "0123456789ABCDEF";

    /** The event as it stands in the frame's body. */
    abstract String write(SimulatedEvent event);

    /** The word in the commands, in {@code Reply-Text} and in {@code Content-Type}. */
    String word() {
        return this == PLAIN ? "plain" : "json";
    }

    /** An existing {@code %41} is left as it is: that is FreeSWITCH's, and why this format loses. */
    static String urlEncode(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            boolean encoded = b == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2]);
            if (!encoded && (b < ' ' || b > '~' || URL_UNSAFE.indexOf(b) >= 0)) {
                out.append('%').append(HEX.charAt(b >> 4)).append(HEX.charAt(b & 15));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    private static boolean isHex(byte b) {
        return HEX.indexOf(b) >= 0;
    }

    private static void member(StringBuilder out, String name, String value) {
        if (out.length() > 1) {
            out.append(',');
        }
        quoted(out, name);
        out.append(':');
        quoted(out, value);
    }

    private static void quoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
