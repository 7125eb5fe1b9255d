package io.github.ctigateway.examples.benchmarks.esl;

import com.sun.management.ThreadMXBean;
import io.github.ctigateway.esl.EslEventFormat;
import io.github.ctigateway.examples.benchmarks.Promises;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Events a second, and what they cost in memory. */
final class EventBench {
    private static final int CYCLE = 1_000;
    private static final int RUNS = 5;

    private final Promises promises;

    EventBench(Promises promises) {
        this.promises = promises;
    }

    void measure() throws Exception {
        PreparedEvents plain = PreparedEvents.plain(CYCLE);
        int rounds = promises.scaled(300);
        double drain = 0;
        Result ours = new Result(0, 0, 0, 0);
        // In turns, so that a disturbance of the machine meets both; the better of each counts.
        for (int i = 0; i < RUNS; i++) {
            drain = Math.max(drain, Drain.eventsPerSecond(plain, rounds));
            ours = ours.better(run(new OurEvents(EslEventFormat.PLAIN), plain, rounds));
        }
        int fewer = promises.scaled(100);
        double peer = Math.max(
                run(new ThingscloudEvents(false), plain, fewer).rate(),
                Math.max(
                        run(new ThingscloudEvents(true), plain, fewer).rate(),
                        run(new ClassicEvents(), plain, fewer).rate()));
        promises.info("plain-5kB-events-per-second", ours.rate());
        promises.info("plain-5kB-events-per-second-drain", drain);
        promises.info("plain-5kB-events-per-second-peer", peer);
        promises.atLeast("plain-5kB-events-vs-peer", ours.rate() / peer, 10);
        promises.atLeast("plain-5kB-events-vs-drain", ours.rate() / drain, 0.5);
        promises.atMost("plain-5kB-events-lost-or-out-of-order", (double) ours.disorder(), 0);
        promises.atMost("allocation-vs-content", ours.allocated() / (double) plain.bodyBytes(), 1.5);

        PreparedEvents json = PreparedEvents.json(CYCLE);
        Result gateway = new Result(0, 0, 0, 0);
        for (int i = 0; i < RUNS; i++) {
            gateway = gateway.better(run(new OurEvents(EslEventFormat.JSON), json, promises.scaled(1_000)));
        }
        promises.atLeast("json-600B-events-per-second", gateway.rate(), 300_000);
        promises.atMost("json-600B-events-lost-or-out-of-order", (double) gateway.disorder(), 0);
    }

    /**
     * @param allocated bytes for each event, by all threads but the server's
     * @param disorder events that did not come, or not in their turn
     */
    private record Result(double rate, double allocated, long disorder, int runs) {
        Result better(Result other) {
            Result faster = other.rate > rate ? other : this;
            return new Result(faster.rate, faster.allocated, disorder + other.disorder, runs + 1);
        }
    }

    private Result run(EventClient client, PreparedEvents events, int rounds) throws Exception {
        long count = (long) events.count() * rounds;
        EventCounter counter = new EventCounter(count, events.count());
        try (BlastServer server = new BlastServer(events.bytes(), rounds);
                EventClient.Connected connected = client.receive(server.port(), counter)) {
            long before = allocated();
            long start = System.nanoTime();
            server.blast();
            counter.awaitAll();
            double rate = Rate.perSecond(counter.received(), start);
            double perEvent = (allocated() - before) / (double) count;
            if (connected == null) {
                throw new IOException("no connection");
            }
            promises.info(client.name() + "-" + events.bodyBytes() + "B-events-per-second", rate);
            promises.info(client.name() + "-" + events.bodyBytes() + "B-out-of-order", (double) counter.outOfOrder());
            return new Result(rate, perEvent, counter.missing() + counter.outOfOrder(), 1);
        }
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long total = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            total += Math.max(0, bytes);
        }
        return total;
    }
}
