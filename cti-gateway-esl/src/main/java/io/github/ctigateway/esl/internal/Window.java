package io.github.ctigateway.esl.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The commands in flight, and behind them those that wait for a place, both in order. Not thread-safe: guarded by the queue's lock. */
final class Window {
    /** How many may wait for a place in flight before their callers wait themselves. */
    private static final int MAX_WAITING = 4096;

    private final int size;
    private final ArrayDeque<PendingCommand<?>> waiting = new ArrayDeque<>();
    private final ArrayDeque<PendingCommand<?>> sent = new ArrayDeque<>();

    /** @param size how many may be in flight */
    Window(int size) {
        this.size = size;
    }

    boolean hasRoom() {
        return waiting.size() < MAX_WAITING;
    }

    void add(PendingCommand<?> command) {
        waiting.add(command);
    }

    /** Sends of those that wait as many as there is room for in flight. */
    void send(Outbound target) {
        while (sent.size() < size) {
            PendingCommand<?> next = waiting.poll();
            if (next == null) {
                return;
            }
            if (!next.hasEnded() || next.mustBeSent()) {
                sent.add(next);
                target.append(next.bytes());
            }
        }
    }

    /** The longest in flight of all, which the next reply belongs to; null when none is. */
    @Nullable
    PendingCommand<?> oldest() {
        return sent.peek();
    }

    /** Takes out those that so many replies belong to; fewer when no more are in flight. */
    List<PendingCommand<?>> answered(int replies) {
        List<PendingCommand<?>> answered = new ArrayList<>(replies);
        while (answered.size() < replies && !sent.isEmpty()) {
            answered.add(sent.remove());
        }
        return answered;
    }

    /** Takes out those that waited in vain. */
    List<PendingCommand<?>> lateBeforeSent(long now) {
        List<PendingCommand<?>> late = new ArrayList<>();
        for (Iterator<PendingCommand<?>> all = waiting.iterator(); all.hasNext(); ) {
            PendingCommand<?> command = all.next();
            if (isLate(command, now) && !command.mustBeSent()) {
                all.remove();
                late.add(command);
            }
        }
        return late;
    }

    /** Those whose time is over and that keep their places: the reply of one in flight will come, and some must be sent all the same. */
    List<PendingCommand<?>> lateInTheirPlaces(long now) {
        return Stream.concat(waiting.stream(), sent.stream())
                .filter(command -> isLate(command, now) && !command.hasEnded())
                .toList();
    }

    /** The earliest deadline after now; the given time if none is earlier. */
    long nextDeadline(long now, long other) {
        long next = other;
        for (PendingCommand<?> command : waiting) {
            next = sooner(command, now, next);
        }
        for (PendingCommand<?> command : sent) {
            next = sooner(command, now, next);
        }
        return next;
    }

    private static long sooner(PendingCommand<?> command, long now, long than) {
        return !isLate(command, now) && command.deadline() - than < 0 ? command.deadline() : than;
    }

    private static boolean isLate(PendingCommand<?> command, long now) {
        return command.deadline() - now <= 0;
    }

    /** Takes out all that are in flight. */
    List<PendingCommand<?>> takeSent() {
        return takeAll(sent);
    }

    /** Takes out all that wait. */
    List<PendingCommand<?>> takeWaiting() {
        return takeAll(waiting);
    }

    private static List<PendingCommand<?>> takeAll(ArrayDeque<PendingCommand<?>> commands) {
        List<PendingCommand<?>> all = new ArrayList<>(commands);
        commands.clear();
        return all;
    }
}
