package io.github.ctigateway.esl.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.esl.contract.RawEventSocket;
import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Runs the session that was captured from a real FreeSWITCH 1.11.3-dev, and compares what the simulator sends with it, member by member.
 * Only the clock, the identity of the node and the measured durations differ.
 */
class CapturedSessionTest {
    private static final Pattern MEMBER = Pattern.compile("\"([^\"]*)\":\"([^\"]*)\"");
    private static final List<String> DIFFERS = List.of(
            "Core-UUID",
            "FreeSWITCH-Hostname",
            "FreeSWITCH-Switchname",
            "FreeSWITCH-IPv4",
            "FreeSWITCH-IPv6",
            "Event-Date-Local",
            "Event-Date-GMT",
            "Event-Date-Timestamp",
            "Event-Sequence");

    /** In the order of the capture's files. */
    private static final List<Gateway> GATEWAYS = List.of(
            registering("bad").set("retry-seconds", "5").build(),
            registering("busy").set("retry-seconds", "5").build(),
            registering("good").set("expire-seconds", "60").build(),
            registering("mute")
                    .set("retry-seconds", "5")
                    .set("timeout-seconds", "5")
                    .build(),
            Gateway.builder("noreg")
                    .set("realm", "127.0.0.1:5090")
                    .set("register", "false")
                    .build(),
            Gateway.builder("pingdown")
                    .set("realm", "127.0.0.1:5999")
                    .set("register", "false")
                    .set("ping", "5")
                    .set("ping-max", "2")
                    .build(),
            Gateway.builder("pinged")
                    .set("realm", "127.0.0.1:5090")
                    .set("username", "good")
                    .set("register", "false")
                    .set("ping", "5")
                    .build());

    private static Gateway.Builder registering(String name) {
        return Gateway.builder(name)
                .set("realm", "127.0.0.1:5090")
                .set("username", name)
                .set("password", "secret");
    }

    private static FreeSwitchSimulator start() {
        List<Gateway> published = new ArrayList<>();
        FreeSwitchSimulator simulator = FreeSwitchSimulator.builder()
                .manualTicks()
                .profile("external", SimulatedConfiguration.gateways(() -> published))
                .start();
        published.addAll(GATEWAYS);
        simulator
                .registrar()
                .networkAddress("127.0.0.1", 5090)
                .forGateway("bad", RegistrarAnswer.forbidden())
                .forGateway("busy", RegistrarAnswer.unavailable())
                .forGateway("mute", RegistrarAnswer.silent())
                .pingsOf("pingdown", RegistrarAnswer.unreachable());
        return simulator;
    }

    @Test
    void jsonEventsAreTheCapturedOnesInTheirOrder() {
        List<String> captured = lines("captured-events.jsonl");
        try (FreeSwitchSimulator simulator = start();
                RawEventSocket client = RawEventSocket.login("127.0.0.1", simulator.port(), simulator.password())) {
            client.command("event json CUSTOM sofia::gateway_add sofia::gateway_state sofia::gateway_delete");
            assertThat(client.api("sofia profile external rescan"))
                    .isEqualTo("Reload XML [Success]\n+OK scan complete\n");

            List<String> sent = new ArrayList<>();
            take(client, 7, sent);
            while (sent.size() < 30) {
                simulator.tick();
                drain(client, sent);
            }

            assertThat(comparable(sent)).containsAll(comparable(captured.subList(0, 24)));
            assertThat(orderOf(sent, "good")).startsWith("null", "TRYING", "REGISTER", "REGED");
            assertThat(orderOf(sent, "bad")).startsWith("null", "TRYING", "FAILED", "FAIL_WAIT", "UNREGED", "TRYING");
            assertThat(orderOf(sent, "mute")).startsWith("null", "TRYING", "TIMEOUT", "FAILED", "FAIL_WAIT");
            assertThat(orderOf(sent, "pingdown")).containsExactly("null", "NOREG");
            assertThat(orderOf(sent, "noreg")).containsExactly("null");
        }
    }

    private static void take(RawEventSocket client, int count, List<String> into) {
        client.events(count).forEach(frame -> into.add(frame.body()));
    }

    /** Everything fired so far: an echo after it would come later, and so does its API event. */
    private static void drain(RawEventSocket client, List<String> into) {
        client.command("event json API");
        client.command("api echo mark");
        while (true) {
            String body = client.event().body();
            if (body.contains("\"Event-Name\":\"API\"")) {
                client.command("nixevent API");
                return;
            }
            into.add(body);
        }
    }

    @Test
    void plainEventsHaveTheCapturedLines() {
        String captured = text("captured-events.plain");
        try (FreeSwitchSimulator simulator = start();
                RawEventSocket client = RawEventSocket.login("127.0.0.1", simulator.port(), simulator.password())) {
            client.command("event plain CUSTOM sofia::gateway_add");
            client.api("sofia profile external rescan");

            String first = client.event().body();

            List<String> expected =
                    List.of(captured.substring(0, captured.indexOf("\n\n") + 2).split("\n"));
            List<String> actual = List.of(first.split("\n"));
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.size(); i++) {
                String name = expected.get(i).substring(0, expected.get(i).indexOf(':'));
                assertThat(actual.get(i)).startsWith(name + ": ");
                if (!DIFFERS.contains(name)) {
                    assertThat(actual.get(i)).isEqualTo(expected.get(i));
                }
            }
        }
    }

    @Test
    void xmlstatusIsTheCapturedDocument() {
        try (FreeSwitchSimulator simulator = start();
                RawEventSocket client = RawEventSocket.login("127.0.0.1", simulator.port(), simulator.password())) {
            client.api("sofia profile external rescan");
            simulator.tick(14);

            assertThat(timeless(client.api("sofia xmlstatus gateway")))
                    .isEqualTo(timeless(text("captured-xmlstatus.xml")));
        }
    }

    @Test
    void statusIsTheCapturedText() {
        try (FreeSwitchSimulator simulator = start();
                RawEventSocket client = RawEventSocket.login("127.0.0.1", simulator.port(), simulator.password())) {
            client.api("sofia profile external rescan");
            simulator.tick(15);

            assertThat(timeless(client.api("sofia status gateway"))).isEqualTo(timeless(text("captured-status.txt")));
        }
    }

    private static String timeless(String text) {
        return text.replaceAll("<ping>[1-9][0-9]*<", "<ping>…<")
                .replaceAll("<uptime-usec>[1-9][0-9]*<", "<uptime-usec>…<")
                .replaceAll("<pingtime>[0-9.]*<", "<pingtime>…<")
                .replaceAll("[0-9]+\\.[0-9]{2}\t", "…\t")
                .replaceAll("[0-9]+s\\b", "…s");
    }

    private static List<String> comparable(List<String> events) {
        return events.stream().map(CapturedSessionTest::comparable).toList();
    }

    private static String comparable(String json) {
        Matcher members = MEMBER.matcher(json);
        StringBuilder out = new StringBuilder();
        while (members.find()) {
            String value = DIFFERS.contains(members.group(1)) ? "…" : members.group(2);
            out.append(members.group(1)).append('=').append(value).append('\n');
        }
        return out.toString();
    }

    private static List<String> orderOf(List<String> events, String gateway) {
        return events.stream()
                .filter(event -> event.contains("\"Gateway\":\"" + gateway + "\""))
                .map(event -> {
                    Matcher state = Pattern.compile("\"State\":\"([A-Z_]+)\"").matcher(event);
                    return state.find() ? state.group(1) : "null";
                })
                .toList();
    }

    private static List<String> lines(String resource) {
        return text(resource).lines().toList();
    }

    private static String text(String resource) {
        try (InputStream in =
                Objects.requireNonNull(CapturedSessionTest.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
