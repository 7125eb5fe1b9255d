package io.github.ctigateway.esl.control;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets a process die before or after its n-th call of something outside. Dead, it calls nothing any more. */
final class FaultPoint {
    private final int at;
    private final boolean after;
    private volatile boolean armed;
    private final AtomicInteger calls = new AtomicInteger();

    FaultPoint(int at, boolean after) {
        this.at = at;
        this.after = after;
    }

    static FaultPoint never() {
        return new FaultPoint(Integer.MAX_VALUE, false);
    }

    /** From now on calls count. */
    void arm() {
        armed = true;
    }

    <T> T call(Supplier<T> call) {
        if (!armed) {
            return call.get();
        }
        int number = calls.incrementAndGet();
        if (number > at || (number == at && !after)) {
            throw new Death(number);
        }
        T result = call.get();
        if (number == at) {
            throw new Death(number);
        }
        return result;
    }

    /** Whether it died. */
    boolean isReached() {
        return calls.get() >= at;
    }

    /** What no code of the library catches as something that it knows. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Death(int call) {
            super("died at call " + call);
        }
    }
}
