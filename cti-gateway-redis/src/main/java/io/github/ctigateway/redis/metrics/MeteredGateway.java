package io.github.ctigateway.redis.metrics;

import io.github.ctigateway.status.GatewayStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The gauges of one gateway; their values may be read by any thread. */
final class MeteredGateway {
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final MeterRegistry registry;
    private final String profile;
    private final List<Meter> gauges = new ArrayList<>();
    private volatile GatewayStatus status;

    MeteredGateway(MeterRegistry registry, GatewayStatus status) {
        this.registry = registry;
        this.status = status;
        this.profile = profile(status);
        Tags tags = Tags.of("node", status.node(), "profile", profile, "gateway", status.gateway());
        try {
            gauge("registered", "1 when the gateway can be used, else 0", tags, now -> now.isUsable() ? 1 : 0);
            gauge("flaps", "How often it was lost within the window", tags, GatewayStatus::flaps);
            gauge("failures", "Failed attempts to register in a row", tags, GatewayStatus::failures);
            gauge("current", "0 when news of it may be missing, else 1", tags, now -> now.current() ? 1 : 0);
            gauges.add(Gauge.builder("cti.gateway.age", this, gateway -> gateway.ageInSeconds())
                    .description("Since anything was last heard of it")
                    .baseUnit("seconds")
                    .tags(tags)
                    .register(registry));
        } catch (RuntimeException e) {
            remove();
            throw e;
        }
    }

    private void gauge(String name, String description, Tags tags, ToDoubleFunction<GatewayStatus> value) {
        gauges.add(Gauge.builder("cti.gateway." + name, this, gateway -> value.applyAsDouble(gateway.status))
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private double ageInSeconds() {
        return status.age(Instant.ofEpochMilli(registry.config().clock().wallTime()))
                        .toMillis()
                / MILLIS;
    }

    private static String profile(GatewayStatus status) {
        String known = status.profile();
        return known == null ? "unknown" : known;
    }

    /** Shows another status; false when it needs other tags. */
    boolean become(GatewayStatus next) {
        status = next;
        return profile.equals(profile(next));
    }

    /** Takes its gauges away. */
    final void remove() {
        gauges.forEach(registry::remove);
    }
}
