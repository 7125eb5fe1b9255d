package io.github.ctigateway.redis;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents and changes as no operator would write them, the same ones for the same seed. */
final class RandomDocuments {
    private static final List<String> NAMES = List.of(
            "realm",
            "username",
            "password",
            "ping",
            "expire-seconds",
            "x",
            "é",
            "网关",
            "a\"b",
            "p:caller",
            "",
            "a\\u0041",
            "😀");
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "true",
            "60",
            "1.50",
            "网关",
            "😀",
            "\\\"",
            "\\\\",
            "\\u00e9",
            "\\n\\t",
            "\\/",
            "\\ud83d\\ude00",
            "$${x}",
            "]}");
    private static final List<String> BARE =
            List.of("true", "false", "null", "0", "-0", "60", "1.50", "1e3", "-1.0E+05", "12345678901234567890");
    private static final List<String> BLANKS = List.of("", "", "", " ", "\n", "\r\n  ", "\t");

    private final Random random;

    RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    /** A readable document. */
    String document() {
        StringBuilder out = new StringBuilder(blank()).append('{');
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            out.append(i == 0 ? blank() : blank() + "," + blank());
            switch (random.nextInt(6)) {
                case 0, 1 -> member(out, "param", scalars());
                case 2, 3 -> member(out, "variables", scalars());
                case 4 -> member(out, "subscriptions", subscriptions());
                default -> member(out, escaped(pick(NAMES)) + i, value(3));
            }
        }
        return out.append(blank()).append('}').append(blank()).toString();
    }

    /** The document with something wrong somewhere, mostly. */
    String broken() {
        StringBuilder out = new StringBuilder(document());
        for (int i = random.nextInt(3); i >= 0 && out.length() > 0; i--) {
            int at = random.nextInt(out.length());
            switch (random.nextInt(5)) {
                case 0 -> out.deleteCharAt(at);
                case 1 -> out.setLength(at);
                case 2 -> out.insert(at, (char) random.nextInt(0x10000));
                case 3 ->
                    out.insert(
                            at,
                            pick(List.of("{", "}", "[", "]", "\"", ":", ",", "\\u", "\\ud800", "\u0000", "//", "1")));
                default -> out.setCharAt(at, (char) random.nextInt(0x80));
            }
        }
        return out.toString();
    }

    /** Bytes that may be no text. */
    byte[] noise(byte[] utf8) {
        byte[] out = utf8.clone();
        for (int i = random.nextInt(4); i >= 0 && out.length > 0; i--) {
            out[random.nextInt(out.length)] = (byte) random.nextInt(256);
        }
        return out;
    }

    /** The gateway with a few changes. */
    Gateway change(Gateway gateway) {
        Gateway.Builder builder = gateway.toBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String name = pick(NAMES);
            switch (random.nextInt(10)) {
                case 0, 1 -> builder.set(name, plain());
                case 2 -> builder.unset(name);
                case 3 -> builder.variable(name, plain());
                case 4 -> builder.variable(name, plain(), Direction.INBOUND);
                case 5 -> builder.variable(name, plain(), Direction.OUTBOUND);
                case 6 -> builder.removeVariable(name);
                case 7 -> builder.additionalMember("m" + name, value(2).strip());
                case 8 ->
                    gateway.additionalMembers().keySet().stream()
                            .findFirst()
                            .ifPresent(builder::removeAdditionalMember);
                default -> builder.subscription(new GatewaySubscription("dialog", Map.of("expire-seconds", plain())));
            }
        }
        if (random.nextInt(10) == 0) {
            builder.clearSubscriptions();
        }
        return builder.build();
    }

    private String scalars() {
        StringBuilder out = new StringBuilder("{");
        int members = random.nextInt(6);
        for (int i = 0; i < members; i++) {
            out.append(i == 0 ? blank() : blank() + "," + blank());
            member(out, escaped(pick(NAMES)), random.nextBoolean() ? "\"" + pick(TEXTS) + "\"" : pick(BARE));
        }
        return out.append(blank()).append('}').toString();
    }

    private String subscriptions() {
        return random.nextBoolean()
                ? "[]"
                : "[" + blank() + "{\"event\":\"" + pick(TEXTS) + "\"," + blank() + "\"param\":" + scalars() + blank()
                        + "}]";
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 4)) {
            case 0 -> "\"" + pick(TEXTS) + "\"";
            case 1 -> pick(BARE);
            case 2 -> "[" + value(depth - 1) + blank() + "," + blank() + value(depth - 1) + "]";
            default -> "{" + blank() + "\"" + pick(TEXTS) + "\":" + blank() + value(depth - 1) + "}";
        };
    }

    private void member(StringBuilder out, String name, String value) {
        out.append('"')
                .append(name)
                .append('"')
                .append(blank())
                .append(':')
                .append(blank())
                .append(value);
    }

    private String plain() {
        return pick(List.of("", "true", "false", "61", "1e3", "x\"y\\z\n", "网关😀", "\u0001"));
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private String blank() {
        return pick(BLANKS);
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
