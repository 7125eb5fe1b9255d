package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.MassChangeException;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.control.PlanPolicy;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.ReconcileRun;
import io.github.ctigateway.control.SavedPlan;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A gateway that comes up beside an older one of its name registers before that one unregisters, and the registrar is left with nothing
 * though FreeSWITCH says REGED.
 */
class BindingRestoredTest {
    private static final Duration TICK = Duration.ofMillis(50);

    private final Scene scene = Scene.withManualTicks(StartCommand.RESCAN);
    private final ReentrantLock noTick = new ReentrantLock();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void begin() {
        Future<?> unused = ticks.scheduleAtFixedRate(
                () -> {
                    noTick.lock();
                    try {
                        scene.freeSwitch.tick();
                    } finally {
                        noTick.unlock();
                    }
                },
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void close() {
        ticks.shutdownNow();
        scene.close();
    }

    @Test
    void applyRestoresAGatewayThatSomebodyKilledJustBeforeItsRescan() {
        store("t1", "t2", "s1");
        scene.oneReconcileMakesItRight("at the beginning");
        scene.store.save(Scene.trunk("t1", "after"));
        GatewayController controller = scene.controller(scene.node, scene.directory());
        ApplyOptions options = Scene.quick().withProgress(beforeTheStart(() -> scene.node.kill(Set.of("t2", "s1"))));

        ApplyResult result = controller.apply(controller.plan(), options);

        assertThat(result.outcome("t2")).hasValueSatisfying(BindingRestoredTest::isRegistered);
        assertThat(result.outcome("t1")).hasValueSatisfying(BindingRestoredTest::isRegistered);
        assertThat(result.outcome("s1")).as("has no binding").containsInstanceOf(Outcome.Unchanged.class);
        scene.isRight("after the apply");
        assertThat(controller.plan().changes()).isEmpty();
        assertThat(scene.directory().gateways())
                .as("published")
                .extracting(Gateway::name)
                .containsExactlyInAnyOrder("t1", "t2", "s1");
    }

    @Test
    void planReplacesWhatSomebodyElseStartedBesideItself() {
        store("t1", "t2");
        scene.oneReconcileMakesItRight("at the beginning");
        GatewayController controller = scene.controller(scene.node, scene.directory());

        careless("t2");

        await().until(() -> !controller.plan().changes().isEmpty());
        PlanItem item = controller.plan().item("t2").orElseThrow();
        assertThat(item.action()).isEqualTo(Action.REPLACE);
        assertThat(item.reason()).contains("the registrar may have no binding");
        olderOneUnregisters("t2");
        assertThat(controller.apply(controller.plan(), Scene.quick()).isSuccess())
                .isTrue();
        scene.isRight("after the apply");
    }

    /** More than a mass change would be, so some at a time. */
    @Test
    void reconcilingRestoresAllOfAProfileThatSomebodyStartedAnew() {
        List<String> names = IntStream.range(0, 8).mapToObj(i -> "t" + i).toList();
        store(names.toArray(String[]::new));
        GatewayController controller = scene.controller(scene.node, scene.directory());
        controller.start(
                ReconcileOptions.defaults().withEvery(Duration.ofSeconds(60)).withApply(ApplyOptions.defaults()));
        scene.isRight("at the beginning");

        careless(names.toArray(String[]::new));

        await("until the older ones have unregistered")
                .until(() -> !scene.bound().containsAll(names));
        scene.isRight("after reconciling");
    }

    /** They are named so that those with calls would come first. */
    @ParameterizedTest
    @MethodSource
    void reconcilingRestoresThoseWithoutCallsThoughMoreThanFiveHaveCalls(PlanPolicy policy) {
        List<String> names = IntStream.range(0, 8).mapToObj(i -> "t" + i).toList();
        store(names.toArray(String[]::new));
        scene.oneReconcileMakesItRight("at the beginning");
        List<String> idle = names.subList(6, 8);
        names.subList(0, 6).forEach(name -> scene.freeSwitch.beginCall(name, false));
        try (GatewayController controller = with(policy)) {
            controller.start(ReconcileOptions.defaults()
                    .withEvery(Duration.ofSeconds(60))
                    .withRetry(TICK, TICK));

            careless(names.toArray(String[]::new));

            await("until the older ones have unregistered")
                    .until(() -> !scene.bound().containsAll(names));
            await("restored").until(() -> scene.bound().containsAll(idle));
            assertThat(scene.bound()).as("spared").containsExactlyInAnyOrderElementsOf(idle);
        }
    }

    static List<PlanPolicy> reconcilingRestoresThoseWithoutCallsThoughMoreThanFiveHaveCalls() {
        return List.of(PlanPolicy.usual().skippingCalls(), PlanPolicy.usual().waitingForCalls(Duration.ofHours(1)));
    }

    @Test
    void reconcilingRestoresWhileAMassChangeWaitsForAPerson() {
        List<String> gone = IntStream.range(0, 7).mapToObj(i -> "s" + i).toList();
        store("t1");
        store(gone.toArray(String[]::new));
        scene.oneReconcileMakesItRight("at the beginning");
        GatewayController controller = scene.controller(scene.node, scene.directory());
        List<ReconcileRun> runs = new CopyOnWriteArrayList<>();
        controller.start(
                ReconcileOptions.defaults().withEvery(Duration.ofSeconds(60)).withListener(runs::add));
        gone.forEach(scene.store::delete);
        await().until(() -> isRefused(runs));

        careless("t1");

        olderOneUnregisters("t1");
        await("restored").until(() -> scene.bound().contains("t1"));
        await().until(() -> isRefused(runs));
        assertThat(scene.node.names()).hasSize(8);
    }

    /** It is restored a few ticks later: whoever looks seldom does not see it. */
    private void olderOneUnregisters(String gateway) {
        await("until the older one has unregistered")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !scene.bound().contains(gateway));
    }

    private static boolean isRefused(List<ReconcileRun> runs) {
        return !runs.isEmpty() && runs.get(runs.size() - 1).failure().orElse(null) instanceof MassChangeException;
    }

    @Test
    void whomSomebodyRestartsCarelesslyAgainWaitsBeforeItIsRestoredAgainUnlessItIsEdited() {
        Duration hour = Duration.ofHours(1);
        store("t1", "t2");
        scene.oneReconcileMakesItRight("at the beginning");
        GatewayController controller = scene.controller(scene.node, scene.directory());
        controller.start(ReconcileOptions.defaults().withEvery(hour).withRetry(hour, hour));
        careless("t1");
        olderOneUnregisters("t1");
        scene.isRight("restored");

        careless("t1");
        olderOneUnregisters("t1");
        careless("t2");
        olderOneUnregisters("t2");
        await("the other waits for nothing").until(() -> scene.bound().contains("t2"));
        await().untilAsserted(() -> assertThat(controller.plan().changes())
                .extracting(PlanItem::gateway)
                .containsExactly("t1"));
        assertThat(scene.bound()).as("left alone").doesNotContain("t1");

        scene.store.save(Scene.trunk("t1", "after"));
        scene.isRight("after the edit");
    }

    @Test
    void aDoubtThatEndsByItselfSpoilsNoPlan() {
        scene.store.save(Scene.trunk("t1", "before"));
        scene.store.save(Scene.trunk("t2", "before").toBuilder()
                .set(Parameters.EXPIRE_SECONDS, Duration.ofSeconds(30))
                .build());
        scene.oneReconcileMakesItRight("at the beginning");
        GatewayController controller = scene.controller(scene.node, scene.directory());
        careless("t2");
        await().until(() -> !controller.plan().changes().isEmpty());
        scene.store.save(Scene.trunk("t1", "after"));
        Plan plan = controller.plan();
        SavedPlan saved = plan.saved();
        assertThat(plan.changes()).extracting(PlanItem::gateway).containsExactly("t1", "t2");

        await("until it registers anew")
                .until(() -> controller.plan().item("t2").orElseThrow().action() == Action.KEEP);
        assertThat(saved.renewed(controller.plan()).changes())
                .extracting(PlanItem::gateway)
                .containsExactly("t1");
        scene.freeSwitch.forgetCommands();
        ApplyResult result = controller.apply(plan, Scene.quick());

        assertThat(result.outcome("t1")).hasValueSatisfying(BindingRestoredTest::isRegistered);
        assertThat(result.outcome("t2")).containsInstanceOf(Outcome.Unchanged.class);
        assertThat(scene.freeSwitch.commands()).noneMatch(command -> command.matches(".*killgw.*t2.*"));
        scene.isRight("after the apply");
    }

    /** It would wait for ever if it were called while the lock of those who apply is held. */
    @Test
    void aStatusListenerMayWaitForAnotherApplyWhileABindingIsInDoubt() {
        store("t1", "t2");
        scene.oneReconcileMakesItRight("at the beginning");
        Thread applying = Thread.currentThread();
        AtomicReference<Runnable> another = new AtomicReference<>(() -> {});
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        try (GatewayController controller = GatewayController.builder(scene.store, restless(scene.node))
                .publisher(scene.directory())
                .onStatus(change -> {
                    if (Thread.currentThread() == applying) {
                        try {
                            CompletableFuture.runAsync(another.get()).get(2, TimeUnit.SECONDS);
                        } catch (Exception e) {
                            failures.add(e);
                        }
                    }
                })
                .build()) {
            careless("t2");
            await().until(() -> !controller.plan().changes().isEmpty());
            Plan plan = controller.plan();
            Plan nothing = plan.only(Set.of());
            another.set(() -> controller.apply(nothing, Scene.quick()));

            assertThat(controller.apply(plan, Scene.quick()).isSuccess()).isTrue();
        }
        assertThat(failures).isEmpty();
    }

    /** Whoever reads it finds another ping each time, so that there is something to tell. */
    private static GatewaySwitch restless(GatewaySwitch real) {
        AtomicInteger looks = new AtomicInteger();
        return (GatewaySwitch) Proxy.newProxyInstance(
                GatewaySwitch.class.getClassLoader(),
                new Class<?>[] {GatewaySwitch.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("live")) {
                        PingStatus ping = looks.incrementAndGet() % 2 == 0 ? PingStatus.UP : PingStatus.DOWN;
                        return real.live().stream()
                                .map(live ->
                                        new LiveGateway(live.name(), live.profile(), live.state(), ping, live.fields()))
                                .toList();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private GatewayController with(PlanPolicy policy) {
        return GatewayController.builder(scene.store, scene.node)
                .publisher(scene.directory())
                .policy(policy)
                .build();
    }

    private void store(String... names) {
        for (String name : names) {
            scene.store.save(Scene.trunk(name, "before"));
        }
    }

    /** What scripts do, between two ticks. */
    private void careless(String... names) {
        noTick.lock();
        try {
            scene.node.kill(Set.of(names));
            scene.node.start(StartCommand.RESCAN);
        } finally {
            noTick.unlock();
        }
    }

    private static void isRegistered(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        applied -> assertThat(applied.state()).isEqualTo(RegistrationState.REGED));
    }

    /** With no tick until the start is through. */
    private Consumer<ApplyProgress> beforeTheStart(Runnable trouble) {
        AtomicBoolean happened = new AtomicBoolean();
        return progress -> {
            if (progress.step() == ApplyStep.START && !happened.getAndSet(true)) {
                noTick.lock();
                trouble.run();
            } else if (progress.step() == ApplyStep.READ_BACK && noTick.isHeldByCurrentThread()) {
                noTick.unlock();
            }
        };
    }
}
