package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way to its reply. It ends once: with the reply, at its deadline, or with the connection; whatever comes later finds it
 * ended and is thrown away.
 *
 * @param <T> what its user gets
 */
abstract class PendingCommand<T> {
    private final String text;
    private final byte[] bytes;
    private final Duration timeout;
    private final long deadline;
    private final @Nullable Executor executor;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * @param text the command; messages show its first words only, as what comes later may be secret
     * @param bytes what goes over the wire
     * @param executor completes the future, so that what is chained to it never runs on the reading thread; null when nothing can be
     *     chained because a caller waits for it
     */
    PendingCommand(String text, byte[] bytes, Duration timeout, @Nullable Executor executor) {
        this.text = text;
        this.bytes = bytes;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + saturated(timeout);
        this.executor = executor;
    }

    private static long saturated(Duration timeout) {
        // Half of the range, so that the difference of two such times never overflows.
        long most = Long.MAX_VALUE / 2;
        return timeout.toSeconds() >= most / 1_000_000_000L ? most : timeout.toNanos();
    }

    final String label() {
        return CommandText.firstWords(text, 2);
    }

    final byte[] bytes() {
        return bytes;
    }

    /** In {@link System#nanoTime()}. */
    final long deadline() {
        return deadline;
    }

    final CompletableFuture<T> future() {
        return future;
    }

    /** Also when its user cancelled the future. */
    final boolean hasEnded() {
        return ended.get() || future.isDone();
    }

    /** Whether it is sent even when its time is over before its turn. */
    boolean mustBeSent() {
        return false;
    }

    /** Whether nobody can chain to its future: mostly since a caller waits for it. */
    final boolean isAwaited() {
        return executor == null;
    }

    /** The reply came. */
    abstract void onReply(Frame frame);

    /** The deadline is over. */
    final void expire(boolean sent) {
        fail(tooLate(sent));
    }

    final EslTimeoutException tooLate(boolean sent) {
        return new EslTimeoutException("reply to '" + label() + "'", timeout, sent);
    }

    final void succeed(T value) {
        if (ended.compareAndSet(false, true)) {
            if (executor == null) {
                future.complete(value);
            } else {
                complete(executor, () -> future.complete(value));
            }
        }
    }

    final void fail(EslException cause) {
        if (ended.compareAndSet(false, true)) {
            if (executor == null) {
                future.completeExceptionally(cause);
            } else {
                complete(executor, () -> future.completeExceptionally(cause));
            }
        }
    }

    private static void complete(Executor executor, Runnable completion) {
        try {
            executor.execute(completion);
        } catch (RuntimeException e) {
            // An executor that is shut down, or throws, must not leave a future open; nor may foreign code run here.
            ForkJoinPool.commonPool().execute(completion);
        }
    }
}
