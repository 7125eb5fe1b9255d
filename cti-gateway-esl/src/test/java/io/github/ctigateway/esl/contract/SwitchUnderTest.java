package io.github.ctigateway.esl.contract;

import java.nio.file.Path;
import java.time.Duration;

/** The server that a contract case runs against. Cases use only gateways whose names begin with {@code ctitest-}. */
public interface SwitchUnderTest extends AutoCloseable {
    /** For the table of results: what it is and its version. */
    String description();

    /** Where its event socket listens. */
    String host();

    /** Where its event socket listens. */
    int port();

    /** The event socket's password. */
    String password();

    /** The profile under test. */
    String profile();

    /** The directory that the profile's gateways are included from. */
    Path gatewayDirectory();

    /** The registrar for the gateways. */
    TestRegistrar registrar();

    /** How long one of mod_sofia's ticks takes. */
    Duration tick();

    /** Whether it can be restarted from here. */
    boolean canRestart();

    /** Ends the server and starts it again; returns when it accepts commands. Its connections are lost. */
    void restart();

    @Override
    void close();

    /** A new authenticated connection. */
    default RawEventSocket connect() {
        return RawEventSocket.login(host(), port(), password());
    }
}
