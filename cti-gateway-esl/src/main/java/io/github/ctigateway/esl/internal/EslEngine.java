package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslCommandRefusedException;
import io.github.ctigateway.esl.EslConnectionLostException;
import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslException;
import io.github.ctigateway.esl.EslInterruptedException;
import io.github.ctigateway.esl.EslListener;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.EslReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands behind the public client: puts the rooms together. Thread-safe. */
public final class EslEngine {
    private static final Logger log = LoggerFactory.getLogger(EslEngine.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** With many callers the reply is often there by then, which spares a thread its sleep and the reader a call to wake it. */
    private static final int YIELDS = 4;

    private final EslOptions options;
    private final EventDispatcher dispatcher;
    private final StateCell state;
    private final CommandQueue commands;
    private final Jobs jobs = new Jobs();
    private final Subscriptions subscriptions;
    private final EventInbox inbox;

    private final ReentrantLock lifecycle = new ReentrantLock();
    private final ReentrantLock firstJob = new ReentrantLock();

    // Guarded by lifecycle.
    private @Nullable ConnectionLoop loop;
    private @Nullable Thread reader;
    private boolean started;

    public EslEngine(EslOptions options) {
        this.options = options;
        this.dispatcher =
                new EventDispatcher(options.eventQueueCapacity(), "cti-gateway-esl-events-" + options.address());
        this.state = new StateCell(options.address(), dispatcher);
        this.commands = new CommandQueue(options.maxInFlight());
        this.subscriptions = new Subscriptions(options.eventFormat());
        this.inbox = new EventInbox(subscriptions, jobs, dispatcher);
    }

    public EslConnectionState state() {
        return state.get();
    }

    public void add(EslListener listener) {
        dispatcher.add(listener);
    }

    public void remove(EslListener listener) {
        dispatcher.remove(listener);
    }

    /** Returns when READY, throws when the attempt failed. */
    public void connect() {
        ConnectionLoop running;
        lifecycle.lock();
        try {
            running = loop;
            if (state.get() == EslConnectionState.CLOSED) {
                throw EslConnectionLostException.closed(false);
            }
            if (running == null || (isAtRest() && running.firstAttempt().isDone())) {
                running = new ConnectionLoop(
                        options, state, commands, jobs, subscriptions, inbox, RandomGenerator.getDefault());
                loop = running;
                startThreads(running);
            }
        } finally {
            lifecycle.unlock();
        }
        await(running.firstAttempt(), "the connection to " + options.address());
    }

    private boolean isAtRest() {
        return state.get() == EslConnectionState.IDLE || state.get() == EslConnectionState.REFUSED;
    }

    private void startThreads(ConnectionLoop running) {
        if (!started) {
            started = true;
            dispatcher.start();
        }
        Thread thread = new Thread(running, "cti-gateway-esl-reader-" + options.address());
        thread.setDaemon(true);
        reader = thread;
        thread.start();
    }

    /** Sends a command that its reply ends. */
    public <T> CompletableFuture<T> send(PendingCommand<T> command) {
        commands.submit(command);
        return command.future();
    }

    /** Sends a command that an event ends. */
    public CompletableFuture<String> send(JobCommand job) {
        // Before the subscription too, whose refusal ends it.
        jobs.register(job);
        firstJob.lock();
        try {
            Subscriptions.Addition addition = subscriptions.addJobs();
            for (String command : addition.commands()) {
                commands.submit(handled(command, addition));
            }
        } finally {
            firstJob.unlock();
        }
        commands.submit(job);
        return job.future();
    }

    /** Nobody waits for this. When it is refused no result of a job can come: those that run end, and the next job asks again. */
    private ReplyCommand<?> handled(String text, Subscriptions.Addition addition) {
        ReplyCommand<?> command = ReplyCommand.declaration(text, options.commandTimeout());
        CompletableFuture<?> unused = command.future().whenComplete((reply, failure) -> {
            if (failure instanceof EslCommandRefusedException refused) {
                addition.undo().run();
                jobs.failAll(refused);
            }
        });
        return command;
    }

    public void subscribe(Collection<String> events, Collection<String> subclasses) {
        tell(subscriptions.add(events, subclasses));
    }

    public void filter(String header, String value) {
        tell(subscriptions.addFilter(header, value));
    }

    /** A connection that is not ready yet will send them itself. */
    private void tell(Subscriptions.Addition addition) {
        List<CompletableFuture<EslReply>> replies = new ArrayList<>();
        for (String text : addition.commands()) {
            replies.add(send(ReplyCommand.declaration(text, options.commandTimeout())));
        }
        for (CompletableFuture<EslReply> reply : replies) {
            try {
                await(reply, "a subscription");
            } catch (EslCommandRefusedException e) {
                // Else every later connection would fail with it.
                addition.undo().run();
                throw e;
            } catch (EslConnectionLostException e) {
                if (!e.isRetryable()) {
                    throw e;
                }
                log.debug("event socket {}: a subscription goes out with the next connection", options.address());
            }
        }
    }

    /** Waits for a future that the reading thread completes. */
    public static <T> T await(CompletableFuture<T> future, String what) {
        return await(future, () -> what);
    }

    /** Waits for the end of a command; when interrupted, it is not sent any more if it was not yet. */
    static <T> T await(PendingCommand<T> command) {
        try {
            return await(command.future(), command::label);
        } catch (EslInterruptedException e) {
            command.future().cancel(false);
            throw e;
        }
    }

    private static <T> T await(CompletableFuture<T> future, Supplier<String> what) {
        for (int i = 0; i < YIELDS && !future.isDone(); i++) {
            Turns.pass();
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EslInterruptedException(what.get(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EslException failure) {
                throw failure;
            }
            throw new IllegalStateException("a command failed in an unknown way", e);
        }
    }

    public void close() {
        ConnectionLoop running;
        Thread thread;
        lifecycle.lock();
        try {
            if (!state.to(EslConnectionState.CLOSED, null)) {
                return;
            }
            running = loop;
            thread = reader;
        } finally {
            lifecycle.unlock();
        }
        commands.shutDown();
        jobs.failAll(EslConnectionLostException.closed(true));
        if (running != null && thread != null) {
            running.close();
            join(thread);
        }
        dispatcher.close(CLOSE_TIMEOUT.toNanos());
    }

    private static void join(Thread thread) {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, CLOSE_TIMEOUT.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
