package io.github.ctigateway.xml.internal;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs each exchange of an HTTP server on a thread, and interrupts it when it takes too long. The JDK's server reads and writes through
 * interruptible channels, so that closes the connection of a client that sends or reads too slowly, which it has no limit for itself.
 */
public final class DeadlineExecutor implements Executor, AutoCloseable {
    private static final int THREADS = 32;
    private static final int WAITING = 1_000;

    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor timer;
    private final Duration deadline;

    public DeadlineExecutor(String name, Duration deadline) {
        this.deadline = deadline;
        this.workers = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> daemon(task, name));
        workers.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name + "-deadlines"));
        timer.setRemoveOnCancelPolicy(true);
        // An exchange that begins while we close needs no deadline: closing interrupts it.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable exchange) {
        workers.execute(() -> {
            Alarm alarm = new Alarm(Thread.currentThread());
            ScheduledFuture<?> set = timer.schedule(alarm::ring, deadline.toNanos(), TimeUnit.NANOSECONDS);
            try {
                exchange.run();
            } finally {
                set.cancel(false);
                alarm.disarm();
            }
        });
    }

    /** Interrupts what runs, and takes no more. */
    @Override
    public void close() {
        workers.shutdownNow();
        timer.shutdownNow();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Interrupts a thread, but never after that thread has gone on to something else. */
    private static final class Alarm {
        private @Nullable Thread thread;

        Alarm(Thread thread) {
            this.thread = thread;
        }

        synchronized void ring() {
            if (thread != null) {
                thread.interrupt();
            }
        }

        synchronized void disarm() {
            thread = null;
            Thread.interrupted();
        }
    }
}
