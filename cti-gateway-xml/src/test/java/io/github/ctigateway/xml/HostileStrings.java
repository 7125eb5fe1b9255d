package io.github.ctigateway.xml;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.model.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Strings that other writers lose or change on the way to FreeSWITCH, and gateways made of them. */
final class HostileStrings {
    static final List<String> ALL = List.of(
            "a\"b'c",
            "<b>&amp;</b>",
            "a & b && c",
            "a$${domain}",
            "$${unknown}",
            "$${",
            "${sip_to_user}",
            "$1$$2$",
            "X-PRE-PROCESS",
            "<X-PRE-PROCESS cmd=\"set\" data=\"a=b\"/>",
            "x-pre-process x-Pre-Process xx-pre-process",
            "-->",
            "<!-- --",
            "<!--#include \"/etc/passwd\"-->",
            "<?xml version=\"1.0\"?>",
            "<include>",
            "</include></gateway>",
            "]]>",
            "a\r\nb\nc\rd",
            "tab\there",
            "  leading and trailing  ",
            "密码🎉é",
            "&#36;&#36;{domain}",
            "&quot;&unknown;&#0;",
            "%24%7Bdomain%7D\\n",
            "a;transport=tcp?x=y&z=1",
            "\u007F\u0085\u00A0\u2028\uFEFF\uFFFD");

    private static final List<Direction> DIRECTIONS = List.of(Direction.values());
    private static final String[] PIECES = {
        "$",
        "$$",
        "{",
        "}",
        "$${",
        "x-pre-process",
        "X-PRE",
        "-PROCESS",
        "<",
        ">",
        "&",
        "\"",
        "'",
        "amp;",
        "&lt;",
        "#36;",
        "\t",
        "\n",
        "\r",
        " ",
        "<include>",
        "</include>",
        "<?",
        "?>",
        "<!--",
        "<!--#set a=b",
        "-->",
        "]]>",
        "[CDATA[",
        "é",
        "网关",
        "🎉",
        "a",
        "b",
        "Z",
        "0",
        ";",
        "/",
        "/>",
        "=",
        "<gateway name=\"",
        "domain",
        "%",
        "\\",
        "\u0085",
        "\u2028",
        "\uD800\uDC00"
    };

    private HostileStrings() {}

    static String random(Random random) {
        StringBuilder out = new StringBuilder();
        for (int left = random.nextInt(8); left > 0; left--) {
            out.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return out.toString();
    }

    /** Any gateway that the model can hold and XML can carry. */
    static Gateway gateway(Random random) {
        Gateway.Builder builder = Gateway.builder("g" + random(random));
        for (int left = random.nextInt(6); left > 0; left--) {
            builder.set(random.nextBoolean() ? knownParameter(random) : random(random), random(random));
        }
        for (int left = random.nextInt(4); left > 0; left--) {
            Direction direction = DIRECTIONS.get(random.nextInt(DIRECTIONS.size()));
            builder.variable(new GatewayVariable(random(random), random(random), direction));
        }
        for (int left = random.nextInt(3); left > 0; left--) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int more = random.nextInt(3); more > 0; more--) {
                parameters.put(random(random), random(random));
            }
            builder.subscription(new GatewaySubscription(random(random), parameters));
        }
        if (random.nextInt(4) == 0) {
            builder.additionalMember(random(random), "{}");
        }
        return builder.build();
    }

    private static String knownParameter(Random random) {
        return Parameters.all().stream()
                .skip(random.nextInt(Parameters.all().size()))
                .findFirst()
                .orElseThrow()
                .name();
    }
}
