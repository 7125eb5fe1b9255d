package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.ReplacePace;
import io.github.ctigateway.control.StartCommand;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process dies before and after every call of a whole apply; the next process makes it right with one look. */
class ControllerCrashTest {
    @ParameterizedTest
    @CsvSource({"RESCAN, VERIFIED, true", "RESCAN, VERIFIED, false", "START_ALL, FAST, true", "START_ALL, FAST, false"})
    void wheneverTheProcessDiesTheNextOneMakesItRight(StartCommand command, ReplacePace pace, boolean after) {
        try (Scene scene = new Scene(command, Duration.ofMillis(5))) {
            scene.oneReconcileMakesItRight("at the beginning");
            boolean died = true;
            int call = 0;
            while (died) {
                call++;
                baseline(scene, call);
                died = dies(scene, new FaultPoint(call, after), pace);
                if (command == StartCommand.START_ALL) {
                    scene.forgetPublished();
                }
                scene.oneReconcileMakesItRight("died at call " + call);
            }
            assertThat(call)
                    .as("calls of an apply that creates, replaces and removes")
                    .isGreaterThan(10);
        }
    }

    private static void baseline(Scene scene, int round) {
        scene.store.save(Scene.trunk("t-keep", "same"));
        scene.store.save(Scene.trunk("t-replace", "pw" + round));
        scene.store.save(Scene.trunk("s-replace", "pw" + round));
        scene.store.save(Scene.trunk("t-remove", "same"));
        scene.store.save(Scene.trunk("s-remove", "same"));
        scene.store.delete("t-create");
        scene.store.delete("s-create");
        scene.oneReconcileMakesItRight("before round " + round);
        scene.store.save(Scene.trunk("t-replace", "fresh" + round));
        scene.store.save(Scene.trunk("s-replace", "fresh" + round));
        scene.store.delete("t-remove");
        scene.store.delete("s-remove");
        scene.store.save(Scene.trunk("t-create", "same"));
        scene.store.save(Scene.trunk("s-create", "same"));
    }

    private static boolean dies(Scene scene, FaultPoint fault, ReplacePace pace) {
        FaultySwitch node = new FaultySwitch(scene.node, fault, () -> false);
        FaultyPublisher publisher = new FaultyPublisher(scene.directory(), fault);
        try (GatewayController process = scene.controller(node, publisher)) {
            Plan plan = process.plan();
            fault.arm();
            process.apply(plan, Scene.quick().withPace(pace));
            return fault.isReached();
        } catch (FaultPoint.Death e) {
            return true;
        }
    }
}
