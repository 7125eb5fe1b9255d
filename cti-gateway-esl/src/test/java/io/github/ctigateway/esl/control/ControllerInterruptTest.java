package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.ctigateway.control.ApplyInterruptedException;
import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.NoAuthorityException;
import io.github.ctigateway.control.Publication;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An apply that is ended from outside names what it leaves down, and the next one makes it right. */
class ControllerInterruptTest {
    private final Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(20));

    @BeforeEach
    void somethingOfEachKindToDo() {
        scene.store.save(Scene.trunk("t-replace", "before"));
        scene.store.save(Scene.trunk("s-replace", "before"));
        scene.store.save(Scene.trunk("t-remove", "before"));
        scene.oneReconcileMakesItRight("at the beginning");
        scene.store.save(Scene.trunk("t-replace", "after"));
        scene.store.save(Scene.trunk("s-replace", "after"));
        scene.store.save(Scene.trunk("t-create", "after"));
        scene.store.delete("t-remove");
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** From the removal on something is awaited; before it the next command fails. */
    @ParameterizedTest
    @EnumSource(ApplyStep.class)
    void anInterruptEndsItWhereverItIs(ApplyStep step) {
        GatewayController controller = scene.controller(scene.node, scene.directory());

        Throwable ended = catchThrowable(() -> controller.apply(
                controller.plan(), Scene.quick().withProgress(at(step, Thread.currentThread()::interrupt))));

        assertThat(Thread.interrupted()).as("the flag is set").isTrue();
        assertThat(ended)
                .isInstanceOfSatisfying(
                        ApplyInterruptedException.class,
                        interrupted -> assertThat(interrupted.down()).containsAll(downAt(step)));
        scene.oneReconcileMakesItRight("interrupted at " + step);
    }

    @Test
    void anInterruptThatThePublisherMeetsIsOne() {
        GatewayPublisher interrupted = new FaultyPublisher(scene.directory(), FaultPoint.never()) {
            @Override
            public Publication publish(Collection<Gateway> wanted, Set<String> pending) {
                Thread.currentThread().interrupt();
                throw new PublisherException("interrupted while files were written", true, null);
            }
        };
        GatewayController controller = scene.controller(scene.node, interrupted);

        Throwable ended = catchThrowable(() -> controller.apply(controller.plan(), Scene.quick()));

        assertThat(Thread.interrupted()).as("the flag is set").isTrue();
        assertThat(ended)
                .isInstanceOf(ApplyInterruptedException.class)
                .hasRootCauseInstanceOf(PublisherException.class);
        scene.oneReconcileMakesItRight("interrupted while publishing");
    }

    /** What is known to be down for certain at this step. */
    private static Set<String> downAt(ApplyStep step) {
        return step == ApplyStep.REMOVAL || step == ApplyStep.START ? Set.of("t-replace", "s-replace") : Set.of();
    }

    @ParameterizedTest
    @EnumSource(
            value = ApplyStep.class,
            names = {"PUBLISH", "REMOVAL"})
    void whoIsNoLongerInChargeStopsBeforeTheNextChange(ApplyStep step) {
        AtomicBoolean inCharge = new AtomicBoolean(true);
        try (GatewayController controller = GatewayController.builder(scene.store, scene.node)
                .publisher(new FaultyPublisher(scene.directory(), FaultPoint.never()))
                .authority(inCharge::get)
                .build()) {
            scene.freeSwitch.forgetCommands();

            Throwable ended = catchThrowable(() -> controller.apply(
                    controller.plan(), Scene.quick().withProgress(at(step, () -> inCharge.set(false)))));

            assertThat(ended)
                    .isInstanceOfSatisfying(
                            NoAuthorityException.class,
                            refused -> assertThat(refused.down()).containsExactlyInAnyOrderElementsOf(downAt(step)));
        }
        assertThat(scene.freeSwitch.commands()).noneMatch(command -> command.contains("rescan"));
        scene.oneReconcileMakesItRight("the next in charge");
    }

    /** Nobody may have to look for what was taken down, and nobody is to look for what was to go. */
    @ParameterizedTest
    @EnumSource(
            value = ApplyStep.class,
            names = {"PUBLISH", "REMOVAL"})
    void theLogNamesTheGatewaysThatAreDownAndNoOthers(ApplyStep step) {
        AtomicBoolean inCharge = new AtomicBoolean(true);
        PrintStream errors = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        try (GatewayController controller = GatewayController.builder(scene.store, scene.node)
                .publisher(new FaultyPublisher(scene.directory(), FaultPoint.never()))
                .authority(inCharge::get)
                .build()) {
            System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
            assertThat(catchThrowable(() -> controller.apply(
                            controller.plan(), Scene.quick().withProgress(at(step, () -> inCharge.set(false))))))
                    .isInstanceOf(NoAuthorityException.class);
        } finally {
            System.setErr(errors);
        }

        String down = downAt(step).isEmpty() ? "" : "not seen to run again: [s-replace, t-replace]. They are down";
        assertThat(logged.toString(StandardCharsets.UTF_8)).contains(down);
        assertThat(logged.toString(StandardCharsets.UTF_8).contains("not seen to run again"))
                .isEqualTo(!down.isEmpty());
    }

    private static Consumer<ApplyProgress> at(ApplyStep step, Runnable trouble) {
        AtomicBoolean happened = new AtomicBoolean();
        return progress -> {
            if (progress.step() == step && !happened.getAndSet(true)) {
                trouble.run();
            }
        };
    }
}
