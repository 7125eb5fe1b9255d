package io.github.ctigateway.examples.benchmarks.controller;

import io.github.ctigateway.control.GatewayStamp;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanPolicy;
import io.github.ctigateway.control.Planner;
import io.github.ctigateway.control.PlannerInput;
import io.github.ctigateway.control.SwitchIdentity;
import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.store.StoreSnapshot;
import io.github.ctigateway.store.StoredGateway;
import io.github.ctigateway.validation.GatewayValidator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Planning 10,000 stored gateways against 10,000 live ones, as the event socket shows these. */
final class PlanBench {
    private static final int COUNT = 10_000;
    private static final double BOUND_MS = 50;

    private final Promises promises;

    PlanBench(Promises promises) {
        this.promises = promises;
    }

    void measure() throws Exception {
        try (Bench bench = new Bench(Publishing.XML_CURL, Duration.ofMillis(100))) {
            bench.fill(COUNT, false);
            SwitchIdentity identity = bench.node.identity();
            List<LiveGateway> live = bench.node.live();
            Map<String, String> stamps =
                    bench.node.variables(bench.store.snapshot().gateways().keySet(), GatewayValidator.STAMP_VARIABLE);
            GatewayStamp stamp = GatewayStamp.under(bench.store.stampSecret());
            Map<String, Gateway> published = bench.store.snapshot().gateways().values().stream()
                    .collect(Collectors.toMap(
                            stored -> stored.gateway().name(), stored -> stamp.stamped(stored.gateway())));
            Planner planner = new Planner(stamp, GatewayValidator.create());
            Function<UnaryOperator<Gateway>, PlannerInput> input = edit -> new PlannerInput(
                    identity,
                    Bench.PROFILE,
                    edited(bench.store.snapshot(), edit),
                    live,
                    stamps,
                    Set.of(),
                    Map.of(),
                    Set.of(),
                    Set.of(),
                    PlanPolicy.usual(),
                    name -> Optional.ofNullable(published.get(name)));
            PlannerInput same = input.apply(gateway -> gateway);
            PlannerInput changed = input.apply(gateway ->
                    gateway.toBuilder().set(Parameters.PASSWORD, "edited").build());
            promises.atMost("plan.10000.unchanged.ms", milliseconds(planner, same, 0), BOUND_MS);
            promises.atMost("plan.10000.all-changed.ms", milliseconds(planner, changed, COUNT), BOUND_MS);
            promises.info("plan.10000.with-reading-the-switch.ms", milliseconds(bench.controller::plan, 0));
        }
    }

    private static StoreSnapshot edited(StoreSnapshot snapshot, UnaryOperator<Gateway> edit) {
        return StoreSnapshot.of(
                snapshot.gateways().values().stream()
                        .map(stored -> new StoredGateway(edit.apply(stored.gateway()), stored.revision()))
                        .toList(),
                List.of());
    }

    private double milliseconds(Planner planner, PlannerInput input, int changes) {
        return milliseconds(() -> planner.plan(input), changes);
    }

    /** What the fastest tenth of the rounds stays below, after as many to warm up: all that else runs on a machine only adds. */
    private double milliseconds(Supplier<Plan> work, int changes) {
        int rounds = promises.scaled(60);
        double[] took = new double[rounds];
        for (int round = -rounds; round < rounds; round++) {
            long start = System.nanoTime();
            Plan plan = work.get();
            double millis = (System.nanoTime() - start) / 1e6;
            if (plan.changes().size() != changes) {
                throw new IllegalStateException(plan.changes().size() + " changes, not " + changes);
            }
            took[Math.max(round, 0)] = millis;
        }
        Arrays.sort(took);
        return took[rounds / 10];
    }
}
