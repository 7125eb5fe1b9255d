package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.ReplacePace;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a replaced gateway is started: once the old one is gone, or once it has sent its un-REGISTER. Ticks come by hand. */
class ReplacePaceTest {
    private final Scene scene = Scene.withManualTicks(StartCommand.RESCAN);
    private final AtomicBoolean started = new AtomicBoolean();
    private final List<RegistrationState> states = new CopyOnWriteArrayList<>();
    private final AtomicBoolean deleted = new AtomicBoolean();

    @BeforeEach
    void oneRuns() throws Exception {
        scene.store.save(Scene.trunk("t1", "before"));
        ticking(apply(ReplacePace.VERIFIED));
        assertThat(scene.bound()).containsExactly("t1");
        scene.store.save(Scene.trunk("t1", "after"));
        started.set(false);
        scene.node.subscribe(event -> {
            if (event instanceof GatewayEvent.StateChanged changed) {
                states.add(changed.state());
            } else if (event instanceof GatewayEvent.Deleted) {
                deleted.set(true);
            }
        });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void verifiedStartsOnlyWhenTheOldGatewayIsGone() throws Exception {
        CompletableFuture<ApplyResult> result = apply(ReplacePace.VERIFIED);
        untilUnregistered();

        await().during(Duration.ofMillis(1500)).until(() -> !started.get());

        ticking(result);
        assertThat(deleted).isTrue();
        assertThat(scene.bound()).containsExactly("t1");
    }

    @Test
    void fastStartsOnceTheOldGatewayHasUnregisteredAndKeepsTheBinding() throws Exception {
        CompletableFuture<ApplyResult> result = apply(ReplacePace.FAST);
        untilUnregistered();

        await().until(started::get);
        assertThat(deleted).isFalse();

        ticking(result);
        assertThat(scene.bound()).containsExactly("t1");
    }

    private CompletableFuture<ApplyResult> apply(ReplacePace pace) {
        GatewayController controller = scene.controller(scene.node, scene.directory());
        return CompletableFuture.supplyAsync(() -> controller.apply(
                controller.plan(),
                Scene.quick()
                        .withPace(pace)
                        .withReadBackTimeout(Duration.ofSeconds(10))
                        .withProgress(progress -> {
                            if (progress.step() == ApplyStep.START) {
                                started.set(true);
                            }
                        })));
    }

    /** The tick on which the un-REGISTER goes out, and no further. */
    private void untilUnregistered() {
        await().until(() ->
                scene.freeSwitch.commands().stream().anyMatch(command -> command.contains("killgw external::t1")));
        scene.freeSwitch.tick();
        await().until(() -> states.contains(RegistrationState.DOWN));
    }

    private void ticking(CompletableFuture<ApplyResult> result) throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    scene.freeSwitch.tick();
                    return result.isDone();
                });
        assertThat(result.get(1, TimeUnit.SECONDS).isSuccess()).isTrue();
    }
}
