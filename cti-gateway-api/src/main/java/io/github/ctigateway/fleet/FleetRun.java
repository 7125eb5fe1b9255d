package io.github.ctigateway.fleet;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.ApplyInterruptedException;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayPlacement;
import io.github.ctigateway.store.StoredGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans and applies once for every node, over connections that stay open in between. */
final class FleetRun implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FleetRun.class);

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final List<FleetNode> members;
    private final FleetSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, NodeLink> links = new ConcurrentHashMap<>();

    FleetRun(List<FleetNode> members, FleetSettings settings) {
        this.members = members;
        this.settings = settings;
    }

    FleetPlan plan() {
        lock.lock();
        try {
            reserve(Map.of());
            Map<String, Answer<Plan>> answers = onEach(members, members.size(), this::plan);
            Map<String, String> reserved = reservations(succeeded(answers));
            if (!reserved.isEmpty()) {
                reserve(reserved);
                answers = onEach(members, members.size(), this::plan);
            }
            return new FleetPlan(succeeded(answers), failed(answers));
        } finally {
            lock.unlock();
        }
    }

    private void reserve(Map<String, String> nodes) {
        links.values().forEach(link -> link.ownership().reserve(nodes));
    }

    /** Which node gets a gateway that only one may run and that several could: the first that runs it, else the first. */
    private Map<String, String> reservations(Map<String, Plan> plans) {
        Map<String, String> reserved = new TreeMap<>();
        for (StoredGateway stored : settings.store().snapshot().gateways().values()) {
            Gateway gateway = stored.gateway();
            boolean shared = GatewayPlacement.malformed(gateway).isEmpty()
                    && gateway.placement().oneNode();
            List<String> takers = !shared
                    ? List.of()
                    : plans.entrySet().stream()
                            .filter(plan -> runs(plan.getValue(), gateway.name()))
                            .sorted(Comparator.comparing(plan -> !isLive(plan.getValue(), gateway.name())))
                            .map(Map.Entry::getKey)
                            .toList();
            if (takers.size() > 1) {
                NodeLink taker = Objects.requireNonNull(links.get(takers.get(0)));
                reserved.put(gateway.name(), taker.identity().node());
            }
        }
        return reserved;
    }

    private static boolean runs(Plan plan, String gateway) {
        return plan.item(gateway)
                .filter(item -> item.action() == Action.CREATE
                        || item.action() == Action.REPLACE
                        || item.action() == Action.KEEP)
                .isPresent();
    }

    private static boolean isLive(Plan plan, String gateway) {
        return plan.item(gateway).filter(item -> item.liveState() != null).isPresent();
    }

    private Plan plan(FleetNode member) {
        NodeLink open = links.computeIfAbsent(member.name(), name -> NodeLink.open(member, settings));
        try {
            return open.controller().plan();
        } catch (CtiGatewayException e) {
            links.remove(member.name(), open);
            open.close();
            throw e;
        }
    }

    FleetResult apply(FleetPlan plan, FleetOptions options) {
        lock.lock();
        try {
            List<FleetNode> planned = members.stream()
                    .filter(member -> plan.plans().containsKey(member.name()))
                    .toList();
            Map<String, Answer<ApplyResult>> answers = new LinkedHashMap<>();
            List<FleetNode> rest = planned;
            Optional<FleetNode> canary = planned.stream()
                    .filter(member -> planOf(plan, member).hasChanges())
                    .findFirst();
            if (options.canary() && canary.isPresent()) {
                FleetNode first = canary.get();
                answers.putAll(onEach(List.of(first), 1, member -> apply(member, plan, options)));
                rest = planned.stream().filter(member -> !member.equals(first)).toList();
                if (!endedWell(answers.get(first.name()), planOf(plan, first))) {
                    return result(plan, answers, rest);
                }
            }
            answers.putAll(onEach(rest, options.atOnce(), member -> apply(member, plan, options)));
            return result(plan, answers, List.of());
        } finally {
            lock.unlock();
        }
    }

    private static Plan planOf(FleetPlan plan, FleetNode member) {
        return Objects.requireNonNull(plan.plans().get(member.name()));
    }

    /** A gateway that failed before and is not touched is not the canary's fault. */
    private static boolean endedWell(@Nullable Answer<ApplyResult> answer, Plan plan) {
        if (answer == null || answer.value() == null) {
            return false;
        }
        ApplyResult result = answer.value();
        return plan.changes().stream()
                .allMatch(item -> result.outcome(item.gateway())
                        .filter(outcome -> outcome.isSuccess())
                        .isPresent());
    }

    private FleetResult result(FleetPlan plan, Map<String, Answer<ApplyResult>> answers, List<FleetNode> spared) {
        Map<String, CtiGatewayException> failures = new LinkedHashMap<>(plan.failures());
        failures.putAll(failed(answers));
        return new FleetResult(
                succeeded(answers),
                failures,
                spared.stream().map(FleetNode::name).toList());
    }

    private ApplyResult apply(FleetNode member, FleetPlan plan, FleetOptions options) {
        NodeLink open = links.get(member.name());
        if (open == null) {
            throw new IllegalArgumentException("the plan of " + member.name() + " is of another fleet");
        }
        if (open.tryAcquire(settings).isEmpty()) {
            throw new LeaseHeldException(member.name());
        }
        try {
            return open.controller().apply(planOf(plan, member), options.apply().withProgress(progress -> {
                options.apply().onProgress().accept(progress);
                options.onProgress().accept(member.name(), progress);
            }));
        } finally {
            open.release();
        }
    }

    /** Calls for every node, so many at a time; a failure is that node's answer. */
    private static <T> Map<String, Answer<T>> onEach(List<FleetNode> nodes, int atOnce, Function<FleetNode, T> call) {
        if (nodes.isEmpty()) {
            return Map.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(nodes.size(), atOnce), FleetRun::daemon);
        Map<String, Future<T>> futures = new LinkedHashMap<>();
        try {
            nodes.forEach(node -> futures.put(node.name(), pool.submit(() -> call.apply(node))));
            Map<String, Answer<T>> answers = new LinkedHashMap<>();
            List<ExecutionException> defects = new ArrayList<>();
            for (Map.Entry<String, Future<T>> future : futures.entrySet()) {
                try {
                    answers.put(future.getKey(), answer(future.getValue()));
                } catch (ExecutionException e) {
                    // Not thrown before the other nodes are through: it would leave them with what they had killed so
                    // far.
                    defects.add(e);
                }
            }
            if (!defects.isEmpty()) {
                IllegalStateException defect = new IllegalStateException(
                        "a node failed in a way that should not be",
                        defects.get(0).getCause());
                defects.stream().skip(1).forEach(other -> defect.addSuppressed(other.getCause()));
                throw defect;
            }
            return answers;
        } catch (InterruptedException e) {
            // Those that were not begun are nobody's to wait for.
            pool.shutdownNow().forEach(queued -> ((Future<?>) queued).cancel(false));
            List<String> down = leftDown(futures.values());
            Thread.currentThread().interrupt();
            throw new ApplyInterruptedException(e, down);
        } finally {
            pool.shutdown();
        }
    }

    /** Waits until the interrupted applies have ended, and says which gateways they left down. */
    private static List<String> leftDown(Collection<? extends Future<?>> interrupted) {
        List<String> down = new ArrayList<>();
        for (Future<?> apply : interrupted) {
            try {
                apply.get(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof ApplyInterruptedException ended) {
                    down.addAll(ended.down());
                }
            } catch (CancellationException e) {
                log.debug("An apply was not begun");
            } catch (TimeoutException e) {
                log.warn("An interrupted apply has not ended yet; the log says what it leaves down when it does");
            } catch (InterruptedException e) {
                // Told twice: whoever waits for us has waited enough.
                return down;
            }
        }
        return down;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "cti-gateway-fleet");
        thread.setDaemon(true);
        return thread;
    }

    private static <T> Answer<T> answer(Future<T> future) throws InterruptedException, ExecutionException {
        try {
            return new Answer<>(future.get(), null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CtiGatewayException failure) {
                return new Answer<>(null, failure);
            }
            throw e;
        }
    }

    private static <T> Map<String, T> succeeded(Map<String, Answer<T>> answers) {
        Map<String, T> values = new LinkedHashMap<>();
        answers.forEach((name, answer) -> {
            if (answer.value() != null) {
                values.put(name, answer.value());
            }
        });
        return values;
    }

    private static <T> Map<String, CtiGatewayException> failed(Map<String, Answer<T>> answers) {
        Map<String, CtiGatewayException> failures = new LinkedHashMap<>();
        answers.forEach((name, answer) -> {
            if (answer.failure() != null) {
                failures.put(name, answer.failure());
            }
        });
        return failures;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            links.values().forEach(NodeLink::close);
            links.clear();
        } finally {
            lock.unlock();
        }
    }

    /** One of both. */
    private record Answer<T>(@Nullable T value, @Nullable CtiGatewayException failure) {}
}
