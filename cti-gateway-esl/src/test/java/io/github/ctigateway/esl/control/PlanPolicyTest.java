package io.github.ctigateway.esl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.LiveGateway;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.control.PlanItem;
import io.github.ctigateway.control.PlanPolicy;
import io.github.ctigateway.control.ReconcileOptions;
import io.github.ctigateway.control.StalePlanException;
import io.github.ctigateway.control.StartCommand;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.simulator.FreeSwitchSimulator;
import io.github.ctigateway.esl.simulator.SimulatedConfiguration;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.store.InMemoryGatewayStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done with gateways that are not in the store, and with those that have calls. */
class PlanPolicyTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final InMemoryGatewayStore store = InMemoryGatewayStore.create("example.com");
    private final MemoryPublisher publisher = new MemoryPublisher(StartCommand.RESCAN);
    private final List<Gateway> handmade = new CopyOnWriteArrayList<>();
    private final List<GatewayController> controllers = new ArrayList<>();
    private FreeSwitchSimulator freeSwitch;
    private EslGatewaySwitch node;

    @BeforeEach
    void open() {
        freeSwitch = FreeSwitchSimulator.builder()
                .profile("external", SimulatedConfiguration.gateways(() -> {
                    List<Gateway> all = new ArrayList<>(handmade);
                    all.addAll(publisher.gateways());
                    return all;
                }))
                .tick(Duration.ofMillis(10))
                .start();
        node = EslGatewaySwitch.open(EslOptions.of("127.0.0.1", freeSwitch.port(), freeSwitch.password()), "external");
    }

    @AfterEach
    void close() {
        controllers.forEach(GatewayController::close);
        node.close();
        freeSwitch.close();
        store.close();
    }

    /** FreeSWITCH takes its event socket down for a command with these words in it. */
    @Test
    void aGatewayThatNoCommandMayNameHindersNoOthers() {
        byHand(trunk("reload-mod_event_socket"));
        store.save(trunk("other"));

        ApplyResult result = apply(controller(PlanPolicy.usual().removingUnmanaged()));

        assertThat(result.outcome("other")).containsInstanceOf(Outcome.Applied.class);
        assertThat(live()).containsExactlyInAnyOrder("reload-mod_event_socket", "other");
    }

    @Test
    void removesWhatNobodyManagesWhenToldTo() {
        byHand(trunk("byhand"));
        handmade.clear();
        GatewayController controller = controller(PlanPolicy.usual().removingUnmanaged());

        ApplyResult result = apply(controller);

        assertThat(result.outcome("byhand")).containsInstanceOf(Outcome.Removed.class);
        assertThat(live()).isEmpty();
    }

    @Test
    void removesNothingThatSomebodyMadeAnewSinceThePlanWasMade() {
        byHand(trunk("byhand"));
        handmade.clear();
        GatewayController controller = controller(PlanPolicy.usual().removingUnmanaged());
        Plan plan = controller.plan();
        assertThat(plan.item("byhand").map(PlanItem::action)).contains(Action.REMOVE);
        node.kill(Set.of("byhand"));
        await().until(() -> live().isEmpty());
        byHand(trunk("byhand").toBuilder()
                .set(Parameters.REALM, "other.example")
                .build());
        handmade.clear();

        assertThatThrownBy(() -> controller.apply(plan, ApplyOptions.defaults().withMassChange(true)))
                .isInstanceOf(StalePlanException.class);
        assertThat(live()).containsExactly("byhand");
    }

    @Test
    void adoptsWithoutSendingAnything() {
        Gateway byHand = trunk("byhand");
        byHand(byHand);
        GatewayController controller = controller(PlanPolicy.usual()
                .adopting(name ->
                        handmade.stream().filter(one -> one.name().equals(name)).findFirst()));

        ApplyResult result = apply(controller);

        assertThat(result.outcome("byhand")).contains(new Outcome.Adopted());
        assertThat(result.isSuccess()).isTrue();
        assertThat(store.find("byhand").orElseThrow().gateway()).isEqualTo(byHand);
        assertThat(freeSwitch.commands()).noneMatch(command -> command.contains("killgw"));
        assertThat(controller.plan().item("byhand").map(PlanItem::action)).contains(Action.KEEP);
        assertThat(controller.plan().hasChanges()).isFalse();
    }

    @Test
    void adoptsNothingOverWhatSomebodyStoredMeanwhile() {
        byHand(trunk("byhand"));
        Gateway other = trunk("byhand").toBuilder().set("ping", "30").build();
        GatewayController controller = controller(PlanPolicy.usual().adopting(name -> {
            store.save(other);
            return Optional.of(trunk("byhand"));
        }));

        assertThatThrownBy(() -> apply(controller)).isInstanceOf(StalePlanException.class);

        assertThat(store.find("byhand").orElseThrow().gateway()).isEqualTo(other);
    }

    @Test
    void leavesGatewaysWithCallsForLater() {
        runs("busy", "idle");
        String call = freeSwitch.beginCall("busy", false);
        store.delete("busy");
        store.delete("idle");
        GatewayController controller = controller(PlanPolicy.usual().skippingCalls());

        assertThat(controller.plan().item("busy").map(PlanItem::calls)).contains(1);
        ApplyResult result = apply(controller);

        assertThat(result.outcome("idle")).containsInstanceOf(Outcome.Removed.class);
        assertThat(result.outcome("busy"))
                .hasValueSatisfying(outcome ->
                        assertThat(outcome.toString()).contains("held back").contains("calls"));
        assertThat(live()).containsExactly("busy");

        assertThat(freeSwitch.endCall(call)).isTrue();
        apply(controller);
        assertThat(live()).isEmpty();
    }

    @Test
    void waitsForCallsWhileOthersAreDone() throws Exception {
        runs("busy", "idle");
        String call = freeSwitch.beginCall("busy", true);
        store.delete("busy");
        store.delete("idle");
        GatewayController controller = controller(PlanPolicy.usual().waitingForCalls(LONG));

        CompletableFuture<ApplyResult> result = CompletableFuture.supplyAsync(() -> apply(controller));
        await().until(() -> live().equals(Set.of("busy")));
        assertThat(result).isNotDone();
        freeSwitch.endCall(call);

        assertThat(result.get(30, TimeUnit.SECONDS).outcomes().values()).allMatch(Outcome.Removed.class::isInstance);
        assertThat(live()).isEmpty();
    }

    @Test
    void waitsForCallsNoLongerThanTheLimit() {
        runs("busy");
        freeSwitch.beginCall("busy", false);
        store.delete("busy");
        GatewayController controller = controller(PlanPolicy.usual().waitingForCalls(Duration.ofMillis(50)));

        assertThat(apply(controller).outcome("busy")).containsInstanceOf(Outcome.Removed.class);
    }

    @Test
    void whoIsWantedAgainWhileItsCallsAreWaitedForStays() throws Exception {
        runs("busy");
        String call = freeSwitch.beginCall("busy", false);
        Gateway wanted = store.find("busy").orElseThrow().gateway();
        store.delete("busy");
        GatewayController controller = controller(PlanPolicy.usual().waitingForCalls(LONG));
        CompletableFuture<ApplyResult> result = CompletableFuture.supplyAsync(() -> apply(controller));
        await().until(() -> freeSwitch.commands().stream()
                        .filter(command -> command.contains("show channels"))
                        .count()
                > 2);

        store.save(wanted);
        freeSwitch.endCall(call);

        assertThat(result.get(30, TimeUnit.SECONDS).outcome("busy"))
                .hasValueSatisfying(outcome -> assertThat(outcome.toString()).contains("plan again"));
        assertThat(live()).containsExactly("busy");
    }

    @Test
    void closingEndsTheWaitForCalls() throws Exception {
        runs("busy");
        freeSwitch.beginCall("busy", false);
        store.delete("busy");
        GatewayController controller = controller(PlanPolicy.usual().waitingForCalls(LONG));
        CompletableFuture<ApplyResult> result = CompletableFuture.supplyAsync(() -> apply(controller));
        await().until(() -> freeSwitch.commands().stream().anyMatch(command -> command.contains("show channels")));

        controller.close();

        assertThat(result.get(30, TimeUnit.SECONDS).outcome("busy")).containsInstanceOf(Outcome.Skipped.class);
        assertThat(live()).containsExactly("busy");
    }

    @Test
    void aReconcilingControllerWaitsForCallsAndDoesTheRest() {
        runs("busy", "idle");
        String call = freeSwitch.beginCall("busy", false);
        GatewayController controller = controller(PlanPolicy.usual().waitingForCalls(LONG));
        controller.start(
                ReconcileOptions.defaults().withApply(ApplyOptions.defaults().withMassChange(true)));
        store.delete("busy");
        store.delete("idle");
        await().until(() -> live().equals(Set.of("busy")));
        store.save(trunk("fresh"));
        await().until(() -> live().equals(Set.of("busy", "fresh")));

        freeSwitch.endCall(call);

        await().until(() -> live().equals(Set.of("fresh")));
    }

    private void byHand(Gateway gateway) {
        handmade.add(gateway);
        node.start(StartCommand.RESCAN);
        await().until(() -> live().contains(gateway.name()));
    }

    /** Stores them and has them run. */
    private void runs(String... names) {
        for (String name : names) {
            store.save(trunk(name));
        }
        assertThat(apply(controller(PlanPolicy.usual())).isSuccess()).isTrue();
    }

    private GatewayController controller(PlanPolicy policy) {
        GatewayController controller = GatewayController.builder(store, node)
                .publisher(publisher)
                .policy(policy)
                .build();
        controllers.add(controller);
        return controller;
    }

    private static ApplyResult apply(GatewayController controller) {
        return controller.apply(controller.plan(), ApplyOptions.defaults().withMassChange(true));
    }

    private Set<String> live() {
        return node.live().stream().map(LiveGateway::name).collect(Collectors.toSet());
    }

    private static Gateway trunk(String name) {
        return Gateway.builder(name)
                .set(Parameters.REALM, "carrier.example")
                .set(Parameters.USERNAME, name)
                .set(Parameters.PASSWORD, "pw")
                .set(Parameters.REGISTER, false)
                .build();
    }
}
