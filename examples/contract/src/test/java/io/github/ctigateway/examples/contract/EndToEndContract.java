package io.github.ctigateway.examples.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.ApplyOptions;
import io.github.ctigateway.control.ApplyResult;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.MassChangeException;
import io.github.ctigateway.control.Outcome;
import io.github.ctigateway.control.Plan;
import io.github.ctigateway.esl.contract.RawEventSocket;
import io.github.ctigateway.esl.contract.TestRegistrar.Behaviour;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.InMemoryGatewayStore;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is saved is what runs, its status is what the registrar knows, and nothing else is touched. */
public abstract class EndToEndContract extends WholeLibrary {
    @Test
    void savedGatewaysRunAndTheirStatusIsTheRegistrarsView() {
        server().registrar().answer("e403", Behaviour.FORBIDDEN);
        store().save(trunk("e1", "p1"));
        store().save(trunk("e2", "p2"));
        store().save(trunk("e403", "p3"));
        store().save(Gateway.builder("ctitest-quiet")
                .set(Parameters.REGISTER, false)
                .set(Parameters.REALM, "r.example")
                .build());

        Plan plan = controller().plan();
        assertThat(actions(plan).values()).containsOnly(Action.CREATE).hasSize(4);
        ApplyResult result = apply(plan);

        assertThat(result.outcome("ctitest-e1")).get().isInstanceOf(Outcome.Applied.class);
        assertThat(result.outcome("ctitest-e2")).get().isInstanceOf(Outcome.Applied.class);
        assertThat(result.outcome("ctitest-quiet")).get().isInstanceOf(Outcome.Applied.class);
        assertThat(result.outcome("ctitest-e403"))
                .get()
                .isInstanceOfSatisfying(
                        Outcome.RegistrationFailed.class,
                        failed -> assertThat(failed.reason())
                                .hasValueSatisfying(
                                        reason -> assertThat(reason.status()).isEqualTo(403)));
        assertThat(server().registrar().boundUsers()).containsExactlyInAnyOrder("e1", "e2");
        assertThat(controller().statuses().stream()
                        .filter(status -> status.state() == RegistrationState.REGED)
                        .map(GatewayStatus::gateway)
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of("ctitest-e1", "ctitest-e2"));
        assertThat(actions(controller().plan()).values()).containsOnly(Action.KEEP);
    }

    @Test
    void changeReplacesOneAndTouchesNoOther() {
        IntStream.range(0, 5).forEach(i -> store().save(trunk("c" + i, "before")));
        assertThat(apply(controller().plan()).isSuccess()).isTrue();
        int registersBefore = server().registrar().registers("c1");

        store().save(trunk("c0", "after"));
        Plan plan = controller().plan();
        assertThat(actions(plan)).containsEntry("ctitest-c0", Action.REPLACE);
        assertThat(plan.count(Action.KEEP)).isEqualTo(4);
        assertThat(apply(plan).isSuccess()).isTrue();

        assertThat(server().registrar().boundUsers()).contains("c0", "c1", "c2", "c3", "c4");
        assertThat(server().registrar().unregisters("c0")).isEqualTo(1);
        assertThat(server().registrar().unregisters("c1")).isZero();
        assertThat(server().registrar().registers("c1")).isEqualTo(registersBefore);
    }

    @Test
    void removedGatewayIsGoneAndUnmanagedOnesStay() {
        publishAndRescan(quiet("ctitest-unmanaged"));
        store().save(trunk("r1", "p"));
        store().save(trunk("r2", "p"));
        assertThat(apply(controller().plan()).isSuccess()).isTrue();

        store().delete("ctitest-r1");
        Plan plan = controller().plan();
        assertThat(actions(plan))
                .containsEntry("ctitest-r1", Action.REMOVE)
                .containsEntry("ctitest-r2", Action.KEEP)
                .containsEntry("ctitest-unmanaged", Action.UNMANAGED);
        ApplyResult result = apply(plan);

        assertThat(result.outcome("ctitest-r1")).get().isInstanceOf(Outcome.Removed.class);
        assertThat(live()).containsExactly("ctitest-r2", "ctitest-unmanaged");
        assertThat(server().registrar().boundUsers()).contains("r2").doesNotContain("r1");
    }

    @Test
    void storesThatShareAProfileAndItsDirectoryLeaveEachOthersGatewaysAlone() {
        assumeTrue(publisher() instanceof XmlDirectoryPublisher, "one answerer of mod_xml_curl serves one store");
        store().save(trunk("s1", "p"));
        assertThat(apply(controller().plan()).isSuccess()).isTrue();
        XmlDirectoryPublisher theirs = XmlDirectoryPublisher.at(server().gatewayDirectory());
        try (InMemoryGatewayStore other = InMemoryGatewayStore.create("other.example");
                GatewayController others = GatewayController.builder(other, node())
                        .publisher(theirs)
                        .build()) {
            other.save(trunk("s2", "p"));
            assertThat(others.apply(others.plan()).isSuccess()).isTrue();

            store().delete("ctitest-s1");
            assertThat(apply(controller().plan()).isSuccess()).isTrue();
            assertThat(actions(others.plan())).isEqualTo(Map.of("ctitest-s2", Action.KEEP));
            assertThat(theirs.published("ctitest-s2")).isPresent();
            assertThat(theirs.published("ctitest-s1")).isEmpty();
            profile("rescan");
            assertThat(live()).containsExactly("ctitest-s2");

            other.delete("ctitest-s2");
            assertThat(others.apply(others.plan()).isSuccess()).isTrue();
        }
    }

    @Test
    void replacingAllKeepsEveryBinding() {
        IntStream.range(0, 20).forEach(i -> store().save(trunk("b" + i, "before")));
        assertThat(apply(controller().plan()).isSuccess()).isTrue();

        IntStream.range(0, 20).forEach(i -> store().save(trunk("b" + i, "after")));
        Plan plan = controller().plan();
        assertThat(plan.count(Action.REPLACE)).isEqualTo(20);
        assertThat(apply(plan).isSuccess()).isTrue();

        assertThat(server().registrar().boundUsers())
                .containsAll(IntStream.range(0, 20).mapToObj(i -> "b" + i).toList());
    }

    @Test
    void gatewayKilledBehindOurBackIsPlannedAgain() {
        store().save(trunk("k1", "p"));
        assertThat(apply(controller().plan()).isSuccess()).isTrue();

        try (RawEventSocket other = server().connect()) {
            other.api("sofia profile " + server().profile() + " killgw ctitest-k1");
        }
        within(10, () -> live().isEmpty());
        Plan plan = controller().plan();
        assertThat(actions(plan)).containsEntry("ctitest-k1", Action.CREATE);
        assertThat(apply(plan).isSuccess()).isTrue();
        assertThat(server().registrar().boundUsers()).contains("k1");
    }

    @Test
    void statusInRedisIsTheRegistrarsView() {
        server().registrar().answer("st-403", Behaviour.FORBIDDEN);
        List<String> names = List.of("st-1", "st-2", "st-3", "st-403");
        names.forEach(name -> store().save(trunk(name, "p")));
        assertThat(apply(controller().plan()).outcomes()).hasSize(names.size());
        within(10, () -> registeredInRedis().equals(Set.of("st-1", "st-2", "st-3")));
        assertThat(server().registrar().boundUsers()).containsExactlyInAnyOrderElementsOf(registeredInRedis());

        server().registrar().answer("st-403", Behaviour.ACCEPT);
        store().save(trunk("st-1", "after"));
        store().save(trunk("st-403", "after"));
        store().delete("ctitest-st-3");
        assertThat(apply(controller().plan()).isSuccess()).isTrue();

        within(10, () -> registeredInRedis().equals(Set.of("st-1", "st-2", "st-403")));
        assertThat(server().registrar().boundUsers()).containsExactlyInAnyOrderElementsOf(registeredInRedis());
        assertThat(inRedis()).containsOnlyKeys("st-1", "st-2", "st-403");
    }

    @Test
    void massRemovalIsRefusedAndTouchesNothing() {
        // So many that others' gateways on the same switch cannot make it a small share.
        int count = node().live().size() + 10;
        IntStream.range(0, count).forEach(i -> store().save(quietTrunk(i, "u")));
        assertThat(apply(controller().plan()).isSuccess()).isTrue();

        IntStream.range(0, count).forEach(i -> store().delete("ctitest-q" + i));
        Plan plan = controller().plan();
        assertThat(plan.count(Action.REMOVE)).isEqualTo(count);
        assertThatThrownBy(() -> controller().apply(plan)).isInstanceOf(MassChangeException.class);

        assertThat(live()).hasSize(count);
        assertThat(apply(controller().plan()).isSuccess()).isTrue();
        assertThat(live()).isEmpty();
    }

    @Test
    void restartInTheMiddleOfAnApplyEndsAsWanted() {
        assumeTrue(server().canRestart(), "no -Dfreeswitch.restart-command was given");
        List<String> users = List.of("m1", "m2", "m3", "m4", "m5", "m6");
        users.forEach(user -> store().save(trunk(user, "before")));
        assertThat(apply(controller().plan()).isSuccess()).isTrue();

        users.forEach(user -> store().save(trunk(user, "after")));
        AtomicBoolean restarted = new AtomicBoolean();
        ApplyOptions options = ApplyOptions.defaults().withMassChange(true).withProgress(progress -> {
            if (progress.step() == ApplyStep.START && restarted.compareAndSet(false, true)) {
                restartServer();
            }
        });
        ApplyResult result = controller().apply(controller().plan(), options);

        assertThat(restarted).isTrue();
        assertThat(result.outcomes().values()).noneMatch(Outcome.Rejected.class::isInstance);
        within(30, () -> apply(controller().plan()).isSuccess());
        assertThat(actions(controller().plan()).values())
                .containsOnly(Action.KEEP)
                .hasSize(users.size());
        assertThat(server().registrar().boundUsers()).containsExactlyInAnyOrderElementsOf(users);
    }
}
