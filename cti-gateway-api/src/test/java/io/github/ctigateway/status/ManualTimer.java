package io.github.ctigateway.status;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer that a test moves; it starts no thread. */
final class ManualTimer extends ScheduledThreadPoolExecutor {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(task -> task.due));
    private long now;

    ManualTimer() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Task task = new Task(work, now + unit.toNanos(delay));
        tasks.add(task);
        return task;
    }

    void advance(Duration time) {
        now += time.toNanos();
        while (!tasks.isEmpty() && tasks.element().due <= now) {
            tasks.remove().run();
        }
    }

    /** How many tasks are still to be run. */
    long waiting() {
        return tasks.stream().filter(task -> !task.isDone()).count();
    }

    private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        final long due;

        Task(Runnable work, long due) {
            super(work, null);
            this.due = due;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
