package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real FreeSWITCH under test, named by the system properties {@code freeswitch.esl} (host:port), {@code freeswitch.password},
 * {@code freeswitch.profile} and {@code freeswitch.gateway-dir}. It must be on this host: the registrar is on loopback. It is restarted
 * only with the shell command in {@code freeswitch.restart-command}, which must end when FreeSWITCH was started again. The user of
 * {@link UserContract} is in {@code freeswitch.user} (user@domain) and {@code freeswitch.user-password}, the second profile of
 * {@link NameContract} in {@code freeswitch.second-profile} and {@code freeswitch.second-gateway-dir}.
 */
public final class RealSwitch implements SwitchUnderTest {
    /** The property that says that there is one. */
    public static final String ADDRESS = "freeswitch.esl";

    /** The property that says where its mod_xml_curl posts to: a port of the loopback address of this host. */
    public static final String XML_CURL = "freeswitch.xml-curl";

    private static final String RESTART_COMMAND = "freeswitch.restart-command";
    private static final File NOTHING = new File("/dev/null");
    private static final Duration RESTARTED_WITHIN = Duration.ofMinutes(2);

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

    /** The port that its mod_xml_curl posts to. */
    public static int xmlCurlPort() {
        String address = System.getProperty(XML_CURL, "");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
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
    public Optional<UserLogin> user() {
        String address = System.getProperty("freeswitch.user", "");
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new UserLogin(address, System.getProperty("freeswitch.user-password", "")));
    }

    @Override
    public Optional<SecondProfile> secondProfile() {
        String name = System.getProperty("freeswitch.second-profile", "");
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new SecondProfile(name, Path.of(System.getProperty("freeswitch.second-gateway-dir", ""))));
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
    public boolean canRestart() {
        return !System.getProperty(RESTART_COMMAND, "").isBlank();
    }

    @Override
    public void restart() {
        try {
            Process command = new ProcessBuilder("sh", "-c", System.getProperty(RESTART_COMMAND, ""))
                    .redirectInput(Redirect.from(NOTHING))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            assertThat(command.waitFor(RESTARTED_WITHIN.toSeconds(), TimeUnit.SECONDS))
                    .as("the restart command ended")
                    .isTrue();
            assertThat(command.exitValue()).as("the restart command's status").isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while FreeSWITCH restarted", e);
        }
        await().atMost(RESTARTED_WITHIN).ignoreExceptions().until(() -> {
            try (RawEventSocket client = connect()) {
                return client.api("sofia status").contains(profile);
            }
        });
    }

    @Override
    public void close() {
        registrar.close();
    }
}
