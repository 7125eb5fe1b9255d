package io.github.ctigateway.esl.contract;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A real FreeSWITCH under test, named by the system properties {@code freeswitch.esl} (host:port), {@code freeswitch.password},
 * {@code freeswitch.profile} and {@code freeswitch.gateway-dir}. It must be on this host: the registrar is on loopback.
 */
public final class RealSwitch implements SwitchUnderTest {
    /** The property that says that there is one. */
    public static final String ADDRESS = "freeswitch.esl";

    private final String host;
    private final int port;
    private final String password;
    private final String profile;
    private final Path directory;
    private final SipRegistrar registrar;
    private final String version;

    private RealSwitch() {
        String address = System.getProperty(ADDRESS, "127.0.0.1:8021");
        int colon = address.lastIndexOf(':');
        this.host = address.substring(0, colon);
        this.port = Integer.parseInt(address.substring(colon + 1));
        this.password = System.getProperty("freeswitch.password", "ClueCon");
        this.profile = System.getProperty("freeswitch.profile", "external");
        this.directory = Path.of(System.getProperty("freeswitch.gateway-dir", ""));
        this.registrar = SipRegistrar.start();
        try (RawEventSocket client = connect()) {
            this.version = "FreeSWITCH " + client.api("version short").strip();
        }
    }

    /** The one that the system properties name. */
    public static RealSwitch fromProperties() {
        return new RealSwitch();
    }

    @Override
    public String description() {
        return version;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String password() {
        return password;
    }

    @Override
    public String profile() {
        return profile;
    }

    @Override
    public Path gatewayDirectory() {
        return directory;
    }

    @Override
    public TestRegistrar registrar() {
        return registrar;
    }

    @Override
    public Duration tick() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void close() {
        registrar.close();
    }
}
