package io.github.ctigateway.examples.benchmarks.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.redis.GatewayJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * How long reading and writing a gateway's document takes once the code is warm, beside Jackson's own tree of the same bytes. As in
 * {@link ValidateBench} the best round of each small batch counts; all kinds of work take turns, so that a busy machine slows none alone.
 */
final class JsonBench {
    private static final int ROUNDS = 300;
    private static final int QUICK_ROUNDS = 60;
    private static final int BATCH = 500;

    private final List<Gateway> gateways = TypicalGateways.list();
    private final List<String> texts =
            gateways.stream().map(GatewayJson::encode).toList();
    private final List<byte[]> documents =
            texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    private final List<Gateway> changed = gateways.stream()
            .map(gateway -> gateway.toBuilder().set("password", "another").build())
            .toList();
    private final ObjectMapper mapper = new ObjectMapper();

    private JsonBench() {}

    private interface Work {
        int at(int index) throws IOException;
    }

    static void measure(Promises promises) throws IOException {
        new JsonBench().measureAll(promises);
    }

    private void measureAll(Promises promises) throws IOException {
        double[] took = microseconds(
                promises.quick() ? QUICK_ROUNDS : ROUNDS,
                i -> GatewayJson.decode("a", documents.get(i)) instanceof DecodedGateway.Read read
                        ? read.gateway().parameters().size()
                        : -1,
                i -> mapper.readTree(documents.get(i)).size(),
                i -> GatewayJson.encode(gateways.get(i)).length(),
                i -> GatewayJson.encode(changed.get(i), texts.get(i)).length());
        promises.atMost("decode_us_per_gateway", took[0], 5.0);
        promises.info("read_tree_us_per_gateway", took[1]);
        promises.atMost("decode_to_read_tree", took[0] / took[1], 1.5);
        promises.atMost("encode_us_per_gateway", took[2], 5.0);
        promises.info("patch_us_per_gateway", took[3]);
    }

    private double[] microseconds(int rounds, Work... kinds) throws IOException {
        long[][] best = new long[kinds.length][documents.size() / BATCH];
        Arrays.stream(best).forEach(batches -> Arrays.fill(batches, Long.MAX_VALUE));
        long seen = 0;
        for (int round = 0; round < rounds; round++) {
            for (int batch = 0; batch < best[0].length; batch++) {
                for (int kind = 0; kind < kinds.length; kind++) {
                    long start = System.nanoTime();
                    for (int i = batch * BATCH; i < (batch + 1) * BATCH; i++) {
                        seen += kinds[kind].at(i);
                    }
                    best[kind][batch] = Math.min(best[kind][batch], System.nanoTime() - start);
                }
            }
        }
        if (seen < 0) {
            throw new IllegalStateException("a document was not readable");
        }
        return Arrays.stream(best)
                .mapToDouble(batches -> Arrays.stream(batches).sum() / 1_000.0 / documents.size())
                .toArray();
    }
}
