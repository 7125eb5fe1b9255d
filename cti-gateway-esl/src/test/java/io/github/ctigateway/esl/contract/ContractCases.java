package io.github.ctigateway.esl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.model.ProfileFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens the server, gives each case a clean one, and leaves nothing behind. What servers answer is compared with the records of a real
 * FreeSWITCH, so they are proven alike.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ContractTable.class)
public abstract class ContractCases {
    private static final Pattern NAME = Pattern.compile("<name>(ctitest-[^<]*)</name>");

    @SuppressWarnings("NullAway.Init") // set before any case runs
    private SwitchUnderTest server;

    @SuppressWarnings("NullAway.Init") // set before any case runs
    private ProfileFacts facts;

    @SuppressWarnings("NullAway.Init") // set before each case
    private RawEventSocket client;

    private int files;

    /** Opens the server; the directory is empty, and removed in the end. */
    protected abstract SwitchUnderTest open(Path temporary);

    final String serverDescription() {
        return server.description();
    }

    @BeforeAll
    final void openServer(@TempDir Path temporary) {
        server = open(temporary);
        try (RawEventSocket socket = server.connect()) {
            facts = ProfileProbe.of(server, socket);
        }
    }

    @AfterAll
    final void closeServer() {
        server.close();
    }

    @BeforeEach
    final void begin() throws IOException {
        client = server.connect();
        server.registrar().reset();
        clean();
    }

    @AfterEach
    final void leaveNothingBehind() throws IOException {
        clean();
        client.close();
    }

    private void clean() throws IOException {
        try (Stream<Path> present = Files.list(server.gatewayDirectory())) {
            for (Path file : present.toList()) {
                if (String.valueOf(file.getFileName()).contains("ctitest-")) {
                    Files.delete(file);
                }
            }
        }
        files = 0;
        live().forEach(name -> client.api("sofia profile " + server.profile() + " killgw " + name));
        within(40, () -> live().isEmpty());
    }

    /** The gateways of ours that the switch has, being deleted or not. */
    protected final Set<String> live() {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(client.api("sofia xmlstatus gateway"));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** Restarts the server, and connects to it anew. */
    protected final void restartServer() {
        server.restart();
        client.close();
        client = server.connect();
    }

    /** Waits until it holds, for so many ticks and five seconds. */
    protected final void within(int ticks, BooleanSupplier condition) {
        await().atMost(server.tick().multipliedBy(ticks).plus(Duration.ofSeconds(5)))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    /** What {@code sofia profile P …} answers. */
    protected final String profile(String words) {
        return client.api("sofia profile " + server.profile() + " " + words);
    }

    /** Writes gateway files. */
    protected final void publish(GatewayFile... gateways) {
        for (GatewayFile gateway : gateways) {
            gateway.write(server.gatewayDirectory(), files++);
        }
    }

    /** Writes a gateway file that ends before its gateway does. */
    protected final void publishBroken() {
        try {
            Files.writeString(
                    server.gatewayDirectory().resolve("ctitest-broken.xml"),
                    "<include>\n<gateway name=\"ctitest-broken\">\n<param name=\"register\" value=\"false\"/>\n</include>\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes gateway files and has them taken in. */
    protected final void publishAndRescan(GatewayFile... gateways) {
        publish(gateways);
        assertThat(profile("rescan")).isEqualTo("Reload XML [Success]\n+OK scan complete\n");
    }

    /** What is published from here on takes the place of what is. */
    protected final void publishAnew() {
        files = 0;
    }

    /** The server. */
    protected final SwitchUnderTest server() {
        return server;
    }

    /** What its profile gives to gateways. */
    protected final ProfileFacts facts() {
        return facts;
    }

    /** A connection to it. */
    protected final RawEventSocket client() {
        return client;
    }

    /** A gateway that registers with the registrar. */
    protected final GatewayFile registering(String name, String user) {
        return GatewayFile.of(name)
                .param("username", user)
                .param("password", "pw-" + user)
                .param("realm", "test.invalid")
                .param("proxy", server.registrar().address())
                .param("retry-seconds", "5");
    }

    /** A gateway that does not register. */
    protected static GatewayFile quiet(String name) {
        return GatewayFile.of(name).param("register", "false");
    }

    /** What is this run's, the profile's or measured, replaced by words. */
    protected final String comparable(String text) {
        String ip = Stream.of(facts.sipIp(), facts.extSipIp())
                .filter(address -> address != null && !address.isEmpty())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(", ")"));
        return text.replace(server.registrar().address(), "REGISTRAR")
                .replaceAll(
                        "(?<=<profile>|Profile \t| profile=)" + Pattern.quote(facts.name()) + "(?=[<\n])", "PROFILE")
                .replaceAll("(?<=<context>|Context \t)" + Pattern.quote(facts.context()) + "(?=[<\n])", "CONTEXT")
                .replaceAll("(?<=(<contact>|Contact \t)[^\\n]{0,200}@)" + ip + "(?=:)", "IP")
                .replaceAll("(?<=<contact>[^\\n]{0,200}):[0-9]{3,5}(?=[;&])", ":PORT")
                .replaceAll("(?<=Contact \t[^\\n]{0,200}):[0-9]{3,5}(?=[;>])", ":PORT")
                .replaceAll("<ping>[1-9][0-9]*<", "<ping>N<")
                .replaceAll("Ping    \t[1-9][0-9]*", "Ping    \tN")
                .replaceAll("<uptime-usec>[1-9][0-9]*<", "<uptime-usec>N<")
                .replaceAll("<pingtime>[0-9.]*<", "<pingtime>N<")
                .replaceAll("Uptime  \t[0-9]+s", "Uptime  \tNs")
                .replaceAll("<state>(?!NOREG)[A-Z_]*<", "<state>REGISTERS<")
                .replaceAll("(<state>REGISTERS</state>\n    <status>)[A-Z]*<", "$1N<")
                .replaceAll("(<status>N</status>\n    <uptime-usec>)[0-9N]*<", "$1N<")
                .replaceAll("<pingcount>[0-9]*<", "<pingcount>N<")
                .replaceAll("    <retry>[^<]*</retry>\n", "");
    }

    /** The last that happened to a gateway. */
    protected static String last(GatewayWatch watch, String gateway) {
        List<String> story = watch.of(gateway);
        return story.isEmpty() ? "" : story.get(story.size() - 1);
    }

    /** What happened to gateways, the first events of each. */
    protected static String stories(GatewayWatch watch, List<String> names, int limit) {
        return names.stream()
                .map(name -> "## ctitest-" + name + "\n"
                        + watch.ofWithoutRace("ctitest-" + name).stream()
                                .limit(limit)
                                .collect(Collectors.joining("\n"))
                        + "\n")
                .collect(Collectors.joining());
    }
}
