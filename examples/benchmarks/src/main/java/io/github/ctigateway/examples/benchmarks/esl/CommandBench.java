package io.github.ctigateway.examples.benchmarks.esl;

import io.github.ctigateway.examples.benchmarks.Promises;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Commands a second, from one thread and from many. */
final class CommandBench {
    private static final int THREADS = 64;
    private static final int RUNS = 3;

    private final Promises promises;

    CommandBench(Promises promises) {
        this.promises = promises;
    }

    private interface Factory {
        CommandClient open(int port) throws Exception;
    }

    void measure() throws Exception {
        int commands = promises.scaled(300_000);
        int fewer = promises.scaled(100_000);
        Result ours = fromOneThread(OurCommands::new, commands);
        double peer = Math.max(
                fromOneThread(port -> new ThingscloudCommands(port, false), fewer)
                        .rate(),
                Math.max(
                        fromOneThread(port -> new ThingscloudCommands(port, true), fewer)
                                .rate(),
                        fromOneThread(ClassicCommands::new, fewer).rate()));
        promises.info("pipelined-commands-per-second", ours.rate());
        promises.info("pipelined-commands-per-second-peer", peer);
        promises.atLeast("pipelined-commands-vs-peer", ours.rate() / peer, 5);

        Result many = new Result(0, 0);
        double peerMany = 0;
        // In turns, so that a disturbance of the machine meets both; the best of each counts.
        for (int i = 0; i < RUNS; i++) {
            many = many.better(fromManyThreads(OurCommands::new, commands));
            peerMany = Math.max(
                    peerMany,
                    fromManyThreads(port -> new ThingscloudCommands(port, false), fewer)
                            .rate());
        }
        peerMany =
                Math.max(peerMany, fromManyThreads(ClassicCommands::new, fewer).rate());
        promises.info("commands-per-second-64-threads", many.rate());
        promises.info("commands-per-second-64-threads-peer", peerMany);
        promises.atLeast("commands-64-threads-vs-peer", many.rate() / peerMany, 2);
        promises.atMost("wrong-replies", (double) (ours.wrong() + many.wrong()), 0);
    }

    private record Result(double rate, long wrong) {
        Result better(Result other) {
            return new Result(Math.max(rate, other.rate), wrong + other.wrong);
        }
    }

    /** The second of two runs counts: the first is for the compiler. */
    private Result fromOneThread(Factory factory, int commands) throws Exception {
        try (BlastServer server = new BlastServer(new byte[0], 0);
                CommandClient client = factory.open(server.port())) {
            long wrong = client.echoAll(commands / 2);
            long start = System.nanoTime();
            wrong += client.echoAll(commands);
            Result result = new Result(Rate.perSecond(commands, start), wrong);
            promises.info("one-thread-" + client.name(), result.rate());
            return result;
        }
    }

    private Result fromManyThreads(Factory factory, int commands) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (BlastServer server = new BlastServer(new byte[0], 0);
                CommandClient client = factory.open(server.port())) {
            long wrong = run(threads, client, commands / 2);
            long start = System.nanoTime();
            wrong += run(threads, client, commands);
            Result result = new Result(Rate.perSecond(commands, start), wrong);
            promises.info("64-threads-" + client.name(), result.rate());
            promises.info("64-threads-wrong-" + client.name(), (double) wrong);
            return result;
        } finally {
            threads.shutdownNow();
        }
    }

    private static long run(ExecutorService threads, CommandClient client, int commands) throws Exception {
        AtomicLong wrong = new AtomicLong();
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            work.add(() -> {
                for (int i = 0; i < commands / THREADS; i++) {
                    String text = thread + "-" + i;
                    if (!client.echo(text).equals(text)) {
                        wrong.incrementAndGet();
                    }
                }
                return true;
            });
        }
        for (Future<Boolean> done : threads.invokeAll(work)) {
            done.get();
        }
        return wrong.get();
    }
}
