package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.StartCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a progress bar is told. */
class ApplyProgressTest {
    @Test
    void stepsComeInTheirOrderAndEachChangedGatewaysOutcomeIsToldOnce() {
        try (Scene scene = new Scene(StartCommand.RESCAN, Duration.ofMillis(20))) {
            List.of("t-keep", "t-replace", "s-remove").forEach(name -> scene.store.save(Scene.trunk(name, "before")));
            scene.oneReconcileMakesItRight("at the beginning");
            scene.store.save(Scene.trunk("t-replace", "after"));
            scene.store.save(Scene.trunk("s-create", "after"));
            scene.store.delete("s-remove");
            List<ApplyProgress> told = new ArrayList<>();
            GatewayController controller = scene.controller(scene.node, scene.directory());

            ApplyResult result =
                    controller.apply(controller.plan(), Scene.quick().withProgress(told::add));

            assertThat(told).extracting(ApplyProgress::step).isSorted().contains(ApplyStep.values());
            assertThat(told).allSatisfy(progress -> assertThat(progress.done()).isBetween(0, progress.total()));
            Map<String, Outcome> outcomes = new HashMap<>();
            told.stream()
                    .filter(progress -> progress.outcome().isPresent())
                    .forEach(progress -> assertThat(outcomes.put(
                                    progress.gateway(), progress.outcome().orElseThrow()))
                            .isNull());
            assertThat(outcomes).containsOnlyKeys("t-replace", "s-create", "s-remove");
            assertThat(result.outcomes()).containsAllEntriesOf(outcomes).containsKey("t-keep");
        }
    }
}
