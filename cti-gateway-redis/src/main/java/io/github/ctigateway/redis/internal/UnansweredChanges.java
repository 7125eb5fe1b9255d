package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes that may or may not have been made, since the connection broke before Redis answered. The next value that is read of a field
 * shows which: a change was made when the field holds the very bytes that it was to write. That somebody else wrote the same ones
 * meanwhile cannot be told apart; and a read that was under way before the change takes it for not made. Thread-safe.
 */
final class UnansweredChanges {
    /** How many are remembered; beyond that the oldest are forgotten. */
    private static final int MOST = 2_000;

    private final Map<String, HashChange> open = new LinkedHashMap<>();
    private final List<HashChange> made = new ArrayList<>();

    synchronized void add(HashChange change) {
        open.remove(change.name());
        open.put(change.name(), change);
        if (open.size() > MOST) {
            open.remove(open.keySet().iterator().next());
        }
    }

    synchronized boolean isEmpty() {
        return open.isEmpty();
    }

    /**
     * Takes note of what a field holds.
     *
     * @param value null when it is not there
     */
    synchronized void saw(String name, byte @Nullable [] value) {
        HashChange change = open.remove(name);
        if (change != null && Arrays.equals(change.after(), value)) {
            made.add(change);
        }
    }

    /** The deletions among them. */
    synchronized List<HashChange> deletions() {
        return open.values().stream().filter(change -> change.after() == null).toList();
    }

    /** All fields were read since these deletions were taken, and those that are still open here were not met. */
    synchronized void notMet(List<HashChange> deletions) {
        for (HashChange deletion : deletions) {
            if (open.get(deletion.name()) == deletion) {
                saw(deletion.name(), null);
            }
        }
    }

    /** The field was changed anew: what it holds now says nothing of this change. */
    synchronized void forget(String name) {
        open.remove(name);
    }

    /** The changes that turned out to have been made; each is given once. */
    synchronized List<HashChange> takeMade() {
        List<HashChange> taken = List.copyOf(made);
        made.clear();
        return taken;
    }
}
