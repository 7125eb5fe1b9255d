package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslProtocolException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The background jobs whose result is awaited, by Job-UUID. Thread-safe. */
final class Jobs {
    private final Map<String, JobCommand> running = new ConcurrentHashMap<>();

    /** Before the command is written. It is forgotten when it ends, however that comes about. */
    void register(JobCommand job) {
        running.put(job.id(), job);
        // Nothing of the user's is chained here, and the map never blocks.
        CompletableFuture<?> unused = job.future().whenComplete((result, failure) -> running.remove(job.id()));
    }

    /** Whether this was the result of one of ours. */
    boolean complete(EslEvent event) {
        String id = event.header("Job-UUID");
        JobCommand job = id == null ? null : running.remove(id);
        if (job == null) {
            return false;
        }
        try {
            job.onResult(event);
        } catch (EslProtocolException e) {
            // It is in no queue any more, and must end all the same.
            job.fail(e);
        }
        return true;
    }

    /**
     * Ends those whose time is over.
     *
     * @return the earliest deadline of the others
     */
    long expire(long now, long earliest) {
        long next = earliest;
        for (JobCommand job : running.values()) {
            if (job.deadline() - now <= 0) {
                job.expire(true);
            } else if (job.deadline() - next < 0) {
                next = job.deadline();
            }
        }
        return next;
    }

    /** The connection is gone, and with it every result. */
    void failAll(EslException unknown) {
        running.values().forEach(job -> job.fail(unknown));
    }
}
