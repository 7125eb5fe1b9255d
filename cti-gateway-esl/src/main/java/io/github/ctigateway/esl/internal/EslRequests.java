package io.github.ctigateway.esl.internal;

import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.EslReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes commands of texts. The blocking forms need no executor, as nothing can be chained to their futures. */
public final class EslRequests {
    private final EslEngine engine;
    private final Executor executor;

    public EslRequests(EslEngine engine, EslOptions options) {
        this.engine = engine;
        this.executor = options.callbackExecutor();
    }

    public String api(String command, Duration timeout) {
        ReplyCommand<String> pending = apiCommand(command, timeout, null);
        CompletableFuture<?> unused = engine.send(pending);
        return EslEngine.await(pending);
    }

    public CompletableFuture<String> apiAsync(String command, Duration timeout) {
        return engine.send(apiCommand(command, timeout, executor));
    }

    public String bgapi(String command, Duration timeout) {
        JobCommand job = JobCommand.of(CommandText.check(command), timeout, null);
        CompletableFuture<?> unused = engine.send(job);
        return EslEngine.await(job);
    }

    public CompletableFuture<String> bgapiAsync(String command, Duration timeout) {
        return engine.send(JobCommand.of(CommandText.check(command), timeout, executor));
    }

    public EslReply command(String command, Duration timeout) {
        ReplyCommand<EslReply> pending = rawCommand(command, timeout, null);
        CompletableFuture<?> unused = engine.send(pending);
        return EslEngine.await(pending);
    }

    public CompletableFuture<EslReply> commandAsync(String command, Duration timeout) {
        return engine.send(rawCommand(command, timeout, executor));
    }

    private static ReplyCommand<String> apiCommand(String command, Duration timeout, @Nullable Executor executor) {
        String text = "api " + CommandText.check(command);
        return new ReplyCommand<>(text, CommandText.encode(text), timeout, executor, ReplyCommand.BODY);
    }

    private static ReplyCommand<EslReply> rawCommand(String command, Duration timeout, @Nullable Executor executor) {
        String text = CommandText.checkRaw(command);
        return new ReplyCommand<>(text, CommandText.encode(text), timeout, executor, ReplyCommand.REPLY);
    }
}
