package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sorts events: results of our own background jobs end these, everything else goes to the listeners. For the reading thread only. */
final class EventInbox implements Connection.EventRouter {
    private static final byte[] JOB_EVENT = Subscriptions.JOB_EVENT.getBytes(StandardCharsets.US_ASCII);

    /** FreeSWITCH writes Event-Name among the first two headers. */
    private static final int NAME_WITHIN = 256;

    /** A login is short; whatever is more than this must not fill the memory. */
    private static final int MOST_HELD = 10_000;

    private final Subscriptions subscriptions;
    private final Jobs jobs;
    private final EventDispatcher dispatcher;
    private final List<EslEvent> batch = new ArrayList<>();
    private boolean holding;

    EventInbox(Subscriptions subscriptions, Jobs jobs, EventDispatcher dispatcher) {
        this.subscriptions = subscriptions;
        this.jobs = jobs;
        this.dispatcher = dispatcher;
    }

    @Override
    public void route(EslEvent event, byte[] bytes) {
        if (!Ascii.contains(JOB_EVENT, bytes, NAME_WITHIN) || !isOurOwnAffair(event)) {
            batch.add(event);
        }
    }

    private boolean isOurOwnAffair(EslEvent event) {
        try {
            if (!event.name().equals(Subscriptions.JOB_EVENT)) {
                return false;
            }
            boolean ours = jobs.complete(event);
            // Without the listeners' wish they get neither ours nor the late and foreign ones.
            return ours || !subscriptions.wantsJobEvents();
        } catch (EslProtocolException e) {
            return false;
        }
    }

    /**
     * From now on events wait until {@link #release()}: a listener that answers one with a command would find a client that is not ready.
     */
    void hold() {
        holding = true;
        batch.clear();
    }

    /** Events go to the listeners. */
    void release() {
        holding = false;
        deliver();
    }

    @Override
    public void deliver() {
        if (!batch.isEmpty() && (!holding || batch.size() >= MOST_HELD)) {
            dispatcher.offer(batch);
            batch.clear();
        }
    }
}
