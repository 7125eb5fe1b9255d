package io.github.ctigateway.control;

import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Collects the events that an apply waits for. Thread-safe: the switch tells, the applying thread asks and waits. */
final class ApplyWatch implements SwitchListener {
    /** How often the switch is asked while events are awaited: a lost event costs this much, not the apply. */
    static final Duration ASK_EVERY = Duration.ofSeconds(1);

    private final String profile;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Integer> deletions = new HashMap<>();
    private final Map<String, GatewayEvent.StateChanged> states = new HashMap<>();
    private boolean told;
    private boolean disconnected;

    ApplyWatch(String profile) {
        this.profile = profile;
    }

    @Override
    public void onEvent(GatewayEvent event) {
        lock.lock();
        try {
            if (event instanceof GatewayEvent.Deleted gone && gone.profile().equals(profile)) {
                deletions.merge(gone.gateway(), 1, Integer::sum);
            } else if (event instanceof GatewayEvent.StateChanged changed) {
                states.merge(changed.gateway(), changed, ApplyWatch::later);
            }
            told = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The answer of the registrar stands on one event only, and the events after it must not hide it. */
    private static GatewayEvent.StateChanged later(GatewayEvent.StateChanged before, GatewayEvent.StateChanged after) {
        boolean hidesReason = before.state().isFailure()
                && before.sipReason() != null
                && after.sipReason() == null
                && after.state() != RegistrationState.REGED;
        return hidesReason ? before : after;
    }

    @Override
    public void onGap(String reason) {
        lock.lock();
        try {
            told = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onDisconnected() {
        lock.lock();
        try {
            disconnected = true;
            told = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything: what follows is about the gateways that are killed next. */
    void forget() {
        lock.lock();
        try {
            deletions.clear();
            states.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all states: what follows is about the gateways that are started next. */
    void forgetStates() {
        lock.lock();
        try {
            states.clear();
        } finally {
            lock.unlock();
        }
    }

    /** How many gateways of this name were deleted. */
    int deletions(String gateway) {
        lock.lock();
        try {
            return deletions.getOrDefault(gateway, 0);
        } finally {
            lock.unlock();
        }
    }

    Optional<GatewayEvent.StateChanged> state(String gateway) {
        lock.lock();
        try {
            return Optional.ofNullable(states.get(gateway));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until anything was told since the last call, or the time is over.
     *
     * @throws SwitchUnavailableException when the connection was lost since {@link #reconnected}, even if it is back: what is waited for may
     *     have happened unseen, or the switch has started anew and will never do it
     */
    void await(Duration atMost) throws InterruptedException {
        pause(atMost);
        lock.lock();
        try {
            if (disconnected) {
                throw new SwitchUnavailableException("the connection was lost", false, null);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The truth was read over a new connection. */
    void reconnected() {
        lock.lock();
        try {
            disconnected = false;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #await}, whether there is a connection or not. */
    void pause(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (!told && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
            told = false;
        } finally {
            lock.unlock();
        }
    }
}
