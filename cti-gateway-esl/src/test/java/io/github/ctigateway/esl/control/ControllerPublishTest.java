package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.NoAuthorityException;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PublisherException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.model.Gateway;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions are prepared before anything is killed, and readable before anything is started. */
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
    void aKilledGatewaysNewDefinitionIsReadableWhileTheOldGatewayGoes() {
        AtomicReference<Optional<String>> atKill = new AtomicReference<>(Optional.empty());
        AtomicReference<Optional<String>> atRemoval = new AtomicReference<>(Optional.empty());
        ApplyOptions options = Scene.quick().withProgress(progress -> {
            if (progress.step() == ApplyStep.KILL) {
                atKill.set(publishedPassword());
            } else if (progress.step() == ApplyStep.REMOVAL) {
                atRemoval.set(publishedPassword());
            }
        });
        GatewayController controller = controller();

        assertThat(controller.apply(controller.plan(), options).isSuccess()).isTrue();

        assertThat(atKill.get()).contains("before");
        assertThat(atRemoval.get()).contains("after");
    }

    @Test
    void whatCannotBePreparedIsNotKilled() {
        GatewayController controller = controller();
        Plan plan = controller.plan();
        scene.directory().failWith(diskFull);
        scene.freeSwitch.forgetCommands();

        assertThatThrownBy(() -> controller.apply(plan, Scene.quick())).isSameAs(diskFull);

        assertThat(scene.freeSwitch.commands()).noneMatch(command -> command.matches(".*(killgw|rescan).*"));
    }

    @Test
    void whenPublishingFailsAfterTheKillTheOldDefinitionIsStartedAgain() {
        scene.store.save(Scene.trunk("t2", "new"));
        GatewayController controller = controller();
        Plan plan = controller.plan();
        scene.directory().failLateWith(diskFull);

        ApplyResult result = controller.apply(plan, Scene.quick());

        assertThat(result.outcome("t1")).contains(new Outcome.Rejected("the disk is full"));
        assertThat(result.outcome("t2")).contains(new Outcome.Rejected("the disk is full"));
        assertThat(scene.node.names()).containsExactly("t1");
    }

    /** Whatever the publisher throws: it must not leave down what was killed. */
    @Test
    void aDefectOfThePublisherAfterTheKillLeavesNothingDown() {
        GatewayController controller = controller();
        Plan plan = controller.plan();
        scene.directory().failLateWith(new IllegalStateException("a defect"));

        ApplyResult result = controller.apply(plan, Scene.quick());

        assertThat(result.outcome("t1")).contains(new Outcome.Rejected("a defect"));
        assertThat(scene.node.names()).containsExactly("t1");
    }

    /** The next rescan would take it in again. */
    @Test
    void aRemovedGatewayWhoseDefinitionStaysIsNotCalledRemoved() {
        scene.store.delete("t1");
        GatewayController controller = controller();
        Plan plan = controller.plan();
        scene.directory().failLateWith(diskFull);

        ApplyResult result = controller.apply(plan, Scene.quick().withMassChange(true));

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.outcome("t1").orElseThrow().toString())
                .contains("can still read its definition", "the disk is full");
    }

    @Test
    void withNothingToKillAFailureSendsNothing() {
        scene.store.save(before);
        scene.store.save(Scene.trunk("t2", "new"));
        GatewayController controller = controller();
        Plan plan = controller.plan();
        scene.directory().failLateWith(diskFull);
        scene.freeSwitch.forgetCommands();

        assertThatThrownBy(() -> controller.apply(plan, Scene.quick())).isSameAs(diskFull);

        assertThat(scene.freeSwitch.commands()).noneMatch(command -> command.matches(".*(killgw|rescan).*"));
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

    @Test
    void whoIsNoLongerInChargeAfterTheKillPublishesNothing() {
        AtomicBoolean inCharge = new AtomicBoolean(true);
        ApplyOptions options = Scene.quick().withProgress(progress -> {
            if (progress.step() == ApplyStep.KILL) {
                inCharge.set(false);
            }
        });
        try (GatewayController controller = GatewayController.builder(scene.store, scene.node)
                .publisher(scene.directory())
                .authority(inCharge::get)
                .build()) {
            Plan plan = controller.plan();

            assertThatThrownBy(() -> controller.apply(plan, options))
                    .isInstanceOfSatisfying(
                            NoAuthorityException.class,
                            refused -> assertThat(Set.copyOf(refused.down())).containsExactly("t1"));
        }
        assertThat(publishedPassword()).contains("before");
        scene.oneReconcileMakesItRight("the next in charge");
    }
}
