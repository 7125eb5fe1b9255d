package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.status.RegistrationState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A gateway that comes up beside an older one of its name registers before that one unregisters, and the registrar is left with nothing
 * though FreeSWITCH says REGED.
 */
class BindingRestoredTest {
    private final Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(50));

    @AfterEach
    void close() {
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
        await("until the older one has unregistered").until(() -> !scene.bound().contains("t2"));
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

    private void store(String... names) {
        for (String name : names) {
            scene.store.save(Scene.trunk(name, "before"));
        }
    }

    /** What scripts do. */
    private void careless(String... names) {
        scene.node.kill(Set.of(names));
        scene.node.start(StartCommand.RESCAN);
    }

    private static void isRegistered(Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        applied -> assertThat(applied.state()).isEqualTo(RegistrationState.REGED));
    }

    private static Consumer<ApplyProgress> beforeTheStart(Runnable trouble) {
        AtomicBoolean happened = new AtomicBoolean();
        return progress -> {
            if (progress.step() == ApplyStep.START && !happened.getAndSet(true)) {
                trouble.run();
            }
        };
    }
}
