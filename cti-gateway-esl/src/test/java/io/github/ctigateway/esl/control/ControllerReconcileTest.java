package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.MassChangeException;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.ReconcileRun;
import io.github.ctigateway.control.StalePlanException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchListener;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.ReconnectPolicy;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What has a controller look again by itself, and what has not. The interval is an hour unless a test is about it. */
class ControllerReconcileTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(20));
    private final List<ReconcileRun> runs = new CopyOnWriteArrayList<>();
    private final GatewayController controller = scene.controller(scene.node, scene.directory());

    @AfterEach
    void close() {
        scene.close();
    }

    private ReconcileOptions options() {
        return ReconcileOptions.defaults()
                .withEvery(NEVER)
                .withRetry(NEVER, NEVER)
                .withApply(Scene.quick().withMassChange(false))
                .withListener(runs::add);
    }

    private void start() {
        controller.start(options());
        await().until(() -> runs.size() == 1);
    }

    @Test
    void aChangeOfTheStoreIsApplied() {
        start();
        scene.store.save(Scene.trunk("t1", "a"));
        scene.isRight("after it was stored");
        scene.store.delete("t1");
        scene.isRight("after it was deleted");
    }

    @Test
    void manySavesAtOnceAreOneApply() {
        start();
        scene.freeSwitch.forgetCommands();
        for (int i = 0; i < 50; i++) {
            scene.store.save(Scene.trunk("s" + i, "a"));
        }
        scene.isRight("after all were stored");

        assertThat(scene.freeSwitch.commands())
                .filteredOn(command -> command.contains("rescan"))
                .hasSize(1);
    }

    @Test
    void aGatewayThatSomebodyElseKillsComesBack() {
        scene.store.save(Scene.trunk("t1", "a"));
        start();
        scene.isRight("at the beginning");
        scene.node.kill(Set.of("t1"));
        await().until(() -> scene.freeSwitch.registrar().unregisters("t1") == 1);
        scene.isRight("after the foreign kill");
    }

    @Test
    void whatWasMissedWhileTheConnectionWasAwayIsMendedOnceItIsBack() {
        scene.store.save(Scene.trunk("t1", "a"));
        FaultySwitch deaf = new FaultySwitch(scene.node, FaultPoint.never(), () -> true);
        try (GatewayController other = scene.controller(deaf, scene.directory())) {
            other.start(options());
            scene.isRight("at the beginning");
            scene.node.kill(Set.of("t1"));
            await().until(() -> scene.node.names().isEmpty());
            await().during(Duration.ofMillis(500))
                    .until(() -> scene.node.names().isEmpty());

            scene.freeSwitch.dropConnections();

            await().ignoreExceptions().until(() -> scene.node.identity() != null);
            scene.isRight("after the connection was back");
        }
    }

    /** FreeSWITCH has come up with less than is wanted, and no gap is told: only the events show that it is another run. */
    @Test
    void aNewCoreUuidIsAReasonToLook() {
        scene.store.save(Scene.trunk("t1", "a"));
        scene.store.save(Scene.trunk("s1", "a"));
        try (GatewayController other = scene.controller(eventsOnly(scene.node), scene.directory())) {
            other.start(options());
            scene.isRight("at the beginning");
            List<Gateway> others =
                    new ArrayList<>(List.of(scene.directory().published("s1").orElseThrow()));
            scene.directory().publish(others, Set.of());
            scene.freeSwitch.restart();
            await().ignoreExceptions().until(() -> scene.node.names().equals(Set.of("s1")));
            await().during(Duration.ofMillis(500))
                    .until(() -> scene.node.names().equals(Set.of("s1")));

            others.add(Scene.trunk("s2", "by somebody else"));
            scene.directory().publish(others, Set.of());
            scene.node.start(StartCommand.RESCAN);

            await().until(() -> scene.node.names().contains("t1"));
        }
    }

    private static GatewaySwitch eventsOnly(GatewaySwitch real) {
        return (GatewaySwitch) Proxy.newProxyInstance(
                GatewaySwitch.class.getClassLoader(),
                new Class<?>[] {GatewaySwitch.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("subscribe")) {
                        SwitchListener listener = (SwitchListener) arguments[0];
                        return real.subscribe(event -> listener.onEvent(event));
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void whatARestartOfFreeSwitchDidNotBringUpIsBroughtUp() {
        scene.store.save(Scene.trunk("t1", "a"));
        start();
        scene.isRight("at the beginning");
        scene.directory().publish(List.of(), Set.of());
        scene.freeSwitch.restart();
        await().ignoreExceptions().until(() -> scene.node.identity() != null);
        scene.isRight("after the restart");
    }

    /** It must not be taken for an empty one. */
    @Test
    void aStoreThatCannotBeReadChangesNothing() {
        scene.store.save(Scene.trunk("t1", "a"));
        scene.oneReconcileMakesItRight("at the beginning");
        AtomicBoolean broken = new AtomicBoolean(true);
        GatewayStore store = (GatewayStore) Proxy.newProxyInstance(
                GatewayStore.class.getClassLoader(),
                new Class<?>[] {GatewayStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("snapshot") && broken.get()) {
                        throw new StoreUnavailableException("Redis is away", null);
                    }
                    return method.invoke(scene.store, arguments);
                });
        try (GatewayController other = GatewayController.builder(store, scene.node)
                .publisher(new FaultyPublisher(scene.directory(), FaultPoint.never()))
                .build()) {
            scene.freeSwitch.forgetCommands();
            assertThatThrownBy(other::plan).isInstanceOf(StoreUnavailableException.class);
            other.start(options().withRetry(Duration.ofMillis(50), NEVER));
            await().untilAsserted(() -> assertThat(runs)
                    .hasSizeGreaterThan(1)
                    .allMatch(run -> run.failure().orElseThrow() instanceof StoreUnavailableException));
            assertThat(scene.freeSwitch.commands()).noneMatch(command -> command.matches(".*(killgw|rescan).*"));

            scene.store.save(Scene.trunk("t2", "a"));
            broken.set(false);
            scene.isRight("once the store could be read again");
        }
    }

    @Test
    void whatNobodyTellsIsFoundWithinTheInterval() {
        scene.store.save(Scene.trunk("t1", "a"));
        FaultySwitch deaf = new FaultySwitch(scene.node, FaultPoint.never(), () -> true);
        try (GatewayController other = scene.controller(deaf, scene.directory())) {
            other.start(options().withEvery(Duration.ofMillis(300)).withApply(Scene.quick()));
            scene.isRight("at the beginning");
            scene.node.kill(Set.of("t1"));
            await().until(() -> scene.freeSwitch.registrar().unregisters("t1") == 1);
            scene.isRight("though no event came");
        }
    }

    @Test
    void aGatewayThatIsNotTakenInIsTriedAgainOnItsOwnClock() {
        scene.store.save(tls("t1"));
        controller.start(options().withRetry(Duration.ofMillis(300), NEVER));
        await().until(() -> tries("t1") == 1);

        // The others' changes wait for it as little as it is tried with them.
        scene.store.save(Scene.trunk("t2", "a"));
        await().until(() -> tries("t2") == 1);
        await().until(() -> tries("t1") >= 3);
        assertThat(tries("t2")).isEqualTo(1);
    }

    @Test
    void anEditBeginsTheWaitAnew() {
        scene.store.save(tls("t1"));
        start();
        await().until(() -> tries("t1") == 1);

        scene.store.save(Scene.trunk("t1", "a"));
        scene.isRight("after it was mended");
    }

    @Test
    void aMassChangeThatWaitsForAPersonIsNotPlannedAgainAllTheTime() {
        for (int i = 0; i < 7; i++) {
            scene.store.save(Scene.trunk("s" + i, "a"));
        }
        // It is due for a retry all the time.
        scene.store.save(tls("t1"));
        controller.start(options().withRetry(Duration.ofMillis(300), Duration.ofMillis(300)));
        await().until(() -> tries("t1") > 1);
        for (int i = 0; i < 7; i++) {
            scene.store.delete("s" + i);
        }
        await().until(() -> last().failure().orElse(null) instanceof MassChangeException);
        int refused = runs.size();

        await().during(Duration.ofSeconds(1)).until(() -> runs.size() <= refused + 1);
        assertThat(scene.node.names()).hasSize(7);
    }

    /** Whoever applies by hand meanwhile waits for the run that is under way, and the other way round. */
    @Test
    void oneRunAtATimeWorksOnANode() {
        List<List<String>> threads = new ArrayList<>();
        ApplyOptions told = Scene.quick().withProgress(progress -> {
            synchronized (threads) {
                if (progress.step() == ApplyStep.PUBLISH && progress.outcome().isEmpty()) {
                    threads.add(new ArrayList<>());
                }
                threads.get(threads.size() - 1).add(Thread.currentThread().getName());
            }
        });
        controller.start(options().withApply(told));
        CompletableFuture<?>[] all = new CompletableFuture<?>[4];
        for (int i = 0; i < all.length; i++) {
            String name = "t" + i;
            all[i] = CompletableFuture.runAsync(() -> {
                for (int round = 0; round < 5; round++) {
                    scene.store.save(Scene.trunk(name, "pw" + round));
                    try {
                        controller.apply(controller.plan(), told);
                    } catch (StalePlanException e) {
                        assertThat(e.gateways()).as("another was first").isNotEmpty();
                    }
                }
            });
        }
        CompletableFuture.allOf(all).join();
        scene.isRight("after all");

        synchronized (threads) {
            assertThat(threads)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(run -> assertThat(Set.copyOf(run)).hasSize(1));
        }
    }

    @Test
    void isStartedOnce() {
        start();
        assertThatThrownBy(() -> controller.start(options())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void followsStatusesThroughEvents() {
        scene.store.save(Scene.trunk("t1", "a"));
        start();

        await().untilAsserted(() -> assertThat(controller.statuses())
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(RegistrationState.REGED)));
        assertThat(controller.statuses()).extracting(GatewayStatus::node).containsExactly(scene.freeSwitch.node());
    }

    @Test
    void saysOfStatusesThatTheyMayBeOldWhileTheSwitchIsLostAndReadsThemAgainAfterwards() {
        scene.store.save(Scene.trunk("t1", "a"));
        scene.store.save(Scene.trunk("t2", "a"));
        scene.oneReconcileMakesItRight("at the beginning");
        Duration second = Duration.ofSeconds(1);
        EslGatewaySwitch slow = scene.anotherConnection(ReconnectPolicy.of(second, second));
        try (GatewayController other = scene.controller(slow, scene.directory())) {
            assertThat(other.statuses()).hasSize(2).allMatch(GatewayStatus::current);

            scene.freeSwitch.dropConnections();
            await().pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> assertThat(other.statuses()).hasSize(2).noneMatch(GatewayStatus::current));
            await().untilAsserted(() -> assertThat(other.statuses()).hasSize(2).allMatch(GatewayStatus::current));
        }
    }

    /** FreeSWITCH skips it, for its profile has no TLS. */
    private static Gateway tls(String name) {
        return Scene.trunk(name, "a").toBuilder()
                .set("register-transport", "tls")
                .build();
    }

    private ReconcileRun last() {
        return runs.get(runs.size() - 1);
    }

    /** How many runs tried it. */
    private long tries(String gateway) {
        return runs.stream()
                .flatMap(run -> run.result().stream())
                .flatMap(result -> result.outcome(gateway).stream())
                .filter(outcome -> outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Applied)
                .count();
    }
}
