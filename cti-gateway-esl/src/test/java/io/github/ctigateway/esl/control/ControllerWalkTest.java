package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.CtiGatewayException;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyProgress;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.control.ReplacePace;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random walks of everything that can happen to a switch and to those who control it. Whatever happened, one look of a new process makes
 * the switch run what the store says, and the registrar has what the switch claims.
 */
class ControllerWalkTest {
    private static final Duration TICK = Duration.ofMillis(5);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterARandomWalkOneReconcileMakesLiveEqualDesired(long seed) {
        try (Walk walk = new Walk(seed)) {
            for (int step = 0; step < 30; step++) {
                walk.step();
            }
            walk.endsWell();
        }
    }

    @ParameterizedTest
    @EnumSource(ApplyStep.class)
    void anApplyGoesOnWhenTheConnectionDropsAtAStep(ApplyStep step) {
        goesOn(step, scene -> scene.freeSwitch.dropConnections());
    }

    @ParameterizedTest
    @EnumSource(ApplyStep.class)
    void anApplyGoesOnWhenFreeSwitchRestartsAtAStep(ApplyStep step) {
        goesOn(step, scene -> scene.freeSwitch.restart());
    }

    private static void goesOn(ApplyStep step, Consumer<Scene> trouble) {
        try (Scene scene = new Scene(StartCommand.RESCAN, TICK)) {
            List.of("t-keep", "t-replace", "s-replace", "t-remove")
                    .forEach(name -> scene.store.save(Scene.trunk(name, "before")));
            scene.oneReconcileMakesItRight("at the beginning");
            scene.store.save(Scene.trunk("t-replace", "after"));
            scene.store.save(Scene.trunk("s-replace", "after"));
            scene.store.save(Scene.trunk("t-create", "after"));
            scene.store.delete("t-remove");
            AtomicBoolean happened = new AtomicBoolean();
            try (GatewayController controller = scene.controller(scene.node, scene.directory())) {
                ApplyOptions options = Scene.quick()
                        .withReadBackTimeout(Duration.ofSeconds(3))
                        .withProgress(at(step, happened, () -> trouble.accept(scene)));

                assertThat(controller.apply(controller.plan(), options).outcomes())
                        .as("%s", step)
                        .allSatisfy((name, outcome) -> assertThat(outcome.isSuccess())
                                .as("%s", outcome)
                                .isTrue());
            }
            assertThat(happened).isTrue();
            scene.isRight("after trouble at " + step);
        }
    }

    /** Runs the trouble once, when an apply enters this step. */
    private static Consumer<ApplyProgress> at(ApplyStep step, AtomicBoolean happened, Runnable trouble) {
        return progress -> {
            if (progress.step() == step && !happened.getAndSet(true)) {
                trouble.run();
            }
        };
    }

    /** What can go wrong while somebody applies. */
    private enum Trouble {
        NONE,
        EDIT,
        FOREIGN_KILL,
        DROPPED_CONNECTION,
        RESTART,
        LOST_EVENTS,
        DEATH,
        TAKEOVER
    }

    private static final class Walk implements AutoCloseable {
        private static final List<String> NAMES = List.of("t1", "t2", "t3", "t4", "s1", "s2");

        private static final List<RegistrarAnswer> ANSWERS =
                List.of(RegistrarAnswer.forbidden(), RegistrarAnswer.silent(), RegistrarAnswer.accept());

        private final long seed;
        private final Random random;
        private final Scene scene;
        private final EslGatewaySwitch otherConnection;

        /** The process that is in charge; both believe it at once for as long as a command takes. */
        private final AtomicInteger inCharge = new AtomicInteger(1);

        /** Users to whom the registrar may have answered otherwise than with 200, perhaps when they left. */
        private final Set<String> unwilling = new TreeSet<>();

        private final Map<Trouble, Integer> met = new EnumMap<>(Trouble.class);

        private final AtomicInteger through = new AtomicInteger();

        Walk(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.scene = new Scene(seed % 2 == 0 ? StartCommand.START_ALL : StartCommand.RESCAN, TICK);
            this.otherConnection = scene.anotherConnection();
        }

        void step() {
            switch (random.nextInt(7)) {
                case 0 -> scene.store.delete(any(NAMES));
                case 1, 2 -> edit();
                case 3 -> attempt(this::foreignKill);
                case 4 -> changeRegistrar(any(NAMES), any(ANSWERS));
                default -> attempt(this::apply);
            }
        }

        private <T> T any(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private void changeRegistrar(String gateway, RegistrarAnswer answer) {
            scene.freeSwitch.registrar().forGateway(gateway, answer);
            unwilling.add(gateway);
        }

        private void edit() {
            scene.store.save(Scene.trunk(any(NAMES), "pw" + random.nextInt(3)));
        }

        /** Most troubles come at a step that an apply without a change never enters. */
        private void somethingToDo() {
            edit();
            edit();
            if (random.nextBoolean()) {
                scene.store.delete(any(NAMES));
            }
        }

        private void awaitSwitch() {
            await("the switch").ignoreExceptions().until(() -> scene.node.identity() != null);
            await("the switch").ignoreExceptions().until(() -> otherConnection.identity() != null);
        }

        private void foreignKill() {
            scene.node.kill(Set.of(any(NAMES)));
        }

        /** What an application sees as a failure is no failure of the walk; anything else is. */
        private static void attempt(Runnable work) {
            try {
                work.run();
            } catch (CtiGatewayException | FaultPoint.Death e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }

        private void apply() {
            Trouble trouble = any(List.of(Trouble.values()));
            met.merge(trouble, 1, Integer::sum);
            ApplyStep step = any(List.of(ApplyStep.values()));
            boolean losesEvents = trouble == Trouble.LOST_EVENTS;
            // Not the walk's own: another thread asks it.
            Random losses = new Random(random.nextLong());
            FaultPoint fault = trouble == Trouble.DEATH
                    ? new FaultPoint(1 + random.nextInt(12), random.nextBoolean())
                    : FaultPoint.never();
            CompletableFuture<?>[] other = {CompletableFuture.completedFuture(null)};
            Runnable onStep = switch (trouble) {
                case EDIT -> this::edit;
                case FOREIGN_KILL -> () -> attempt(this::foreignKill);
                case DROPPED_CONNECTION -> scene.freeSwitch::dropConnections;
                case RESTART -> scene.freeSwitch::restart;
                case TAKEOVER ->
                    () -> {
                        inCharge.set(2);
                        other[0] = CompletableFuture.runAsync(
                                () -> attempt(() -> apply(2, otherConnection, Scene.quick())));
                    };
                case NONE, LOST_EVENTS, DEATH -> () -> {};
            };
            inCharge.set(1);
            awaitSwitch();
            somethingToDo();
            fault.arm();
            GatewaySwitch node = new FaultySwitch(scene.node, fault, () -> losesEvents && losses.nextInt(3) == 0);
            ApplyOptions options = Scene.quick()
                    .withRegistrationTimeout(Duration.ofMillis(300))
                    .withPace(random.nextInt(4) == 0 ? ReplacePace.FAST : ReplacePace.VERIFIED)
                    .withProgress(at(step, new AtomicBoolean(), onStep));
            try {
                apply(1, node, options);
            } finally {
                other[0].join();
            }
        }

        private void apply(int process, GatewaySwitch node, ApplyOptions options) {
            try (GatewayController controller = GatewayController.builder(scene.store, node)
                    .publisher(new FaultyPublisher(scene.directory(), FaultPoint.never()))
                    .authority(() -> inCharge.get() == process)
                    .build()) {
                ApplyResult result = controller.apply(controller.plan(), options);
                if (!result.outcomes().isEmpty()) {
                    through.incrementAndGet();
                }
            }
        }

        void endsWell() {
            assertThat(through.get()).as("applies that got to their end").isGreaterThan(2);
            String when = "after the walk of seed " + seed + " with " + met;
            NAMES.forEach(name -> scene.freeSwitch.registrar().forGateway(name, RegistrarAnswer.accept()));
            awaitSwitch();
            scene.oneReconcile(when);
            scene.isRight(when, unwilling);
        }

        @Override
        public void close() {
            scene.close();
        }
    }
}
