package io.github.ctigateway.examples.benchmarks.model;

import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.model.EffectiveGateway;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.ProfileFacts;
import io.github.ctigateway.validation.GatewayValidator;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How long judging a gateway takes once the code is warm. The gateways are judged in small batches, and the best round of each batch
 * counts: a batch is over before a busy machine takes the processor away.
 */
final class ValidateBench {
    private static final int ROUNDS = 300;
    private static final int QUICK_ROUNDS = 60;
    private static final int BATCH = 500;

    private ValidateBench() {}

    static void measure(Promises promises) {
        List<Gateway> gateways = TypicalGateways.list();
        GatewayValidator validator = GatewayValidator.create();
        ProfileFacts external = ProfileFacts.external();
        int rounds = promises.quick() ? QUICK_ROUNDS : ROUNDS;
        promises.atMost(
                "validate_us_per_gateway",
                microseconds(
                        rounds,
                        gateways,
                        gateway -> validator.validate(gateway).violations().size()),
                5.0);
        promises.info(
                "effective_us_per_gateway",
                microseconds(
                        rounds,
                        gateways,
                        gateway ->
                                EffectiveGateway.of(gateway, external).values().size()));
    }

    private static double microseconds(int rounds, List<Gateway> gateways, ToIntFunction<Gateway> work) {
        long[] best = new long[gateways.size() / BATCH];
        Arrays.fill(best, Long.MAX_VALUE);
        long seen = 0;
        for (int round = 0; round < rounds; round++) {
            for (int batch = 0; batch < best.length; batch++) {
                long start = System.nanoTime();
                for (Gateway gateway : gateways.subList(batch * BATCH, (batch + 1) * BATCH)) {
                    seen += work.applyAsInt(gateway);
                }
                best[batch] = Math.min(best[batch], System.nanoTime() - start);
            }
        }
        if (seen < 0) {
            throw new IllegalStateException("cannot happen; it keeps the work from being optimised away");
        }
        return Arrays.stream(best).sum() / 1_000.0 / gateways.size();
    }
}
