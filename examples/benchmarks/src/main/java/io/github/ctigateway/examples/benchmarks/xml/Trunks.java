package io.github.ctigateway.examples.benchmarks.xml;

import io.github.ctigateway.model.Gateway;
import java.util.List;
import java.util.stream.IntStream;

/** Gateways as mod_cti's page shows them, with a stamp. */
final class Trunks {
    private Trunks() {}

    static List<Gateway> of(int count) {
        return IntStream.range(0, count).mapToObj(Trunks::trunk).toList();
    }

    static Gateway trunk(int number) {
        return Gateway.builder("trunk-" + number)
                .set("register", "true")
                .set("caller-id-in-from", "true")
                .set("realm", "180.76." + (number >> 8 & 255) + "." + (number & 255) + ":35560")
                .set("from-user", "")
                .set("destination-prefix", "")
                .set("username", "trunk" + number)
                .set("password", "pw-" + number + "@ddt")
                .set("expire-seconds", "60")
                .variable("sip_sticky_contact", "true")
                .variable("cti_gateway_stamp", String.format("%032x.9d41b2c7", number))
                .build();
    }
}
