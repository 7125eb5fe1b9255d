package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.esl.simulator.CommandReader.Command;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one connection's commands do and what is answered (mod_event_socket, parse_command). */
final class CommandHandler {
    static final String DENIED = "-ERR permission denied";

    private final SwitchCore core;
    private final EventSubscription subscription = new EventSubscription();
    private @Nullable ClientRights rights;

    CommandHandler(SwitchCore core) {
        this.core = core;
    }

    /**
     * An answer.
     *
     * @param frame the bytes, as text
     * @param last whether the connection ends after it
     */
    record Reply(String frame, boolean last) {}

    Reply handle(Command command) throws InterruptedException {
        String line = command.line();
        String word = line.toLowerCase(Locale.ROOT);
        core.record(word.startsWith("auth ") ? "auth ***" : word.startsWith("userauth ") ? "userauth ***" : line);
        if (word.startsWith("exit") || word.startsWith("...")) {
            return new Reply(reply("+OK bye"), true);
        }
        ClientRights allowed = rights;
        if (allowed == null) {
            return authenticate(line, word);
        }
        return new Reply(answer(command, line, word, allowed), false);
    }

    private Reply authenticate(String line, String word) {
        if (word.startsWith("auth ")) {
            boolean right = core.access().password().equals(line.substring("auth ".length()));
            rights = right ? ClientRights.ALL : null;
            return new Reply(reply(right ? "+OK accepted" : "-ERR invalid"), !right);
        }
        if (word.startsWith("userauth ")) {
            Optional<SimulatedUser> user = core.access().user(line.substring("userauth ".length()));
            rights = user.map(ClientRights::of).orElse(null);
            return new Reply(reply(user.map(CommandHandler::welcome).orElse("-ERR invalid")), user.isEmpty());
        }
        return new Reply(reply("-ERR command not found"), false);
    }

    private static String welcome(SimulatedUser user) {
        return "+OK accepted\nAllowed-Events: " + user.allowedEvents().orElse("all") + "\nAllowed-API: "
                + user.allowedApi().orElse("all") + "\nAllowed-LOG: true";
    }

    private String answer(Command command, String line, String word, ClientRights allowed) throws InterruptedException {
        if (word.startsWith("filter ")) {
            synchronized (subscription) {
                return reply(subscription.filter(line.substring("filter ".length())));
            }
        }
        if (word.startsWith("api ")) {
            return api(line.substring("api ".length()), allowed);
        }
        if (word.startsWith("bgapi ")) {
            return bgapi(line.substring("bgapi ".length()), command.headers(), allowed);
        }
        synchronized (subscription) {
            // As in FreeSWITCH, the first word may go on: "events" is "event".
            if (word.startsWith("event")) {
                return reply(subscription.event(words(line), allowed));
            }
            if (word.startsWith("nixevent")) {
                return reply(subscription.nixevent(words(line)));
            }
            if (word.startsWith("noevents")) {
                return reply(subscription.noevents());
            }
        }
        if (word.startsWith("nolog")) {
            return reply("-ERR not loging");
        }
        if (word.startsWith("divert_events")) {
            return reply("-ERR not controlling a session.");
        }
        if (word.startsWith("linger") || word.startsWith("nolinger")) {
            return reply("-ERR not controlling a session");
        }
        return reply("-ERR command not found");
    }

    private String api(String line, ClientRights allowed) throws InterruptedException {
        int blank = line.indexOf(' ');
        String name = blank < 0 ? line : line.substring(0, blank);
        if (!allowed.mayRun(name, blank < 0 ? null : line.substring(blank + 1))) {
            return reply(DENIED);
        }
        String output = core.execute(name, blank < 0 ? "" : line.substring(blank + 1));
        String body = output.isEmpty() ? "-ERR no reply\n" : output;
        return "Content-Type: api/response\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\n\n"
                + body;
    }

    private String bgapi(String line, Map<String, String> given, ClientRights allowed) {
        int blank = line.indexOf(' ');
        String name = blank < 0 ? line : line.substring(0, blank);
        if (!allowed.mayRun(name, blank < 0 ? null : line.substring(blank + 1))) {
            return reply(DENIED);
        }
        String job = given.getOrDefault("job-uuid", UUID.randomUUID().toString());
        String arguments = blank < 0 ? "" : line.substring(blank + 1);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Job-UUID", job);
        headers.put("Job-Command", name);
        if (!arguments.isEmpty()) {
            headers.put("Job-Command-Arg", arguments);
        }
        core.executeInBackground(name, arguments, headers);
        return "Content-Type: command/reply\nReply-Text: +OK Job-UUID: " + job + "\nJob-UUID: " + job + "\n\n";
    }

    /** Whether the connection subscribed to this event. Any thread. */
    boolean wants(SimulatedEvent event) {
        synchronized (subscription) {
            return subscription.wants(event);
        }
    }

    EventFormat format() {
        synchronized (subscription) {
            return subscription.format();
        }
    }

    boolean subscribed() {
        synchronized (subscription) {
            return subscription.enabled();
        }
    }

    /** The words after the first. */
    private static List<String> words(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? List.of() : List.of(line.substring(blank + 1).split(" ", -1));
    }

    private static String reply(String text) {
        return "Content-Type: command/reply\nReply-Text: " + text + "\n\n";
    }
}
