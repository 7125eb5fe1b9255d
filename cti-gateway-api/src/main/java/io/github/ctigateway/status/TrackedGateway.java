package io.github.ctigateway.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One gateway of a {@link NodeView}. Guarded by the tracker's lock. */
final class TrackedGateway {
    private final Duration flapWindow;
    private final Deque<Instant> losses = new ArrayDeque<>();
    private GatewayStatus status;
    private boolean wasGood;

    /** When it was last seen to run, by our clock, if nothing has been heard of it since. */
    @Nullable
    Instant seenAt;

    final Predecessors predecessors;

    TrackedGateway(GatewayStatus status, Predecessors predecessors, Duration flapWindow) {
        this.status = status;
        this.predecessors = predecessors;
        this.flapWindow = flapWindow;
        this.wasGood = Verdict.of(status) == Verdict.GOOD;
    }

    /** What was last told of it. */
    GatewayStatus status() {
        return status;
    }

    /** Takes in what is known now. */
    void become(GatewayStatus next, Instant now) {
        Verdict verdict = Verdict.of(next);
        boolean byCommand = next.state() == RegistrationState.UNREGISTER || next.state() == RegistrationState.DOWN;
        if (verdict == Verdict.BAD && wasGood && !byCommand) {
            losses.add(now);
        }
        wasGood = verdict == Verdict.GOOD || (wasGood && verdict == Verdict.OPEN);
        status = next.shown(next.state(), next.ping(), flaps(now), true);
    }

    /** How often it was lost within the window that ends now. */
    int flaps(Instant now) {
        Instant from = now.minus(flapWindow);
        losses.removeIf(loss -> loss.isBefore(from));
        return losses.size();
    }
}
