package io.github.ctigateway.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Gateways in mod_cti's JSON. */
final class Samples {
    static final String PASSWORD = "mytrunk@ddt";

    /** One that does not register. */
    static final String BY_ADDRESS = "{\"param\":{\"register\":false,\"realm\":\"198.51.100.7\"}}";

    /** One that FreeSWITCH skips. */
    static final String WITHOUT_PASSWORD = "{\"param\":{\"realm\":\"198.51.100.7\",\"username\":\"u\"}}";

    private Samples() {}

    /** The example of mod_cti's page, byte for byte. */
    static String mytrunk() {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("mytrunk.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that registers as this user. */
    static String registering(String user) {
        return "{\"param\":{\"realm\":\"sip.example.net\",\"username\":\"" + user + "\",\"password\":\"" + PASSWORD
                + "\"}}";
    }

    static Path file(Path directory, String name, String json) {
        try {
            return Files.writeString(directory.resolve(name + ".json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event of a gateway that was added, as FreeSWITCH makes it. */
    static String added(String gateway, String node, String coreUuid) {
        return "{\"Event-Subclass\":\"sofia::gateway_add\",\"Core-UUID\":\"" + coreUuid
                + "\",\"FreeSWITCH-Switchname\":\""
                + node + "\",\"Event-Date-Timestamp\":\"1649344991284944\",\"Event-Sequence\":\"7\",\"Gateway\":\""
                + gateway
                + "\",\"profile-name\":\"external\"}";
    }
}
