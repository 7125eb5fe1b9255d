package io.github.ctigateway.redis.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Work in parts that need each other in no way: threads of the common pool that have time do them one after the other, and so does the
 * thread that wants a result that is not there yet. A thread waits only for a part that another is doing just now; work that takes parts of
 * other work must not form a circle.
 */
final class InParts<T> implements AutoCloseable {
    /** More would only wait for the one thread that takes the results. */
    private static final int MOST_HELPERS = 3;

    private final IntFunction<T> work;
    private final List<CompletableFuture<T>> results;
    private final AtomicInteger next = new AtomicInteger();

    private InParts(int parts, IntFunction<T> work) {
        this.work = work;
        this.results = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            results.add(new CompletableFuture<>());
        }
    }

    /**
     * Begins.
     *
     * @param work does the part of this number; must be thread-safe
     */
    static <T> InParts<T> begin(int parts, IntFunction<T> work) {
        InParts<T> begun = new InParts<>(parts, work);
        int helpers = Math.min(Math.min(MOST_HELPERS, ForkJoinPool.getCommonPoolParallelism()), parts - 1);
        for (int i = 0; i < helpers; i++) {
            ForkJoinPool.commonPool().execute(begun::help);
        }
        return begun;
    }

    /**
     * Does all parts; what one of them throws is thrown here.
     *
     * @param work does the part of this number; must be thread-safe
     * @param taker takes the results in the order of the parts, on the calling thread
     */
    static <T> void forEach(int parts, IntFunction<T> work, Consumer<T> taker) {
        try (InParts<T> begun = begin(parts, work)) {
            for (int part = 0; part < parts; part++) {
                taker.accept(begun.take(part));
            }
        }
    }

    /** The result of a part; what the part threw is thrown here. */
    T take(int part) {
        CompletableFuture<T> result = results.get(part);
        while (!result.isDone() && one()) {
            // One part nearer to this one
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Begins no more parts, and lets nobody wait for those that were not begun. */
    @Override
    public void close() {
        for (int part = next.getAndSet(results.size()); part < results.size(); part++) {
            results.get(part).cancel(false);
        }
    }

    private void help() {
        while (one()) {
            // Until nothing is left
        }
    }

    /** Does the next part; false when none is left. */
    private boolean one() {
        int part = next.getAndIncrement();
        if (part >= results.size()) {
            return false;
        }
        try {
            results.get(part).complete(work.apply(part));
        } catch (RuntimeException | Error e) {
            results.get(part).completeExceptionally(e);
        }
        return true;
    }
}
