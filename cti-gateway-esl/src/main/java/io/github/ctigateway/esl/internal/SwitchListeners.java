package io.github.ctigateway.esl.internal;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslListener;
import io.github.ctigateway.esl.EslProtocolException;
import io.github.ctigateway.esl.EslStateChange;
import io.github.ctigateway.esl.Gap;
import io.github.ctigateway.status.GatewayEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners of a switch what the event socket brings, in their words. */
public final class SwitchListeners implements EslListener {
    private static final Logger log = LoggerFactory.getLogger(SwitchListeners.class);

    /** What the switch's events are called, for the subscription. */
    public static final List<String> SUBCLASSES = List.of(GatewayEvents.ADD, GatewayEvents.STATE, GatewayEvents.DELETE);

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /** Only the thread of the events uses it. */
    private boolean wasReady;

    /** Adds a listener. */
    public GatewaySwitch.Subscription add(SwitchListener listener) {
        Entry entry = new Entry(listener);
        entries.add(entry);
        return () -> {
            entry.close();
            entries.remove(entry);
        };
    }

    @Override
    public void onEvent(EslEvent event) {
        try {
            Optional<GatewayEvent> read = GatewayEvents.read(event);
            read.ifPresent(known -> tell(listener -> listener.onEvent(known)));
        } catch (IllegalArgumentException | EslProtocolException e) {
            log.warn("A gateway event cannot be read: {}", e.getMessage());
            tell(listener -> listener.onGap("an event could not be read"));
        }
    }

    @Override
    public void onGap(Gap gap) {
        tell(listener -> listener.onGap(gap.dropped() + " events came faster than they were taken"));
    }

    @Override
    public void onStateChange(EslStateChange change) {
        if (change.from() == EslConnectionState.READY && change.to() != EslConnectionState.CLOSED) {
            tell(SwitchListener::onDisconnected);
        }
        if (change.to() == EslConnectionState.READY) {
            if (wasReady) {
                tell(listener -> listener.onGap("the connection was down and is back"));
            }
            wasReady = true;
        }
    }

    private void tell(Consumer<SwitchListener> call) {
        for (Entry entry : entries) {
            entry.call(call);
        }
    }

    /** One listener. Its lock is not held while it runs: a callback may close its own subscription, and closing need not wait for one. */
    private static final class Entry {
        private final SwitchListener listener;
        private final ReentrantLock lock = new ReentrantLock();
        private boolean closed;

        Entry(SwitchListener listener) {
            this.listener = listener;
        }

        void close() {
            lock.lock();
            try {
                closed = true;
            } finally {
                lock.unlock();
            }
        }

        void call(Consumer<SwitchListener> call) {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            try {
                call.accept(listener);
            } catch (Throwable e) {
                // An Error too: the other listeners still have to hear.
                log.error("A listener of the switch threw", e);
            }
        }
    }
}
