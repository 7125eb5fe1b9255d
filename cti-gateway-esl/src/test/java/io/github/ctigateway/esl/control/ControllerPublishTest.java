package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ctigateway.control.ApplyInterruptedException;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.NoAuthorityException;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.control.SwitchRefusedException;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.model.Gateway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions are readable before anything is killed. */
class ControllerPublishTest {
    private final PublisherException diskFull = new PublisherException("the disk is full", true, null);

    private final Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(20));
    private final Gateway before = Scene.trunk("t1", "before");
    private final Gateway after = Scene.trunk("t1", "after");

    @BeforeEach
    void oneRuns() {
        scene.store.save(before);
        scene.oneReconcileMakesItRight("at the beginning");
        scene.store.save(after);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private GatewayController controller() {
        return scene.controller(scene.node, scene.directory());
    }

    private Optional<String> publishedPassword() {
        return scene.directory().published("t1").flatMap(gateway -> gateway.text("password"));
    }

    @Test
    void definitionsAreReadableBeforeAnythingIsKilled() {
        AtomicReference<Optional<String>> atKill = new AtomicReference<>(Optional.empty());
        ApplyOptions options = Scene.quick().withProgress(progress -> {
            if (progress.step() == ApplyStep.KILL) {
                atKill.set(publishedPassword());
            }
        });
        GatewayController controller = controller();

        assertThat(controller.apply(controller.plan(), options).isSuccess()).isTrue();

        assertThat(atKill.get()).contains("after");
    }

    @Test
    void whatCannotBePublishedIsNotKilled() {
        GatewayController controller = controller();
        Plan plan = controller.plan();
        scene.directory().failWith(diskFull);
        scene.freeSwitch.forgetCommands();

        assertThatThrownBy(() -> controller.apply(plan, Scene.quick())).isSameAs(diskFull);

        assertThat(scene.freeSwitch.commands()).noneMatch(command -> command.matches(".*(killgw|rescan).*"));
    }

    @Test
    void aRescanBySomebodyElseJustAfterTheKillBringsUpWhatIsWanted() {
        scene.store.save(Scene.trunk("s1", "before"));
        scene.oneReconcileMakesItRight("with one that does not register");
        scene.store.save(Scene.trunk("s1", "after"));
        scene.store.delete("t1");
        GatewayController controller =
                scene.controller(afterKill(() -> scene.node.start(StartCommand.RESCAN)), scene.directory());

        ApplyResult result = controller.apply(controller.plan(), Scene.quick());

        assertThat(result.outcome("s1")).get().isInstanceOf(Outcome.Applied.class);
        assertThat(result.outcome("t1")).get().isInstanceOf(Outcome.Removed.class);
        assertThat(controller.plan().changes()).isEmpty();
        assertThat(scene.node.names()).containsExactly("s1");
    }

    @Test
    void aRestartOfFreeSwitchJustAfterTheKillBringsUpWhatIsWanted() {
        scene.store.save(Scene.trunk("t2", "goes"));
        scene.oneReconcileMakesItRight("with another");
        scene.store.save(before);
        scene.store.delete("t2");
        GatewayController controller = scene.controller(afterKill(scene.freeSwitch::restart), scene.directory());
        Plan plan = controller.plan();
        scene.freeSwitch.forgetCommands();

        ApplyResult result = controller.apply(plan, Scene.quick());

        assertThat(result.outcome("t1")).get().isInstanceOf(Outcome.Applied.class);
        assertThat(result.outcome("t2")).get().isInstanceOf(Outcome.Removed.class);
        assertThat(scene.freeSwitch.commands())
                .as("what the restart brought up is not killed")
                .filteredOn(command -> command.contains("killgw"))
                .hasSize(2);
        scene.isRight("after the restart");
    }

    @Test
    void aSwitchThatIsLostForGoodFindsWhatIsWantedWhenItComesBack() {
        AtomicBoolean lost = new AtomicBoolean();
        ApplyOptions options = Scene.quick().withReconnectTimeout(Duration.ZERO).withProgress(progress -> {
            if (progress.step() == ApplyStep.KILL && lost.compareAndSet(false, true)) {
                scene.freeSwitch.dropConnections();
            }
        });
        GatewayController controller = controller();

        ApplyResult result = controller.apply(controller.plan(), options);

        assertThat(result.outcome("t1")).get().isInstanceOf(Outcome.Unknown.class);
        assertThat(publishedPassword()).contains("after");
    }

    /** It has unpublished all that is live, which must not look like a directory that FreeSWITCH does not read. */
    @Test
    void whoDiesBetweenPublishingAndKillingTheLastGatewayLeavesNoDoubt() {
        scene.store.delete("t1");
        GatewaySwitch dies = onKill(call -> {
            throw new IllegalStateException("died");
        });
        GatewayController dead = scene.controller(dies, scene.directory());
        assertThatThrownBy(() -> dead.apply(dead.plan(), ApplyOptions.defaults()))
                .hasMessage("died");
        assertThat(publishedPassword()).isEmpty();

        GatewayController next = controller();
        Plan plan = next.plan();

        assertThat(plan.warnings()).isEmpty();
        assertThat(next.apply(plan, ApplyOptions.defaults()).outcome("t1"))
                .get()
                .isInstanceOf(Outcome.Removed.class);
    }

    @Test
    void whoIsNoLongerInChargeKillsNothing() {
        AtomicBoolean inCharge = new AtomicBoolean(true);
        ApplyOptions options = Scene.quick().withProgress(progress -> {
            if (progress.step() == ApplyStep.PUBLISH) {
                inCharge.set(false);
            }
        });
        try (GatewayController controller = GatewayController.builder(scene.store, scene.node)
                .publisher(scene.directory())
                .authority(inCharge::get)
                .build()) {
            Plan plan = controller.plan();
            scene.freeSwitch.forgetCommands();

            assertThatThrownBy(() -> controller.apply(plan, options))
                    .isInstanceOfSatisfying(
                            NoAuthorityException.class,
                            refused -> assertThat(refused.down()).isEmpty());
        }
        assertThat(scene.freeSwitch.commands()).noneMatch(command -> command.matches(".*(killgw|rescan).*"));
        scene.oneReconcileMakesItRight("the next in charge");
    }

    @Test
    void whatDidNotGoIsReadableAgainOnceTheOthersWereStarted() {
        GatewayController controller = withOneThatDoesNotGo(starts -> {
            assertThat(publishedPassword()).as("while the others are started").isEmpty();
            return null;
        });

        ApplyResult result = controller.apply(controller.plan(), impatient());

        assertThat(result.outcome("t1")).get().isInstanceOf(Outcome.TimedOut.class);
        assertThat(result.outcome("s1")).get().isInstanceOf(Outcome.Applied.class);
        assertThat(publishedPassword()).contains("after");
        scene.freeSwitch.restart();
        scene.isRight("what a restart brings up");
    }

    @Test
    void whatDidNotGoIsReadableAgainAlsoWhenTheOthersCouldNotBeStarted() {
        GatewayController controller = withOneThatDoesNotGo(starts -> new SwitchRefusedException("not now", null));

        ApplyResult result = controller.apply(controller.plan(), impatient());

        assertThat(result.outcome("s1")).get().isInstanceOf(Outcome.Unknown.class);
        assertThat(publishedPassword()).contains("after");
    }

    @Test
    void whatDidNotGoIsNotStartedBesideItselfWhenTheSwitchWasLostAtTheStart() {
        List<Optional<String>> atStarts = new CopyOnWriteArrayList<>();
        GatewayController controller = withOneThatDoesNotGo(starts -> {
            atStarts.add(publishedPassword());
            return starts == 1 ? new SwitchUnavailableException("lost", false, null) : null;
        });

        ApplyResult result = controller.apply(controller.plan(), impatient());

        assertThat(result.outcome("s1")).get().isInstanceOf(Outcome.Applied.class);
        assertThat(atStarts).containsExactly(Optional.empty(), Optional.empty());
        assertThat(scene.node.live()).extracting(LiveGateway::name).containsExactlyInAnyOrder("s1", "t1");
        assertThat(publishedPassword()).contains("after");
    }

    /** FreeSWITCH may be at it still when the answer to a start is lost. */
    @Test
    void whatDidNotGoStaysUnreadableWhileALostStartMayBeUnderWay() {
        List<String> calls = new CopyOnWriteArrayList<>();
        GatewayPublisher recording = publisher((wanted, pending) -> {
            calls.add("publish " + wanted.stream().map(Gateway::name).sorted().toList());
            return scene.directory().publish(wanted, pending);
        });
        GatewayController controller = withOneThatDoesNotGo(
                starts -> {
                    calls.add("start");
                    return starts == 1 ? new SwitchUnavailableException("lost", false, null) : null;
                },
                recording);

        ApplyResult result = controller.apply(controller.plan(), impatient());

        assertThat(result.outcome("s1")).get().isInstanceOf(Outcome.Applied.class);
        assertThat(calls)
                .containsExactly(
                        "publish [s1, t1]", "publish [s1]", "start", "publish [s1]", "start", "publish [s1, t1]");
    }

    @Test
    void whatDidNotGoIsReadableAgainAlsoAfterAnInterrupt() {
        GatewayPublisher cannotWhenInterrupted = publisher((wanted, pending) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new PublisherException("interrupted", true, null);
            }
            return scene.directory().publish(wanted, pending);
        });
        GatewayController controller = withOneThatDoesNotGo(
                starts -> {
                    Thread.currentThread().interrupt();
                    return new SwitchUnavailableException("interrupted", false, null);
                },
                cannotWhenInterrupted);

        Throwable ended = catchThrowable(() -> controller.apply(controller.plan(), impatient()));

        assertThat(Thread.interrupted()).as("the flag is set").isTrue();
        assertThat(ended).isInstanceOf(ApplyInterruptedException.class);
        assertThat(publishedPassword()).contains("after");
    }

    private GatewayPublisher publisher(BiFunction<Collection<Gateway>, Set<String>, Publication> publish) {
        return new FaultyPublisher(scene.directory(), FaultPoint.never()) {
            @Override
            public Publication publish(Collection<Gateway> wanted, Set<String> pending) {
                return publish.apply(wanted, pending);
            }
        };
    }

    @Test
    void whatCannotBeMadeReadableAgainHidesNotHowTheApplyWent() {
        GatewayController controller = withOneThatDoesNotGo(starts -> {
            scene.directory().failWith(diskFull);
            return null;
        });

        ApplyResult result = controller.apply(controller.plan(), impatient());

        assertThat(result.outcome("s1")).get().isInstanceOf(Outcome.Applied.class);
    }

    private static ApplyOptions impatient() {
        return Scene.quick().withRemovalTimeout(Duration.ofMillis(1500));
    }

    /**
     * Two are to be replaced, and the switch never takes down t1.
     *
     * @param start what goes wrong at the n-th start, if anything
     */
    private GatewayController withOneThatDoesNotGo(IntFunction<RuntimeException> start) {
        return withOneThatDoesNotGo(start, scene.directory());
    }

    private GatewayController withOneThatDoesNotGo(IntFunction<RuntimeException> start, GatewayPublisher publisher) {
        scene.store.save(Scene.trunk("s1", "before"));
        scene.store.save(before);
        scene.oneReconcileMakesItRight("with another");
        scene.store.save(Scene.trunk("s1", "after"));
        scene.store.save(after);
        AtomicInteger starts = new AtomicInteger();
        return scene.controller(
                (GatewaySwitch) Proxy.newProxyInstance(
                        GatewaySwitch.class.getClassLoader(),
                        new Class<?>[] {GatewaySwitch.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("kill")) {
                                return scene.node.kill(Set.of("s1"));
                            }
                            RuntimeException fault =
                                    method.getName().equals("start") ? start.apply(starts.incrementAndGet()) : null;
                            if (fault != null) {
                                throw fault;
                            }
                            return call(method, arguments);
                        }),
                publisher);
    }

    /** Somebody else does this when the kill was answered, before we hear of it. */
    private GatewaySwitch afterKill(Runnable other) {
        AtomicBoolean done = new AtomicBoolean();
        return onKill(call -> {
            Object answer = call.get();
            if (done.compareAndSet(false, true)) {
                other.run();
            }
            return answer;
        });
    }

    private GatewaySwitch onKill(AroundKill kill) {
        return (GatewaySwitch) Proxy.newProxyInstance(
                GatewaySwitch.class.getClassLoader(),
                new Class<?>[] {GatewaySwitch.class},
                (proxy, method, arguments) -> method.getName().equals("kill")
                        ? kill.around(() -> call(method, arguments))
                        : call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(scene.node, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private interface Call {
        Object get() throws Throwable;
    }

    private interface AroundKill {
        Object around(Call call) throws Throwable;
    }
}
