package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslConnectionLostException;
import io.github.ctigateway.esl.EslOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that the other side is dead though the connection stands: a stopped FreeSWITCH goes on accepting and acknowledging. An idle
 * connection is asked for a sign of life; a busy one must answer the command that blocks the others. For the reading thread only.
 */
final class Vitals {
    private static final long FAR = Long.MAX_VALUE / 4;
    private static final byte[] PING = CommandText.encode("api echo cti-gateway");

    private static final long LOOK_AGAIN = 20_000_000;

    private final CommandQueue commands;
    private final Duration timeout;
    private final long intervalNanos;
    private final long timeoutNanos;
    private final Duration stall;
    private long heard = System.nanoTime();
    private long looked = heard - LOOK_AGAIN;
    private @Nullable PendingCommand<String> ping;
    private long pinged;

    Vitals(EslOptions options, CommandQueue commands) {
        this.commands = commands;
        this.timeout = options.pingTimeout();
        this.intervalNanos = options.pingInterval().toNanos();
        this.timeoutNanos = timeout.toNanos();
        this.stall = options.stallTimeout();
    }

    /** Bytes came. */
    void heard() {
        heard = System.nanoTime();
    }

    /**
     * Asks for a sign of life when it is time.
     *
     * @return when to call again
     * @throws EslConnectionLostException when none came
     */
    long check(long now) {
        return Math.min(checkStall(now) - now, checkPing(now) - now) + now;
    }

    private long checkStall(long now) {
        if (now - looked < LOOK_AGAIN) {
            // Not after every read: it takes the lock that the callers need.
            return looked + LOOK_AGAIN;
        }
        looked = now;
        Long since = commands.stalledSince(now);
        if (since == null) {
            return now + FAR;
        }
        long due = since + stall.toNanos();
        if (due - now <= 0) {
            throw EslConnectionLostException.lost(
                    "FreeSWITCH still owes a reply, " + stall.toMillis() + " ms after its deadline", false, null);
        }
        return due;
    }

    private long checkPing(long now) {
        if (intervalNanos == 0) {
            return now + FAR;
        }
        if (ping != null && ping.future().isDone()) {
            ping = null;
        }
        if (ping != null) {
            long last = heard - pinged > 0 ? heard : pinged;
            if (now - last >= timeoutNanos) {
                throw EslConnectionLostException.lost(
                        "FreeSWITCH gave no sign of life for " + timeout.toMillis() + " ms", false, null);
            }
            return last + timeoutNanos;
        }
        if (now - heard < intervalNanos) {
            return heard + intervalNanos;
        }
        if (commands.isIdle()) {
            pinged = now;
            // Any answer will do, a refusal too. Its own deadline comes after ours: until then it is not "done".
            ping = new ReplyCommand<>("api echo", PING, timeout.multipliedBy(2), null, ReplyCommand.BODY);
            commands.submit(ping);
        }
        return now + timeoutNanos;
    }
}
