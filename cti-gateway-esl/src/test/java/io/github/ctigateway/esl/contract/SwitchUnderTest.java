package io.github.ctigateway.esl.contract;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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

    /** A user of its directory for {@code userauth}, who is allowed what {@link UserContract} says; empty when it has none. */
    Optional<UserLogin> user();

    /** The profile under test. */
    String profile();

    /** The directory that the profile's gateways are included from. */
    Path gatewayDirectory();

    /** Another profile, without gateways of others; empty when there is none. */
    Optional<SecondProfile> secondProfile();

    /** The registrar for the gateways. */
    TestRegistrar registrar();

    /** How long one of mod_sofia's ticks takes. */
    Duration tick();

    /** Whether it can be restarted from here. */
    boolean canRestart();

    /** Ends the server and starts it again; returns when it accepts commands. Its connections are lost. */
    void restart();

    /**
     * A second profile.
     *
     * @param name its name
     * @param gatewayDirectory the directory that its gateways are included from
     */
    record SecondProfile(String name, Path gatewayDirectory) {}

    /**
     * A login.
     *
     * @param address {@code user@domain}
     * @param password never printed
     */
    record UserLogin(String address, String password) {
        @Override
        public String toString() {
            return "UserLogin[" + address + ", ***]";
        }
    }

    @Override
    void close();

    /** A new authenticated connection. */
    default RawEventSocket connect() {
        return RawEventSocket.login(host(), port(), password());
    }
}
