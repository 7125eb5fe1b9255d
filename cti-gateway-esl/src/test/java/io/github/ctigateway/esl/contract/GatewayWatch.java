package io.github.ctigateway.esl.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the gateway events of a switch, on a connection and a thread of its own. Thread-safe. */
public final class GatewayWatch implements AutoCloseable {
    private static final Pattern MEMBER = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final RawEventSocket client;
    private final List<Map<String, String>> events = new ArrayList<>();
    private volatile boolean closed;

    private GatewayWatch(RawEventSocket client) {
        this.client = client;
    }

    /** Subscribes and begins to collect. */
    public static GatewayWatch of(SwitchUnderTest server) {
        GatewayWatch watch = new GatewayWatch(server.connect());
        watch.client.command("event json CUSTOM sofia::gateway_add sofia::gateway_state sofia::gateway_delete"
                + " sofia::gateway_invalid_digest_req");
        watch.client.deadline(Duration.ZERO);
        Thread thread = new Thread(watch::collect, "gateway-watch");
        thread.setDaemon(true);
        thread.start();
        return watch;
    }

    private void collect() {
        try {
            while (!closed) {
                Map<String, String> event = members(client.event().body());
                if (event.getOrDefault("Gateway", "").startsWith("ctitest-")) {
                    synchronized (events) {
                        events.add(event);
                    }
                }
            }
        } catch (RuntimeException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    static Map<String, String> members(String json) {
        Map<String, String> result = new LinkedHashMap<>();
        Matcher matcher = MEMBER.matcher(json);
        while (matcher.find()) {
            result.put(matcher.group(1), matcher.group(2));
        }
        return result;
    }

    /** What happened to a gateway, in order: {@code add}, {@code delete}, or the state with what else the event says. */
    public List<String> of(String gateway) {
        synchronized (events) {
            return events.stream()
                    .filter(event -> gateway.equals(event.get("Gateway")))
                    .map(GatewayWatch::story)
                    .toList();
        }
    }

    /**
     * As {@link #of}, without a race that FreeSWITCH has with itself: its worker tells of the state that it finds when it comes to it, so a
     * REGISTER that is answered at once may be told of as {@code FAILED status=…, FAILED} or {@code FAILED, FAILED status=…} instead of
     * {@code TRYING, FAILED status=…}.
     */
    public List<String> ofWithoutRace(String gateway) {
        List<String> story = new ArrayList<>(of(gateway));
        for (int i = 0; i + 1 < story.size(); i++) {
            String first = story.get(i);
            String second = story.get(i + 1);
            boolean sameState = first.substring(0, first.indexOf(' ')).equals(second.substring(0, second.indexOf(' ')));
            if (sameState && first.contains(" status=") != second.contains(" status=")) {
                String before = first.contains(" status=") ? second : first;
                story.set(i + 1, first.contains(" status=") ? first : second);
                boolean answeredBefore = story.subList(0, i).stream().anyMatch(line -> line.contains(" from="));
                String trying = "TRYING" + before.substring(before.indexOf(' '));
                story.set(i, answeredBefore ? trying : trying.replaceFirst(" from=.*", ""));
            }
        }
        return story;
    }

    /** The members of a gateway's events in the order of the wire, less their values. */
    public List<String> membersOf(String gateway) {
        synchronized (events) {
            return events.stream()
                    .filter(event -> gateway.equals(event.get("Gateway")))
                    .map(event -> String.join(" ", event.keySet()))
                    .distinct()
                    .toList();
        }
    }

    private static String story(Map<String, String> event) {
        String subclass = event.getOrDefault("Event-Subclass", "").replace("sofia::gateway_", "");
        if (!subclass.equals("state")) {
            return subclass + " profile=" + event.get("profile-name");
        }
        StringBuilder out = new StringBuilder(event.getOrDefault("State", ""))
                .append(" ping=")
                .append(event.get("Ping-Status"));
        if (event.containsKey("Status")) {
            out.append(" status=").append(event.get("Status"));
        }
        if (event.containsKey("Phrase")) {
            out.append(" phrase='").append(event.get("Phrase")).append('\'');
        }
        if (event.containsKey("Register-Network-IP")) {
            out.append(" from=")
                    .append(event.get("Register-Network-IP"))
                    .append(':')
                    .append(event.get("Register-Network-Port"));
        }
        return out.toString();
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
