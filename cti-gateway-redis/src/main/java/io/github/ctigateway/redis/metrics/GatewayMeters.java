package io.github.ctigateway.redis.metrics;

import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.ReconcileRun;
import io.github.ctigateway.status.GatewayStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The status of gateways as meters of Micrometer. Thread-safe.
 *
 * <pre>
 * GatewayMeters meters = GatewayMeters.create(registry, controller::statuses);
 * controller.start(ReconcileOptions.defaults().withListener(meters::record));
 * </pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tags</th><th>what</th></tr>
 * <tr><td>{@code cti.gateway.registered}</td><td>gauge</td><td>node, profile, gateway</td><td>1 when the gateway can be used: registered,
 *     also while that is refreshed, or in no need of it; else 0</td></tr>
 * <tr><td>{@code cti.gateway.flaps}</td><td>gauge</td><td>node, profile, gateway</td><td>{@link GatewayStatus#flaps}</td></tr>
 * <tr><td>{@code cti.gateway.failures}</td><td>gauge</td><td>node, profile, gateway</td><td>{@link GatewayStatus#failures}</td></tr>
 * <tr><td>{@code cti.gateway.current}</td><td>gauge</td><td>node, profile, gateway</td><td>1 unless {@link GatewayStatus#current} is
 *     false</td></tr>
 * <tr><td>{@code cti.gateway.age}</td><td>gauge, seconds</td><td>node, profile, gateway</td><td>{@link GatewayStatus#age}</td></tr>
 * <tr><td>{@code cti.gateway.unmetered}</td><td>gauge</td><td></td><td>gateways without meters, since there are too many</td></tr>
 * <tr><td>{@code cti.gateway.apply}</td><td>timer</td><td>node, profile</td><td>how long plans took to be applied</td></tr>
 * </table>
 *
 * <p>There are no other tags, and a gateway's meters go with it. Only so many gateways have meters, those that came first; when some go,
 * others get theirs. A profile that is not known yet is {@code unknown}. A registry has one of these, for all nodes.
 */
@SuppressWarnings("exports") // Who uses this requires micrometer.core itself; nobody else must have it
public final class GatewayMeters implements AutoCloseable {
    /** So many gateways have meters, unless another number is given: five meters for each. */
    public static final int MOST_GATEWAYS = 1_000;

    /** How often the statuses are read. */
    public static final Duration EVERY = Duration.ofSeconds(10);

    private static final String UNMETERED = "cti.gateway.unmetered";

    private static final Logger log = LoggerFactory.getLogger(GatewayMeters.class);

    private final MeterRegistry registry;
    private final Supplier<? extends Collection<GatewayStatus>> statuses;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, MeteredGateway> metered = new HashMap<>();
    private final Gauge unmeteredGauge;
    private final ScheduledThreadPoolExecutor timer;
    private final Future<?> refreshing;
    private volatile int unmetered;
    private boolean closed;

    private record Key(String node, String gateway) {
        static Key of(GatewayStatus status) {
            return new Key(status.node(), status.gateway());
        }
    }

    private GatewayMeters(MeterRegistry registry, Supplier<? extends Collection<GatewayStatus>> statuses, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
        this.registry = Objects.requireNonNull(registry, "registry cannot be null");
        this.statuses = Objects.requireNonNull(statuses, "statuses cannot be null");
        this.most = most;
        if (registry.find(UNMETERED).meter() != null) {
            throw new IllegalStateException(
                    "the registry has the meters of gateways already; give one GatewayMeters all statuses");
        }
        this.unmeteredGauge = Gauge.builder(UNMETERED, () -> unmetered)
                .description("Gateways without meters, since there are too many")
                .register(registry);
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "cti-gateway-meters");
            thread.setDaemon(true);
            return thread;
        });
        refreshOrLog();
        this.refreshing = timer.scheduleWithFixedDelay(
                this::refreshOrLog, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    /**
     * Meters of at most {@link #MOST_GATEWAYS}, kept up to date every {@link #EVERY} on a daemon thread until they are closed.
     *
     * @param statuses what is known now, such as {@code controller::statuses} or {@code tracker::statuses}
     * @throws IllegalStateException when the registry has such meters already: two would share them
     */
    public static GatewayMeters create(MeterRegistry registry, Supplier<? extends Collection<GatewayStatus>> statuses) {
        return create(registry, statuses, MOST_GATEWAYS);
    }

    /** As {@link #create(MeterRegistry, Supplier)}, of at most so many gateways. */
    public static GatewayMeters create(
            MeterRegistry registry, Supplier<? extends Collection<GatewayStatus>> statuses, int most) {
        return new GatewayMeters(registry, statuses, most);
    }

    private void refreshOrLog() {
        try {
            refresh();
        } catch (RuntimeException | Error e) {
            // An Error too: it would end the timer without a word.
            log.warn("The meters of gateways show what was known before; the statuses could not be read", e);
        }
    }

    /** Reads the statuses now; else the timer does. */
    public void refresh() {
        Map<Key, GatewayStatus> now = new LinkedHashMap<>();
        statuses.get().forEach(status -> now.put(Key.of(status), status));
        lock.lock();
        try {
            if (closed) {
                return;
            }
            metered.entrySet().removeIf(entry -> {
                GatewayStatus status = now.get(entry.getKey());
                boolean stays = status != null && entry.getValue().become(status);
                if (!stays) {
                    entry.getValue().remove();
                }
                return !stays;
            });
            now.forEach((key, status) -> {
                if (metered.size() < most && !metered.containsKey(key)) {
                    metered.put(key, new MeteredGateway(registry, status));
                }
            });
            unmetered = now.size() - metered.size();
        } finally {
            lock.unlock();
        }
    }

    /** Records how long an apply took. */
    public void record(Plan plan, ApplyResult result) {
        Timer.builder("cti.gateway.apply")
                .description("How long plans took to be applied")
                .tags(Tags.of("node", plan.identity().node(), "profile", plan.profile()))
                .register(registry)
                .record(result.took());
    }

    /** Records how long the apply of a reconciling controller took; a run that applied nothing is not counted. */
    public void record(ReconcileRun run) {
        run.plan().ifPresent(plan -> run.result().ifPresent(result -> record(plan, result)));
    }

    /** Removes the gauges; what was applied stays on record. */
    @Override
    public void close() {
        refreshing.cancel(false);
        timer.shutdown();
        lock.lock();
        try {
            closed = true;
            metered.values().forEach(MeteredGateway::remove);
            metered.clear();
            registry.remove(unmeteredGauge);
        } finally {
            lock.unlock();
        }
    }
}
