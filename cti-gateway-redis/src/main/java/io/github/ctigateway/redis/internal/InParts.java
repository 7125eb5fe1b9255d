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
 * Work in parts that need each other in no way: the calling thread does them, helped by the common pool where it has time, and takes each
 * result in the order of the parts as soon as it is there. Only the caller ever waits, so that no thread of the pool is held up.
 */
final class InParts<T> {
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
     * Does all parts; what one of them throws is thrown here.
     *
     * @param work does the part of this number; must be thread-safe
     * @param taker takes the results, on the calling thread
     */
    static <T> void forEach(int parts, IntFunction<T> work, Consumer<T> taker) {
        new InParts<>(parts, work).run(taker);
    }

    private void run(Consumer<T> taker) {
        int helpers = Math.min(Math.min(MOST_HELPERS, ForkJoinPool.getCommonPoolParallelism()), results.size() - 1);
        for (int i = 0; i < helpers; i++) {
            ForkJoinPool.commonPool().execute(this::help);
        }
        try {
            for (CompletableFuture<T> result : results) {
                while (!result.isDone() && one()) {
                    // One part nearer to this one
                }
                taker.accept(result.join());
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } finally {
            // Helpers that have not begun yet find nothing to do.
            next.set(results.size());
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
