package io.github.ctigateway.status;

import io.github.ctigateway.status.StatusTransition.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the many changes of statuses the few that somebody should be told of: that a gateway registered, was lost, fails, recovered.
 * Each is told once, and only after it has held for the hold-down time, so that a gateway that comes and goes within it causes no alert;
 * how often it did so says {@link GatewayStatus#flaps}.
 *
 * <pre>
 *                  good: REGISTERED                  bad: LOST
 *   (nothing told) ────────────────→ (told good) ──────────────→ (told bad)
 *         │                              ↑                          │  ↑
 *         │                              └──── good: RECOVERED ─────┘  │
 *         └───────────────────── bad: FAILING ─────────────────────────┘
 * </pre>
 *
 * <p>Good is REGED, and for a gateway that does not register NOREG, while its ping status is not DOWN; the first time such a one is good
 * is not told. Bad is any state after a failure, and being un-registered. Refreshing a registration is neither. A gateway that is gone
 * for the hold-down time is forgotten; one that is replaced within it, or comes back after a restart of FreeSWITCH, is still the same.
 *
 * <p>Give it to a {@link StatusTracker} as its listener. Thread-safe; its own listener is called under no lock, one call at a time, in
 * the order of the transitions, on the timer's thread or, without a hold-down, on the one that brings the change.
 */
public final class StatusAlerts implements Consumer<StatusChange>, AutoCloseable {
    private final Duration holdDown;
    private final Consumer<StatusTransition> listener;
    private final ScheduledExecutorService timer;
    private final boolean ownTimer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deliveries deliveries = new Deliveries();
    private final Map<Key, Watched> gateways = new HashMap<>();
    private boolean closed;

    private record Key(String node, String gateway) {}

    /** What a gateway may be told to be. */
    private enum Condition {
        GOOD,
        BAD,
        GONE
    }

    private static final class Watched {
        @Nullable
        Condition told;

        /** What it is and was not told to be; null when there is nothing to tell. */
        @Nullable
        Condition pending;

        @Nullable
        Future<?> timer;

        /** Grows with each pending condition, so that a late timer knows that it is late. */
        long turn;

        /** The last that is known of it. */
        @Nullable
        GatewayStatus status;

        void forgetPending() {
            pending = null;
            turn++;
            if (timer != null) {
                timer.cancel(false);
                timer = null;
            }
        }
    }

    private StatusAlerts(
            Duration holdDown, Consumer<StatusTransition> listener, ScheduledExecutorService timer, boolean ownTimer) {
        if (holdDown.isNegative()) {
            throw new IllegalArgumentException("holdDown cannot be negative: " + holdDown);
        }
        this.holdDown = holdDown;
        this.listener = Objects.requireNonNull(listener, "listener cannot be null");
        this.timer = Objects.requireNonNull(timer, "timer cannot be null");
        this.ownTimer = ownTimer;
    }

    /**
     * Alerts with a timer of their own, one daemon thread that begins with the first transition that is held down and ends with
     * {@link #close}.
     *
     * @param holdDown how long a condition must last before it is told; zero tells it at once
     */
    public static StatusAlerts create(Duration holdDown, Consumer<StatusTransition> listener) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "cti-gateway-alerts");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return new StatusAlerts(holdDown, listener, timer, true);
    }

    /** Alerts with the caller's timer, which stays the caller's to shut down. */
    public static StatusAlerts create(
            Duration holdDown, ScheduledExecutorService timer, Consumer<StatusTransition> listener) {
        return new StatusAlerts(holdDown, listener, timer, false);
    }

    /** Takes in a change. */
    @Override
    public void accept(StatusChange change) {
        lock.lock();
        try {
            if (!closed) {
                Key key = new Key(change.node(), change.gateway());
                consider(key, gateways.computeIfAbsent(key, fresh -> new Watched()), change.after());
            }
        } finally {
            lock.unlock();
        }
        deliveries.deliver();
    }

    private void consider(Key key, Watched watched, @Nullable GatewayStatus after) {
        Condition condition = Condition.GONE;
        if (after != null) {
            watched.status = after;
            Verdict verdict = Verdict.of(after);
            if (verdict == Verdict.OPEN) {
                if (watched.pending == Condition.GONE) {
                    watched.forgetPending();
                }
                return;
            }
            condition = verdict == Verdict.GOOD ? Condition.GOOD : Condition.BAD;
        }
        if (condition == watched.told) {
            watched.forgetPending();
        } else if (condition != watched.pending) {
            watched.forgetPending();
            watched.pending = condition;
            hold(key, watched);
        }
    }

    private void hold(Key key, Watched watched) {
        if (holdDown.isZero()) {
            tell(key, watched);
            return;
        }
        long turn = watched.turn;
        watched.timer = timer.schedule(() -> due(key, watched, turn), holdDown.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void due(Key key, Watched watched, long turn) {
        lock.lock();
        try {
            if (watched.turn == turn) {
                tell(key, watched);
            }
        } finally {
            lock.unlock();
        }
        deliveries.deliver();
    }

    private void tell(Key key, Watched watched) {
        Condition before = watched.told;
        Condition now = watched.pending;
        GatewayStatus status = watched.status;
        watched.told = now;
        watched.forgetPending();
        if (now == Condition.GONE) {
            gateways.remove(key);
        } else if (status != null && now == Condition.BAD) {
            tell(before == null ? Kind.FAILING : Kind.LOST, status);
        } else if (status != null && before != null) {
            tell(Kind.RECOVERED, status);
        } else if (status != null && status.state() != RegistrationState.NOREG) {
            tell(Kind.REGISTERED, status);
        }
    }

    private void tell(Kind kind, GatewayStatus status) {
        StatusTransition transition = new StatusTransition(kind, status);
        deliveries.add(() -> listener.accept(transition));
    }

    /** Tells nothing more, what is held down included. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            gateways.values().forEach(Watched::forgetPending);
            gateways.clear();
        } finally {
            lock.unlock();
        }
        if (ownTimer) {
            timer.shutdown();
        }
    }
}
