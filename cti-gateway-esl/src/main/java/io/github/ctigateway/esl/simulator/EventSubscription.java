package io.github.ctigateway.esl.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which events one connection wants, and in which format (mod_event_socket, event_handler and parse_command). Not thread-safe. */
final class EventSubscription {
    private final Set<String> names = new HashSet<>();
    private final Set<String> subclasses = new HashSet<>();
    private final List<Filter> filters = new ArrayList<>();
    private EventFormat format = EventFormat.PLAIN;
    private boolean enabled;

    EventFormat format() {
        return format;
    }

    boolean enabled() {
        return enabled;
    }

    /** {@code event plain|json NAME… CUSTOM SUBCLASS…}; what stands before the first that is not allowed is in force all the same. */
    String event(List<String> words, ClientRights rights) {
        int known = 0;
        boolean custom = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (i == 0 && word.equalsIgnoreCase("plain")) {
                format = EventFormat.PLAIN;
            } else if (i == 0 && word.equalsIgnoreCase("json")) {
                format = EventFormat.JSON;
            } else if (custom) {
                if (!rights.mayHearSubclass(word)) {
                    return CommandHandler.DENIED;
                }
                subclasses.add(word);
            } else {
                Optional<String> name = EventNames.known(word);
                if (name.isPresent()) {
                    if (!rights.mayHear(name.get())) {
                        return CommandHandler.DENIED;
                    }
                    known++;
                    names.add(name.get());
                    custom = name.get().equals("CUSTOM");
                }
            }
        }
        if (known == 0) {
            return "-ERR no keywords supplied";
        }
        enabled = true;
        return "+OK event listener enabled " + format.word();
    }

    /** {@code nixevent NAME… CUSTOM SUBCLASS…}; {@code CUSTOM} with subclasses takes just those. */
    String nixevent(List<String> words) {
        int known = 0;
        boolean custom = false;
        for (String word : words) {
            String name = EventNames.known(word).orElse("");
            if (custom) {
                subclasses.remove(word);
            } else if (!name.isEmpty()) {
                known++;
                if (name.equals("CUSTOM")) {
                    custom = true;
                } else if (name.equals("ALL")) {
                    names.clear();
                } else {
                    if (names.remove("ALL")) {
                        names.addAll(EventNames.ALL_NAMES);
                        names.remove("ALL");
                    }
                    names.remove(name);
                }
            }
        }
        if (known == 0) {
            return "-ERR no keywords supplied";
        }
        enabled = true;
        return "+OK events nixed";
    }

    /** {@code noevents}. */
    String noevents() {
        if (!enabled) {
            return "-ERR not listening for events";
        }
        enabled = false;
        names.clear();
        subclasses.clear();
        return "+OK no longer listening for events";
    }

    /** {@code filter HEADER VALUE}, {@code filter delete HEADER [VALUE]}, {@code filter delete all}. */
    String filter(String arguments) {
        String[] words = arguments.stripLeading().split(" ", 2);
        if (words.length < 2) {
            return "-ERR invalid syntax";
        }
        if (words[0].equalsIgnoreCase("delete")) {
            String[] deleted = words[1].split(" ", 2);
            String value = deleted.length > 1 ? deleted[1] : "";
            if (deleted[0].equalsIgnoreCase("all")) {
                filters.clear();
            } else {
                filters.removeIf(filter ->
                        filter.header.equalsIgnoreCase(deleted[0]) && (value.isEmpty() || filter.value.equals(value)));
            }
            return "+OK filter deleted. [" + deleted[0] + "][" + value + "]";
        }
        String[] added = words[0].equalsIgnoreCase("add") ? words[1].split(" ", 2) : words;
        String value = added.length > 1 ? added[1] : "(null)";
        if (added.length > 1 && !value.isEmpty()) {
            filters.add(new Filter(added[0], value));
        }
        return "+OK filter added. [" + added[0] + "]=[" + value + "]";
    }

    /** Filters are alternatives; one that begins with {@code -} forbids; an event without the header matches none. */
    boolean wants(SimulatedEvent event) {
        if (!enabled) {
            return false;
        }
        boolean wanted = names.contains("ALL")
                || (names.contains(event.name())
                        && (!event.name().equals("CUSTOM")
                                || event.subclass().map(subclasses::contains).orElse(true)));
        if (!wanted || filters.isEmpty()) {
            return wanted;
        }
        boolean passes = false;
        for (Filter filter : filters) {
            String value = event.header(filter.header);
            boolean positive = !filter.value.startsWith("-");
            if (value == null || (passes && positive)) {
                continue;
            }
            if (value.equalsIgnoreCase(filter.value.replaceFirst("^[-+ ]+", ""))) {
                if (!positive) {
                    return false;
                }
                passes = true;
            }
        }
        return passes;
    }

    private record Filter(String header, String value) {}
}
