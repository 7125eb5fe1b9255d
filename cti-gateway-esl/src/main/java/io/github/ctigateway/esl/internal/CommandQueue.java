package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslConnectionLostException;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslInterruptedException;
import io.github.ctigateway.esl.EslProtocolException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives each reply to the command that it answers. Replies come in the order of the commands, so there is one queue for all kinds. At most
 * {@code maxInFlight} commands are in flight; the others wait here and go out as replies come in. A timed-out command keeps its place until its
 * late reply, which is thrown away.
 */
final class CommandQueue {
    private static final long FAR = Long.MAX_VALUE / 2;

    private final Window window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private @Nullable Outbound outbound;
    private volatile @Nullable Wire wire;
    private @Nullable Function<Boolean, EslException> closed = sent -> notConnected();
    private boolean shut;

    /** No deadline is earlier than this, in {@link System#nanoTime()}. It may be too early, never too late. */
    private volatile long earliest;

    CommandQueue(int maxInFlight) {
        this.window = new Window(maxInFlight);
        this.earliest = System.nanoTime() + FAR;
    }

    private static EslException notConnected() {
        return EslConnectionLostException.lost("There is no connection to the event socket", false, null);
    }

    /** A connection is there; commands of the handshake may be sent. */
    Outbound open(Wire newWire) {
        lock.lock();
        try {
            Outbound fresh = new Outbound(lock, newWire);
            outbound = fresh;
            wire = newWire;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /** The handshake is over; everybody's commands may be sent. */
    void ready() {
        lock.lock();
        try {
            closed = shut ? EslConnectionLostException::closed : null;
        } finally {
            lock.unlock();
        }
    }

    /** Writes this after everything else; nobody awaits its reply. */
    void appendLast(Outbound target, byte[] bytes) {
        lock.lock();
        try {
            target.append(bytes);
        } finally {
            lock.unlock();
        }
        target.flush();
    }

    /** Takes a command; it ends with its future. */
    void submit(PendingCommand<?> command) {
        submit(command, false);
    }

    /** @param handshake whether it may be sent before {@link #ready} */
    void submit(PendingCommand<?> command, boolean handshake) {
        EslException refused = null;
        Outbound target = null;
        boolean sooner = false;
        boolean write = false;
        lock.lock();
        try {
            refused = awaitRoom(command, handshake);
            target = outbound;
            if (refused == null && target != null) {
                window.add(command);
                window.send(target);
                write = target.begin();
                sooner = command.deadline() - earliest < 0;
                if (sooner) {
                    earliest = command.deadline();
                }
            }
        } finally {
            lock.unlock();
        }
        if (refused != null) {
            command.fail(refused);
        } else if (target != null && write) {
            target.write();
        }
        if (sooner) {
            wakeup();
        }
    }

    /** Null when the command may go on; else why not. */
    private @Nullable EslException awaitRoom(PendingCommand<?> command, boolean handshake) {
        while (true) {
            Function<Boolean, EslException> refusal = handshake ? null : closed;
            if (refusal != null) {
                return refusal.apply(false);
            }
            if (outbound == null) {
                return notConnected();
            }
            if (window.hasRoom()) {
                return null;
            }
            long left = command.deadline() - System.nanoTime();
            if (left <= 0) {
                return command.tooLate(false);
            }
            try {
                room.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new EslInterruptedException("a place in the queue", e);
            }
        }
    }

    /**
     * Hands out replies in order, and lets the next commands go. Called by the reading thread.
     *
     * @throws EslProtocolException when nobody asked
     */
    void onReplies(List<Frame> replies) {
        List<PendingCommand<?>> answered;
        Outbound target;
        boolean write = false;
        lock.lock();
        try {
            answered = window.answered(replies.size());
            target = outbound;
            if (target != null) {
                window.send(target);
                write = target.begin();
            }
            if (window.hasRoom()) {
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (target != null && write) {
            target.write();
        }
        // Callers that wake up now send their next command at once. One write for all of them is much cheaper than one
        // for each, so they get a turn to do it.
        boolean held = target != null && target.hold();
        try {
            handOut(answered, replies);
            if (held
                    && answered.stream()
                                    .filter(PendingCommand::isAwaited)
                                    .limit(2)
                                    .count()
                            == 2) {
                Turns.pass();
            }
        } finally {
            if (target != null && held) {
                target.release();
            }
        }
        if (answered.size() < replies.size()) {
            throw new EslProtocolException("A reply came that no command asked for");
        }
    }

    private static void handOut(List<PendingCommand<?>> answered, List<Frame> replies) {
        int done = 0;
        try {
            for (; done < answered.size(); done++) {
                answered.get(done).onReply(replies.get(done));
            }
        } finally {
            // Only after an error, such as no memory for a large reply: these are in no queue any more, and must end
            // all the same.
            for (PendingCommand<?> left : answered.subList(done, answered.size())) {
                left.fail(EslConnectionLostException.lost("The reply could not be taken", true, null));
            }
        }
    }

    /**
     * Ends the commands and jobs whose time is over. Called by the reading thread.
     *
     * @return when to call again
     */
    long expire(long now, Jobs jobs) {
        // Without the lock: this is asked after every read, and may be late by one command that is not due yet.
        long soonest = earliest;
        if (soonest - now > 0) {
            return soonest;
        }
        List<PendingCommand<?>> unwritten;
        List<PendingCommand<?>> written;
        long next;
        lock.lock();
        try {
            unwritten = window.lateBeforeSent(now);
            written = window.lateInTheirPlaces(now);
            next = window.nextDeadline(now, now + FAR);
            earliest = next;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        unwritten.forEach(command -> command.expire(false));
        written.forEach(command -> command.expire(true));
        // After the queue, which knows of the jobs that were never sent. A job that comes in between has set the
        // earliest deadline itself.
        return startsBefore(jobs.expire(now, next));
    }

    /** No deadline is earlier than this one, or than what came meanwhile. */
    private long startsBefore(long deadline) {
        lock.lock();
        try {
            if (deadline - earliest < 0) {
                earliest = deadline;
            }
            return earliest;
        } finally {
            lock.unlock();
        }
    }

    /** Since when, in {@link System#nanoTime()}, the next reply is overdue; null when it is not. */
    @Nullable
    Long stalledSince(long now) {
        lock.lock();
        try {
            PendingCommand<?> head = window.oldest();
            return head == null || head.deadline() - now > 0 ? null : (Long) head.deadline();
        } finally {
            lock.unlock();
        }
    }

    boolean isIdle() {
        lock.lock();
        try {
            return window.oldest() == null;
        } finally {
            lock.unlock();
        }
    }

    private void wakeup() {
        Wire current = wire;
        if (current != null) {
            current.wakeup();
        }
    }

    /** The client is closed for good. */
    void shutDown() {
        lock.lock();
        try {
            shut = true;
        } finally {
            lock.unlock();
        }
        close(EslConnectionLostException::closed);
    }

    /**
     * The connection is over: every command ends, and new ones are refused.
     *
     * @param reason makes the failure; told whether the command was written already
     */
    void close(Function<Boolean, EslException> reason) {
        List<PendingCommand<?>> written;
        List<PendingCommand<?>> unwritten;
        lock.lock();
        try {
            closed = shut ? EslConnectionLostException::closed : reason;
            outbound = null;
            wire = null;
            written = window.takeSent();
            unwritten = window.takeWaiting();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        written.forEach(command -> command.fail(reason.apply(true)));
        unwritten.forEach(command -> command.fail(reason.apply(false)));
    }
}
