package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.DoubtfulPlanException;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.MassChangeException;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.control.ProfileNotFoundException;
import io.github.ctigateway.control.StalePlanException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.status.GatewayEvent;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.SipReason;
import io.github.ctigateway.store.InMemoryGatewayStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The controller on a whole switch: the simulator, over the event socket. */
class GatewayControllerTest {
    private static final Duration TICK = Duration.ofMillis(20);

    private final InMemoryGatewayStore store = InMemoryGatewayStore.create("example.com");
    private final MemoryPublisher publisher = new MemoryPublisher(StartCommand.RESCAN);
    private final List<Gateway> handmade = new ArrayList<>();
    private final List<Gateway> onInternal = new CopyOnWriteArrayList<>();
    private FreeSwitchSimulator freeSwitch;
    private EslGatewaySwitch node;
    private GatewayController controller;

    @BeforeEach
    void open() {
        open(publisher);
    }

    private void open(MemoryPublisher used) {
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.gateways(() -> {
                    List<Gateway> all = new ArrayList<>(handmade);
                    all.addAll(used.gateways());
                    return all;
                }))
                .profile("internal", SimulatedConfiguration.gateways(() -> onInternal))
                .tick(TICK)
                .start();
        node = EslGatewaySwitch.open(EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), "external");
        controller = controller(used);
    }

    private GatewayController controller(GatewayPublisher used) {
        return GatewayController.builder(store, node).publisher(used).build();
    }

    @AfterEach
    void close() {
        controller.close();
        node.close();
        freeSwitch.close();
        store.close();
    }

    @ParameterizedTest
    @EnumSource(StartCommand.class)
    void createsAndSaysHowEachRegistrationEnded(StartCommand command) {
        close();
        open(new MemoryPublisher(command));
        freeSwitch.registrar().forGateway("refused", RegistrarAnswer.refuse(403, "Forbidden"));
        freeSwitch.registrar().forGateway("mute", RegistrarAnswer.silent());
        store.save(trunk("good"));
        store.save(trunk("refused"));
        store.save(trunk("mute"));
        store.save(trunk("still").toBuilder().set(Parameters.REGISTER, false).build());

        ApplyResult result =
                controller.apply(controller.plan(), quick().withRegistrationTimeout(Duration.ofMillis(300)));

        assertThat(result.outcome("good"))
                .hasValueSatisfying(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Applied.class,
                                applied -> assertThat(applied.state()).isEqualTo(RegistrationState.REGED))
                        .asString()
                        .matches("Applied\\[REGED in [0-9]+\\.[0-9] s\\]"));
        assertThat(result.outcome("refused"))
                .contains(new Outcome.RegistrationFailed(RegistrationState.FAILED, new SipReason(403, "Forbidden")));
        assertThat(result.outcome("mute"))
                .hasValueSatisfying(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.TimedOut.class,
                                timedOut -> assertThat(timedOut.step()).isEqualTo(ApplyStep.REGISTRATION)));
        assertThat(result.outcome("still"))
                .hasValueSatisfying(outcome -> assertThat(outcome.toString()).isEqualTo("Applied[does not register]"));
        assertThat(result.isSuccess()).isFalse();
        assertThat(controller.plan().hasChanges()).isFalse();
    }

    @Test
    void replacesOneAndDisturbsNoOther() {
        saveTrunks(3);
        apply();
        int registers = freeSwitch.registrar().registers("t1");
        freeSwitch.forgetCommands();
        store.save(trunk("t2").toBuilder().set(Parameters.PASSWORD, "fresh").build());

        Plan plan = controller.plan();

        assertThat(plan.changes()).extracting(PlanItem::gateway).containsExactly("t2");
        assertThat(plan.item("t2").orElseThrow().differences())
                .extracting(Object::toString)
                .containsExactly("param.password changed");
        assertThat(controller.apply(plan, quick()).isSuccess()).isTrue();
        assertThat(freeSwitch.commands().stream().filter(command -> command.contains("killgw")))
                .containsExactly("api sofia profile external killgw external::t2");
        assertThat(freeSwitch.registrar().registers("t1")).isEqualTo(registers);
        assertThat(controller.plan().count(Action.KEEP)).isEqualTo(3);
    }

    @Test
    void aVerifiedReplaceLeavesTheRegistrarWithEveryBinding() {
        saveTrunks(20);
        apply();
        for (int i = 0; i < 20; i++) {
            store.save(trunk("t" + i).toBuilder()
                    .set(Parameters.EXPIRE_SECONDS, Duration.ofMinutes(10))
                    .build());
        }

        ApplyResult result = controller.apply(controller.plan(), quick().withMassChange(true));

        assertThat(result.isSuccess()).isTrue();
        assertThat(freeSwitch.registrar().bindings()).hasSize(20);
    }

    @Test
    void removesWhatIsNoLongerStoredAndLeavesTheUnmanaged() {
        handmade.add(trunk("handmade"));
        saveTrunks(2);
        apply();
        store.delete("t0");

        ApplyResult result = controller.apply(controller.plan(), quick());

        assertThat(result.outcome("t0"))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Removed.class));
        assertThat(liveNames()).containsExactlyInAnyOrder("handmade", "t1");
        assertThat(result.outcome("handmade"))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Skipped.class));
    }

    @Test
    void refusesAMassChangeUnlessAllowed() {
        saveTrunks(6);
        apply();
        freeSwitch.forgetCommands();
        for (int i = 0; i < 6; i++) {
            store.delete("t" + i);
        }
        Plan plan = controller.plan();

        assertThatThrownBy(() -> controller.apply(plan, quick()))
                .isInstanceOfSatisfying(
                        MassChangeException.class, e -> assertThat(e.kills()).isEqualTo(6));
        assertThat(freeSwitch.commands()).noneMatch(command -> command.contains("killgw"));
        assertThat(liveNames()).hasSize(6);

        assertThat(controller.apply(plan, quick().withMassChange(true)).isSuccess())
                .isTrue();
        assertThat(liveNames()).isEmpty();
    }

    @Test
    void refusesAPlanThatIsStale() {
        saveTrunks(2);
        Plan plan = controller.plan();
        store.save(trunk("t1").toBuilder().set(Parameters.PASSWORD, "fresh").build());

        assertThatThrownBy(() -> controller.apply(plan, quick()))
                .isInstanceOfSatisfying(
                        StalePlanException.class, e -> assertThat(e.gateways()).containsExactly("t1"));
        assertThat(liveNames()).isEmpty();
    }

    @Test
    void refusesToKillWhenWhatIsLiveWasPublishedElsewhere() {
        saveTrunks(2);
        apply();
        controller.close();
        controller = controller(new MemoryPublisher(StartCommand.RESCAN));
        store.delete("t0");
        Plan plan = controller.plan();

        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .contains("none of the live gateways of this store that stay (1)");
        assertThatThrownBy(() -> controller.apply(plan, quick())).isInstanceOf(DoubtfulPlanException.class);
        assertThat(liveNames()).hasSize(2);
        assertThat(controller.apply(plan, quick().withMassChange(true)).isSuccess())
                .isTrue();
    }

    @Test
    void aGatewayThatIsUntouchedAndFailsIsNoSuccess() {
        freeSwitch.registrar().forGateway("t0", RegistrarAnswer.forbidden());
        store.save(trunk("t0").toBuilder()
                .set(Parameters.RETRY_SECONDS, Duration.ofHours(1))
                .build());
        controller.apply(controller.plan(), quick());
        await().until(() -> liveStates().get("t0") == RegistrationState.FAIL_WAIT);

        ApplyResult again = controller.apply(controller.plan(), quick());

        assertThat(again.outcome("t0"))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unchanged.class));
        assertThat(again.isSuccess()).isFalse();
    }

    @Test
    void appliesOnlyWhatIsChosen() {
        saveTrunks(3);

        ApplyResult result = controller.apply(controller.plan().only(Set.of("t1")), quick());

        assertThat(liveNames()).containsExactly("t1");
        assertThat(result.outcome("t0")).contains(new Outcome.Skipped(Action.CREATE, "its change was held back"));
        assertThat(controller.plan().changes()).extracting(PlanItem::gateway).containsExactly("t0", "t2");
    }

    @Test
    void saysWhenAForeignDefinitionComesFirst() {
        handmade.add(
                trunk("t0").toBuilder().set(Parameters.REALM, "foreign.example").build());
        saveTrunks(1);

        ApplyResult result = controller.apply(controller.plan(), quick());

        assertThat(result.outcome("t0"))
                .hasValueSatisfying(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                rejected -> assertThat(rejected.reason()).contains("another definition")));
    }

    @Test
    void saysWhenFreeSwitchDoesNotTakeAGatewayIn() {
        close();
        MemoryPublisher silent = new MemoryPublisher(StartCommand.RESCAN);
        open(new MemoryPublisher(StartCommand.RESCAN));
        controller.close();
        controller = controller(silent);
        saveTrunks(1);

        assertThat(controller.apply(controller.plan(), quick()).outcome("t0"))
                .hasValueSatisfying(outcome -> assertThat(outcome.toString()).contains("did not take it in"));
    }

    @Test
    void saysWhyFreeSwitchSkippedAGatewayWhereItCanBeKnown() {
        store.save(trunk("tls").toBuilder().set("register-transport", "tls").build());
        store.save(trunk("clash"));
        store.save(trunk("good"));
        ApplyOptions meanwhile = quick().withProgress(progress -> {
            if (progress.step() == ApplyStep.START && onInternal.isEmpty()) {
                onInternal.add(trunk("clash"));
                node.client().api("sofia profile internal rescan");
            }
        });

        ApplyResult result = controller.apply(controller.plan(), meanwhile);

        assertThat(rejection(result, "tls")).contains("param.register-transport", "TLS");
        assertThat(rejection(result, "clash")).contains("lives on profile internal");
        assertThat(result.outcome("good")).containsInstanceOf(Outcome.Applied.class);
    }

    private static String rejection(ApplyResult result, String gateway) {
        return result.outcome(gateway)
                .filter(Outcome.Rejected.class::isInstance)
                .map(outcome -> ((Outcome.Rejected) outcome).reason())
                .orElseThrow();
    }

    @Test
    void aControllerThatCannotBeBuiltClosesWhatWouldHaveBeenItsOwn() {
        AtomicBoolean closed = new AtomicBoolean();
        GatewayPublisher closable = new FaultyPublisher(publisher, FaultPoint.never()) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        EslGatewaySwitch nowhere = EslGatewaySwitch.open(
                EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), "no-such-profile");
        try {
            GatewayController.Builder builder =
                    GatewayController.builder(store, nowhere).publisher(closable);

            assertThatThrownBy(builder::build).isInstanceOf(ProfileNotFoundException.class);
        } finally {
            nowhere.close();
        }
        assertThat(closed).isTrue();
    }

    /** It waited until the removal timed out for a gateway to go that was wanted and live already. */
    @Test
    void goesOnWhenSomebodyElseStartedTheGatewayMeanwhile() {
        saveTrunks(1);
        apply();
        store.save(trunk("t0").toBuilder().set(Parameters.PASSWORD, "fresh").build());
        Plan plan = controller.plan();
        EslGatewaySwitch foreign =
                EslGatewaySwitch.open(EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), "external");
        // Told before the apply is, which listens later.
        node.subscribe(event -> {
            if (event instanceof GatewayEvent.Deleted) {
                foreign.start(StartCommand.RESCAN);
            }
        });

        ApplyResult result = controller.apply(plan, quick());

        foreign.close();
        assertThat(result.outcome("t0")).containsInstanceOf(Outcome.Applied.class);
        assertThat(boundUsers()).containsExactly("t0");
    }

    @Test
    void createsAgainWhatIsGoingDownOnlyAfterItIsGone() {
        saveTrunks(1);
        apply();
        node.kill(Set.of("t0"));

        ApplyResult result = controller.apply(controller.plan(), quick());

        assertThat(result.isSuccess()).isTrue();
        assertThat(freeSwitch.registrar().bindings()).hasSize(1);
    }

    @Test
    void doesNotStartBesideAGatewayThatWillNotGo() {
        saveTrunks(1);
        apply();
        freeSwitch.close();
        node.close();
        controller.close();
        MemoryPublisher published = new MemoryPublisher(StartCommand.RESCAN);
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.gateways(published::gateways))
                .manualTicks()
                .start();
        node = EslGatewaySwitch.open(EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), "external");
        controller = controller(published);
        ApplyOptions impatient =
                quick().withRemovalTimeout(Duration.ofMillis(200)).withRegistrationTimeout(Duration.ZERO);
        controller.apply(controller.plan(), impatient);
        freeSwitch.forgetCommands();
        store.save(trunk("t0").toBuilder().set(Parameters.PASSWORD, "fresh").build());

        ApplyResult result = controller.apply(controller.plan(), impatient);

        assertThat(result.outcome("t0")).contains(new Outcome.TimedOut(ApplyStep.REMOVAL, Duration.ofMillis(200)));
        assertThat(freeSwitch.commands()).noneMatch(command -> command.contains("rescan"));
    }

    @Test
    void endsAsUnknownWhenTheSwitchIsLostAndIsRepairedByTheNextPlan() {
        saveTrunks(1);
        apply();
        store.save(trunk("t0").toBuilder().set(Parameters.PASSWORD, "fresh").build());
        ApplyOptions losing = quick().withReconnectTimeout(Duration.ZERO).withProgress(progress -> {
            if (progress.step() == ApplyStep.KILL && progress.outcome().isEmpty()) {
                freeSwitch.dropConnections();
                await().until(() -> node.client().state() != EslConnectionState.READY);
            }
        });

        ApplyResult result = controller.apply(controller.plan(), losing);

        assertThat(result.outcome("t0"))
                .hasValueSatisfying(outcome -> assertThat(outcome).isInstanceOf(Outcome.Unknown.class));
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> controller.plan() != null);
        assertThat(controller.apply(controller.plan(), quick()).isSuccess()).isTrue();
    }

    @Test
    void goesOnWhenTheProgressListenerFails() {
        saveTrunks(1);

        ApplyResult result = controller.apply(controller.plan(), quick().withProgress(progress -> {
            throw new IllegalStateException("a defect of the application");
        }));

        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    void goesOnWhenTheConnectionIsLostAndBackWhileItWaits() {
        saveTrunks(3);
        apply();
        for (int i = 0; i < 3; i++) {
            store.save(
                    trunk("t" + i).toBuilder().set(Parameters.PASSWORD, "fresh").build());
        }
        AtomicBoolean dropped = new AtomicBoolean();
        ApplyOptions dropping = quick().withProgress(progress -> {
            if (progress.step() == ApplyStep.REMOVAL && !dropped.getAndSet(true)) {
                freeSwitch.dropConnections();
            }
        });

        ApplyResult result = controller.apply(controller.plan(), dropping);

        assertThat(result.isSuccess()).as(result.toString()).isTrue();
        assertThat(boundUsers()).hasSize(3);
    }

    private void saveTrunks(int count) {
        for (int i = 0; i < count; i++) {
            store.save(trunk("t" + i));
        }
    }

    private void apply() {
        assertThat(controller.apply(controller.plan(), quick()).isSuccess()).isTrue();
    }

    private static ApplyOptions quick() {
        return ApplyOptions.defaults()
                .withReadBackTimeout(Duration.ofMillis(300))
                .withRegistrationTimeout(Duration.ofSeconds(5));
    }

    private List<String> liveNames() {
        return node.live().stream().map(live -> live.name()).toList();
    }

    private Map<String, RegistrationState> liveStates() {
        return node.live().stream()
                .collect(Collectors.toMap(live -> live.name(), live -> live.state(), (one, two) -> one));
    }

    private Set<String> boundUsers() {
        return freeSwitch.registrar().bindings().keySet().stream()
                .map(address -> address.replaceAll("@.*", ""))
                .collect(Collectors.toSet());
    }

    private static Gateway trunk(String name) {
        return Gateway.builder(name)
                .set(Parameters.REALM, "carrier.example")
                .set(Parameters.USERNAME, name)
                .set(Parameters.PASSWORD, "pw-" + name)
                .set(Parameters.RETRY_SECONDS, Duration.ofSeconds(5))
                .build();
    }
}
