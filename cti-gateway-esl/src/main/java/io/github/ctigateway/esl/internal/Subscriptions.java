package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslEventFormat;
import io.github.ctigateway.esl.EslIllegalCommandException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** Which events are wanted, as told once and sent on every connection. Thread-safe. */
final class Subscriptions {
    static final String JOB_EVENT = "BACKGROUND_JOB";

    private static final Pattern WORD = Pattern.compile("[^\\s\\x00]+");

    private final String format;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Set<String> events = new LinkedHashSet<>();
    private final Set<String> subclasses = new LinkedHashSet<>();
    private final Map<String, Set<String>> filters = new LinkedHashMap<>();
    private boolean jobs;
    private long version;

    /**
     * What was newly declared.
     *
     * @param commands what a connection needs that has everything else
     * @param undo forgets it again, for when FreeSWITCH refuses it
     */
    record Addition(List<String> commands, Runnable undo) {
        static final Addition NONE = new Addition(List.of(), () -> {});
    }

    Subscriptions(EslEventFormat format) {
        this.format = format == EslEventFormat.JSON ? "json" : "plain";
    }

    /** Remembers these. */
    Addition add(Collection<String> newEvents, Collection<String> newSubclasses) {
        newEvents.forEach(Subscriptions::eventName);
        newSubclasses.forEach(subclass -> word(subclass, "an event's subclass"));
        lock.lock();
        try {
            if (newEvents.isEmpty() && newSubclasses.isEmpty()) {
                return Addition.NONE;
            }
            List<String> freshEvents = newEvents.stream().filter(events::add).toList();
            List<String> freshSubclasses =
                    newSubclasses.stream().filter(subclasses::add).toList();
            version++;
            return new Addition(
                    List.of(eventCommand(newEvents, newSubclasses)),
                    () -> locked(() -> {
                        freshEvents.forEach(events::remove);
                        freshSubclasses.forEach(subclasses::remove);
                    }));
        } finally {
            lock.unlock();
        }
    }

    /** Remembers this filter. */
    Addition addFilter(String header, String value) {
        word(header, "a header's name");
        if (header.equalsIgnoreCase("delete") || header.equalsIgnoreCase("add")) {
            throw new EslIllegalCommandException(
                    "FreeSWITCH reads '" + header + "' as a word of the command, not as a header");
        }
        CommandText.check("filter " + header + " " + value);
        if (value.isBlank()) {
            throw new EslIllegalCommandException("A filter's value cannot be empty");
        }
        lock.lock();
        try {
            boolean first = filters.isEmpty();
            version++;
            boolean fresh = filters.computeIfAbsent(header, name -> new LinkedHashSet<>())
                    .add(value);
            List<String> commands = new ArrayList<>();
            commands.add("filter " + header + " " + value);
            if (first && jobs) {
                commands.add(jobFilter());
            }
            return new Addition(
                    commands,
                    () -> locked(() -> {
                        if (fresh) {
                            removeFilter(header, value);
                        }
                    }));
        } finally {
            lock.unlock();
        }
    }

    private void removeFilter(String header, String value) {
        Set<String> values = filters.getOrDefault(header, new LinkedHashSet<>());
        values.remove(value);
        if (values.isEmpty()) {
            filters.remove(header);
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Background jobs are used from now on; no commands when that was known. */
    Addition addJobs() {
        lock.lock();
        try {
            if (jobs) {
                return Addition.NONE;
            }
            jobs = true;
            version++;
            List<String> commands = new ArrayList<>();
            commands.add(eventCommand(List.of(JOB_EVENT), List.of()));
            if (!filters.isEmpty()) {
                commands.add(jobFilter());
            }
            return new Addition(commands, () -> locked(() -> jobs = false));
        } finally {
            lock.unlock();
        }
    }

    /** Whether the listeners want the results of background jobs; else they are our own affair. */
    boolean wantsJobEvents() {
        lock.lock();
        try {
            return events.stream()
                    .anyMatch(event -> event.equalsIgnoreCase(JOB_EVENT) || event.equalsIgnoreCase("ALL"));
        } finally {
            lock.unlock();
        }
    }

    /** Changes with every addition. */
    long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does this unless there is something newer than this version; nothing is added meanwhile.
     *
     * @return whether it was done
     */
    boolean ifStill(long expected, Runnable action) {
        lock.lock();
        try {
            if (version == expected) {
                action.run();
            }
            return version == expected;
        } finally {
            lock.unlock();
        }
    }

    /** Everything that a new connection needs. */
    List<String> all() {
        lock.lock();
        try {
            List<String> commands = new ArrayList<>();
            // Filters first: nothing unwanted then slips through in between.
            filters.forEach(
                    (header, values) -> values.forEach(value -> commands.add("filter " + header + " " + value)));
            if (jobs && !filters.isEmpty()) {
                commands.add(jobFilter());
            }
            Set<String> names = new LinkedHashSet<>(events);
            if (jobs) {
                names.add(JOB_EVENT);
            }
            if (!names.isEmpty() || !subclasses.isEmpty()) {
                commands.add(eventCommand(names, subclasses));
            }
            return commands;
        } finally {
            lock.unlock();
        }
    }

    /** After CUSTOM every word is a subclass, so it stands last. */
    private String eventCommand(Collection<String> names, Collection<String> customs) {
        StringBuilder command = new StringBuilder("event ").append(format);
        names.forEach(name -> command.append(' ').append(name));
        if (!customs.isEmpty()) {
            command.append(" CUSTOM");
            customs.forEach(name -> command.append(' ').append(name));
        }
        return command.toString();
    }

    /** Filters drop the results of background jobs too, unless one lets them through. */
    private static String jobFilter() {
        return "filter Event-Name " + JOB_EVENT;
    }

    private static void eventName(String event) {
        word(event, "an event's name");
        if (event.equalsIgnoreCase("CUSTOM")) {
            throw new EslIllegalCommandException(
                    "CUSTOM alone brings no event: name its subclasses with subscribeCustom");
        }
    }

    private static void word(String text, String what) {
        if (!WORD.matcher(text).matches()) {
            throw new EslIllegalCommandException(
                    "'" + CommandText.firstWords(text + " ", 1) + "' cannot be " + what + ": it must be one word");
        }
    }
}
