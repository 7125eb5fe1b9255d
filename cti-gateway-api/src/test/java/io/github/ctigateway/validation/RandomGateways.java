package io.github.ctigateway.validation;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.Parameters;
import java.util.List;
import java.util.Random;

/** Gateways as a bad day makes them. */
final class RandomGateways {
    private static final List<String> NAMES = List.of("trunk", "a b", "", "all", "中文", "x.y_z-1");
    private static final List<String> VALUES = List.of(
            "",
            "true",
            "false",
            "enable",
            "1.0",
            "0.5",
            "60",
            "3",
            "-1",
            "60x",
            " 60",
            "99999999999999999999",
            "sip:h",
            "h.invalid:5060",
            "::1",
            "[::1]:5060",
            "h h",
            "u",
            "a:b",
            "a\nb",
            "\u0000",
            "$${x}",
            "tls",
            "tcp",
            "ws",
            "auto_to_user",
            "gw=1",
            "😀",
            "\ud800",
            "%",
            "100%",
            "é",
            ";",
            "...",
            ":",
            "@",
            "]",
            "[");
    private static final List<String> KEYS =
            Parameters.all().stream().map(Parameter::name).toList();

    private RandomGateways() {}

    static Gateway next(Random random) {
        Gateway.Builder builder = Gateway.builder(pick(NAMES, random));
        for (int i = random.nextInt(20); i > 0; i--) {
            builder.set(key(random), pick(VALUES, random));
        }
        if (random.nextBoolean()) {
            builder.set("username", "u").set("password", "p");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            builder.variable(key(random), pick(VALUES, random), pick(List.of(Direction.values()), random));
        }
        return builder.build();
    }

    private static String key(Random random) {
        String key = pick(KEYS, random);
        return switch (random.nextInt(10)) {
            case 0 -> key.replace('-', '_');
            case 1 -> key.toUpperCase(java.util.Locale.ROOT);
            case 2 -> pick(VALUES, random);
            default -> key;
        };
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
