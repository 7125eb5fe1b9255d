package io.github.ctigateway.examples.benchmarks.esl;

import io.github.ctigateway.examples.benchmarks.Promises;
import java.io.IOException;
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
    private static final int ROUNDS = 15;

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

        long wrong = ours.wrong() + fromManyThreads();
        promises.atMost("wrong-replies", (double) wrong, 0);
    }

    private record Result(double rate, long wrong) {}

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

    /**
     * In turns over connections that stay open, so that a disturbance of the machine meets all; the median of each client's rounds counts.
     *
     * @return how many replies of ours were wrong
     */
    private long fromManyThreads() throws Exception {
        int commands = promises.scaled(64_000);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Contestant ours = new Contestant(OurCommands::new);
                Contestant thingscloud = new Contestant(port -> new ThingscloudCommands(port, false));
                Contestant classic = new Contestant(ClassicCommands::new)) {
            List<Contestant> all = List.of(ours, thingscloud, classic);
            for (Contestant each : all) {
                each.warmUp(threads, 3 * commands);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Contestant each : all) {
                    each.run(threads, commands);
                }
            }
            for (Contestant each : all) {
                promises.info("64-threads-" + each.client.name(), each.median());
                promises.info("64-threads-wrong-" + each.client.name(), (double) each.wrong);
            }
            double peer = Math.max(thingscloud.median(), classic.median());
            promises.info("commands-per-second-64-threads", ours.median());
            promises.info("commands-per-second-64-threads-peer", peer);
            promises.atLeast("commands-64-threads-vs-peer", ours.median() / peer, 2);
            return ours.wrong;
        } finally {
            threads.shutdownNow();
        }
    }

    /** A client with a server of its own, and what its rounds came to. */
    private static final class Contestant implements AutoCloseable {
        final BlastServer server = new BlastServer(new byte[0], 0);
        final CommandClient client;
        final List<Double> rates = new ArrayList<>();
        long wrong;

        Contestant(Factory factory) throws Exception {
            client = factory.open(server.port());
        }

        void warmUp(ExecutorService threads, int commands) throws Exception {
            wrong += CommandBench.run(threads, client, commands);
        }

        void run(ExecutorService threads, int commands) throws Exception {
            long start = System.nanoTime();
            wrong += CommandBench.run(threads, client, commands);
            rates.add(Rate.perSecond(commands, start));
        }

        double median() {
            return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
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
