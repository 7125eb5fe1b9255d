package io.github.ctigateway.examples.benchmarks.esl;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.examples.benchmarks.Promises;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a client costs that has nothing to do. */
final class IdleBench {
    private static final String OURS = "cti-gateway-esl";

    private final Promises promises;

    IdleBench(Promises promises) {
        this.promises = promises;
    }

    void measure() throws Exception {
        try (BlastServer server = new BlastServer(new byte[0], 0);
                EslClient client = EslClient.open(EslOptions.of("127.0.0.1", server.port(), "x"))) {
            client.api("echo 1");
            Map<Long, Long> before = cpu();
            new CountDownLatch(1).await(promises.quick() ? 1 : 5, TimeUnit.SECONDS);
            Map<Long, Long> after = cpu();
            long nanos = 0;
            for (Map.Entry<Long, Long> thread : after.entrySet()) {
                nanos += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
            }
            promises.atMost("idle-threads", after.size(), 2);
            promises.atMost("idle-cpu-ms-per-second", nanos / 1e6 / (promises.quick() ? 1 : 5), 1);
        }
    }

    /** CPU time by thread, of our threads. */
    private static Map<Long, Long> cpu() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        Map<Long, Long> times = new HashMap<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(OURS)) {
                times.put(thread.getId(), bean.getThreadCpuTime(thread.getId()));
            }
        }
        return times;
    }
}
