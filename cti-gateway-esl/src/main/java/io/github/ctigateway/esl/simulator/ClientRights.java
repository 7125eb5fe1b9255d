package io.github.ctigateway.esl.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a connection may do: everything with the socket's password, or what its user is allowed. Immutable. */
final class ClientRights {
    static final ClientRights ALL = new ClientRights(Optional.empty(), Optional.empty());
    /** Commands that run another: it must be allowed too. */
    private static final Set<String> RUNNERS = Set.of("bgapi", "sched_api", "eval", "expand", "xml_wrap");

    /** What it may run; without a list everything. */
    private final Optional<Set<String>> commands;

    private final Optional<AllowedEvents> events;

    /** What stands before CUSTOM, and what behind it. */
    private record AllowedEvents(Set<String> names, Set<String> subclasses) {}

    private ClientRights(Optional<Set<String>> commands, Optional<AllowedEvents> events) {
        this.commands = commands;
        this.events = events;
    }

    static ClientRights of(SimulatedUser user) {
        return new ClientRights(
                user.allowedApi().map(list -> Set.copyOf(new HashSet<>(words(list)))),
                user.allowedEvents().map(ClientRights::readEvents));
    }

    private static List<String> words(String list) {
        return List.of(list.split(list.indexOf(' ') >= 0 ? " " : ",", -1));
    }

    private static AllowedEvents readEvents(String list) {
        Set<String> names = new HashSet<>();
        Set<String> subclasses = new HashSet<>();
        for (String word : words(list)) {
            if (names.contains("CUSTOM")) {
                subclasses.add(word);
            } else {
                EventNames.known(word).ifPresent(names::add);
            }
        }
        return new AllowedEvents(Set.copyOf(names), Set.copyOf(subclasses));
    }

    /**
     * Whether an API command may be given (auth_api_command).
     *
     * @param arguments what stands behind its first blank; null when there is none
     */
    boolean mayRun(String command, @Nullable String arguments) {
        return commands.map(allowed -> mayRun(allowed, command, arguments)).orElse(true);
    }

    private static boolean mayRun(Set<String> allowed, String command, @Nullable String arguments) {
        String checked = command;
        String rest = arguments;
        while (allowed.contains(checked) && rest != null && RUNNERS.contains(checked.toLowerCase(Locale.ROOT))) {
            int blank = rest.indexOf(' ');
            checked = blank < 0 ? rest : rest.substring(0, blank);
            rest = blank < 0 ? null : rest.substring(blank + 1);
        }
        return allowed.contains(checked);
    }

    /** Whether events of this name may be subscribed to. */
    boolean mayHear(String event) {
        return events.map(allowed ->
                        allowed.names().contains(event) || allowed.names().contains("ALL"))
                .orElse(true);
    }

    /** Whether CUSTOM events of this subclass may be subscribed to; being allowed all events does not help here. */
    boolean mayHearSubclass(String subclass) {
        return events.map(allowed -> allowed.subclasses().contains(subclass)).orElse(true);
    }
}
