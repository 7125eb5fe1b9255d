package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslStateChange;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state, its lawful changes, and their way to the listeners in order. Thread-safe. */
final class StateCell {
    private static final Logger log = LoggerFactory.getLogger(StateCell.class);

    private final String address;
    private final EventDispatcher dispatcher;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile EslConnectionState state = EslConnectionState.IDLE;

    StateCell(String address, EventDispatcher dispatcher) {
        this.address = address;
        this.dispatcher = dispatcher;
    }

    EslConnectionState get() {
        return state;
    }

    /** Goes on to this state; false when the client was closed, which is final. */
    boolean to(EslConnectionState next, @Nullable EslException cause) {
        lock.lock();
        try {
            EslConnectionState now = state;
            if (now == EslConnectionState.CLOSED) {
                return false;
            }
            if (!now.leadsTo(next)) {
                throw new IllegalStateException(now + " does not lead to " + next);
            }
            state = next;
            dispatcher.offer(new EslStateChange(now, next, cause));
            if (cause == null) {
                log.debug("event socket {}: {} -> {}", address, now, next);
            } else {
                log.info("event socket {}: {} -> {}: {}", address, now, next, cause.getMessage());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
