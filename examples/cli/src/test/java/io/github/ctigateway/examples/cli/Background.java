package io.github.ctigateway.examples.cli;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that runs until it is told to end. */
final class Background {
    private final FutureTask<Cli.Run> run;
    private final Thread thread;

    private Background(FutureTask<Cli.Run> run) {
        this.run = run;
        this.thread = new Thread(run, "command");
        thread.setDaemon(true);
        thread.start();
    }

    static Background start(Cli cli, String... args) {
        return new Background(new FutureTask<>(() -> cli.run(args)));
    }

    /** Ends it as Ctrl-C would, but for the process. */
    Cli.Run end() throws ExecutionException, InterruptedException, TimeoutException {
        thread.interrupt();
        return result();
    }

    /** How it ended, by itself. */
    Cli.Run result() throws ExecutionException, InterruptedException, TimeoutException {
        return run.get(60, TimeUnit.SECONDS);
    }
}
