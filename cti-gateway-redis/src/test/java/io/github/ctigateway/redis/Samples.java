package io.github.ctigateway.redis;

import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The values of mod_cti's own page, byte for byte, and gateways to try things with. */
final class Samples {
    private Samples() {}

    /** The page's {@code mytrunk}. */
    static String mytrunk() {
        return resource("mytrunk.json");
    }

    /** The page's event of a gateway that does not register. */
    static String addEvent() {
        return resource("event-gateway-add.json");
    }

    /** The page's event of a registered gateway. */
    static String stateEvent() {
        return resource("event-gateway-state.json");
    }

    static Gateway trunk(String name) {
        return Gateway.builder(name)
                .set("realm", "carrier.example.com")
                .set("username", name)
                .set("password", "pa55-" + name)
                .set("expire-seconds", "60")
                .variable("sip_sticky_contact", "true")
                .build();
    }

    static Gateway read(String json) {
        return read("mytrunk", json);
    }

    static Gateway read(String name, String json) {
        if (GatewayJson.decode(name, json) instanceof DecodedGateway.Read read) {
            return read.gateway();
        }
        throw new AssertionError(
                "not readable: " + GatewayJson.decode(name, json).findings());
    }

    private static String resource(String file) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
