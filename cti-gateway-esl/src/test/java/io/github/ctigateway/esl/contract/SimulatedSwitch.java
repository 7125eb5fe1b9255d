package io.github.ctigateway.esl.contract;

import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.esl.simulator.SimulatedUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The simulator under test. */
public final class SimulatedSwitch implements SwitchUnderTest {
    private static final Duration TICK = Duration.ofMillis(80);
    private static final UserLogin USER = new UserLogin("ctitest@ctitest.invalid", "pw-ctitest");

    private final Path directory;
    private final FreeSwitchSimulator simulator;
    private final SimulatedTestRegistrar registrar;

    private SimulatedSwitch(Path directory, SimulatedConfiguration configuration) {
        this.directory = directory;
        this.simulator = FreeSwitchSimulator.builder()
                .tick(TICK)
                .user(SimulatedUser.of(USER.address(), USER.password())
                        .withAllowedApi(UserContract.ALLOWED_API)
                        .withAllowedEvents(UserContract.ALLOWED_EVENTS))
                .profile("external", configuration)
                .profile("second", SimulatedConfiguration.directory(secondDirectory()))
                .start();
        this.registrar = new SimulatedTestRegistrar(simulator.registrar());
    }

    /** Starts one that reads its gateways from this directory. */
    public static SimulatedSwitch start(Path directory) {
        return new SimulatedSwitch(directory, SimulatedConfiguration.directory(directory));
    }

    /** Starts one that asks a web server before it reads this directory. */
    public static SimulatedSwitch start(Path directory, URI xmlCurl) {
        return new SimulatedSwitch(
                directory, SimulatedConfiguration.xmlCurl(xmlCurl, SimulatedConfiguration.directory(directory)));
    }

    /** Beside what the first profile includes. */
    private Path secondDirectory() {
        try {
            return Files.createDirectories(directory.resolve("second"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<SecondProfile> secondProfile() {
        return Optional.of(new SecondProfile("second", secondDirectory()));
    }

    @Override
    public String description() {
        return "simulator";
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return simulator.port();
    }

    @Override
    public String password() {
        return simulator.password();
    }

    @Override
    public Optional<UserLogin> user() {
        return Optional.of(USER);
    }

    @Override
    public String profile() {
        return "external";
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
        return TICK;
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void restart() {
        simulator.restart();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
