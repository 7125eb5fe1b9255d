package io.github.ctigateway.esl.fleet;

import static io.github.ctigateway.esl.fleet.FleetUnderTest.often;
import static io.github.ctigateway.esl.fleet.FleetUnderTest.quick;
import static io.github.ctigateway.esl.fleet.FleetUnderTest.trunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.control.Action;
import io.github.ctigateway.control.ApplyStep;
import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.ReconcileRun;
import io.github.ctigateway.control.SwitchException;
import io.github.ctigateway.control.SwitchUnavailableException;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.esl.simulator.RegistrarAnswer;
import io.github.ctigateway.fleet.FleetOptions;
import io.github.ctigateway.fleet.FleetPlan;
import io.github.ctigateway.fleet.FleetResult;
import io.github.ctigateway.fleet.GatewayFleet;
import io.github.ctigateway.fleet.InMemoryLeases;
import io.github.ctigateway.fleet.Lease;
import io.github.ctigateway.fleet.LeaseHeldException;
import io.github.ctigateway.fleet.NodeReport;
import io.github.ctigateway.fleet.NodeState;
import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.store.InMemoryGatewayStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Fleets over simulated nodes. */
class GatewayFleetTest {
    private static final FleetOptions QUICK = FleetOptions.defaults().withApply(quick());

    private final InMemoryGatewayStore store = InMemoryGatewayStore.create("example.com");
    private final InMemoryLeases leases = InMemoryLeases.create();
    private final FleetUnderTest nodes = new FleetUnderTest("fs1", "fs2", "fs3");

    @AfterEach
    void close() {
        nodes.close();
        store.close();
    }

    @Test
    void appliesToEveryNodeWithAnOutcomeForEach() {
        store.save(trunk("t1"));
        nodes.node("fs2").registrar().forGateway("t1", RegistrarAnswer.forbidden());
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            FleetPlan plan = fleet.plan();
            assertThat(plan.plans()).containsOnlyKeys("fs1", "fs2", "fs3");
            assertThat(nodes.changesSentTo("fs1")).isEmpty();

            FleetResult result = fleet.apply(plan, QUICK);

            assertThat(result.isSuccess()).isFalse();
            assertThat(result.results().get("fs1").isSuccess()).isTrue();
            assertThat(result.results().get("fs2").outcome("t1").orElseThrow().toString())
                    .contains("403");
            assertThat(nodes.bound("fs1")).containsExactly("t1");
            assertThat(nodes.bound("fs3")).containsExactly("t1");
            assertThat(fleet.plan().hasChanges()).isFalse();
        }
    }

    @Test
    void aNodeThatIsDownIsReportedAndStopsNoOther() {
        store.save(trunk("t1"));
        nodes.stop("fs2");
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            FleetPlan plan = fleet.plan();
            assertThat(plan.failures().get("fs2")).isInstanceOf(SwitchUnavailableException.class);

            FleetResult result = fleet.apply(plan, QUICK);

            assertThat(result.results()).containsOnlyKeys("fs1", "fs3");
            assertThat(result.failures()).containsOnlyKeys("fs2");
            assertThat(result.isSuccess()).isFalse();
            nodes.start("fs2");
            assertThat(fleet.apply(fleet.plan(), QUICK).isSuccess()).isTrue();
            assertThat(nodes.bound("fs2")).containsExactly("t1");
        }
    }

    @Test
    void knowsTheStatusesOfTheNodesThatItReaches() {
        store.save(trunk("t1"));
        nodes.stop("fs3");
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            assertThat(fleet.statuses()).isEmpty();

            fleet.start(often());

            await().untilAsserted(() -> assertThat(fleet.statuses())
                    .extracting(GatewayStatus::node, GatewayStatus::gateway, GatewayStatus::state)
                    .containsExactly(
                            tuple("fs1", "t1", RegistrationState.REGED), tuple("fs2", "t1", RegistrationState.REGED)));
        }
    }

    @Test
    void aNodeThatIsLostBetweenPlanAndApplyIsAFailureOfItsOwn() {
        store.save(trunk("t1"));
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            FleetPlan plan = fleet.plan();
            nodes.stop("fs3");

            FleetResult result = fleet.apply(plan, QUICK);

            assertThat(result.results()).containsOnlyKeys("fs1", "fs2");
            assertThat(result.failures().get("fs3")).isInstanceOf(SwitchException.class);
        }
    }

    @Test
    void aCanaryThatFailsSparesTheRest() {
        store.save(trunk("t1"));
        nodes.node("fs1").registrar().forGateway("t1", RegistrarAnswer.forbidden());
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            FleetResult result = fleet.apply(fleet.plan(), QUICK.withCanary(true));

            assertThat(result.spared()).containsExactly("fs2", "fs3");
            assertThat(result.isSuccess()).isFalse();
            assertThat(nodes.changesSentTo("fs2")).isEmpty();
            assertThat(nodes.changesSentTo("fs3")).isEmpty();
        }
    }

    @Test
    void aCanaryThatEndsWellIsFollowedByTheRest() {
        store.save(trunk("t1"));
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            FleetResult result =
                    fleet.apply(fleet.plan(), QUICK.withCanary(true).withAtOnce(1));

            assertThat(result.isSuccess()).isTrue();
            assertThat(result.results()).containsOnlyKeys("fs1", "fs2", "fs3");
        }
    }

    /** Each waits before its start until all are there; one after the other would wait for ever. */
    @Test
    void nodesAreWorkedOnAtTheSameTime() {
        store.save(trunk("t1"));
        CyclicBarrier all = new CyclicBarrier(3);
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            FleetResult result = fleet.apply(fleet.plan(), QUICK.withProgress((node, progress) -> {
                if (progress.step() == ApplyStep.START && progress.outcome().isEmpty()) {
                    meet(all);
                }
            }));

            assertThat(result.isSuccess()).isTrue();
        }
        assertThat(all.isBroken()).isFalse();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rollingGoesFromNodeToNode() {
        store.save(trunk("t1"));
        List<String> worked = new CopyOnWriteArrayList<>();
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            FleetResult result =
                    fleet.apply(fleet.plan(), QUICK.withAtOnce(1).withProgress((node, progress) -> worked.add(node)));

            assertThat(result.isSuccess()).isTrue();
        }
        List<String> turns = new ArrayList<>();
        worked.stream()
                .filter(node -> turns.isEmpty() || !turns.get(turns.size() - 1).equals(node))
                .forEach(turns::add);
        assertThat(turns).containsExactlyInAnyOrder("fs1", "fs2", "fs3");
    }

    @Test
    void aCanaryIsNotBlamedForAGatewayThatFailedBefore() {
        nodes.node("fs1").registrar().forGateway("bad", RegistrarAnswer.forbidden());
        store.save(trunk("bad"));
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            fleet.apply(fleet.plan(), QUICK);
            store.save(trunk("good"));

            FleetResult result = fleet.apply(fleet.plan(), QUICK.withCanary(true));

            assertThat(result.spared()).isEmpty();
            assertThat(nodes.bound("fs3")).contains("good");
        }
    }

    @Test
    void nothingIsSentToANodeOnWhichAnotherProcessWorks() {
        store.save(trunk("t1"));
        try (GatewayFleet fleet = nodes.fleet(store, leases).build();
                Lease other = leases.tryAcquire("example.com/fs2/external", Duration.ofSeconds(1))
                        .orElseThrow()) {
            FleetResult result = fleet.apply(fleet.plan(), QUICK);

            assertThat(other.isHeld()).isTrue();
            assertThat(result.failures().get("fs2"))
                    .isInstanceOfSatisfying(
                            LeaseHeldException.class,
                            held -> assertThat(held.node()).isEqualTo("fs2"));
            assertThat(result.results()).containsOnlyKeys("fs1", "fs3");
            assertThat(nodes.changesSentTo("fs2")).isEmpty();
        }
    }

    @Test
    void keepsEveryNodeAndCatchesUpOneThatWasDown() {
        nodes.stop("fs2");
        Queue<NodeReport> reports = new ConcurrentLinkedQueue<>();
        Set<String> ran = ConcurrentHashMap.newKeySet();
        try (GatewayFleet fleet = nodes.fleet(store, leases)
                .onNode(reports::add)
                .onRun((node, run) -> ran.add(node))
                .build()) {
            fleet.start(often());
            store.save(trunk("t1"));
            await().until(() ->
                    nodes.bound("fs1").contains("t1") && nodes.bound("fs3").contains("t1"));
            assertThat(states(fleet)).containsEntry("fs2", NodeState.DOWN).containsEntry("fs1", NodeState.WORKING);

            nodes.start("fs2");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> nodes.bound("fs2").contains("t1"));
            await().until(() -> states(fleet).get("fs2") == NodeState.WORKING);
            await().until(() -> ran.containsAll(Set.of("fs1", "fs2", "fs3")));
            assertThat(reports).anyMatch(report -> report.name().equals("fs2") && report.state() == NodeState.WORKING);

            assertThatThrownBy(fleet::plan).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> fleet.start(often())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void reportsANodeThatGoesDownWhileItIsWorkedOnAndGoesOnWhenItIsBack() {
        store.save(trunk("t1"));
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            fleet.start(often());
            await().until(() -> nodes.bound("fs1").contains("t1"));
            nodes.stop("fs1");
            await().atMost(Duration.ofSeconds(20)).until(() -> states(fleet).get("fs1") == NodeState.DOWN);
            store.save(trunk("t2"));
            await().until(() -> nodes.bound("fs2").contains("t2"));

            nodes.start("fs1");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> nodes.bound("fs1").containsAll(Set.of("t1", "t2")));
        }
    }

    @Test
    void twoFleetsShareTheNodesAndOneTakesOverFromTheOther() {
        store.save(trunk("t1"));
        Queue<String> workers = new ConcurrentLinkedQueue<>();
        try (GatewayFleet second = nodes.fleet(store, leases)
                .onRun((node, run) -> note(workers, "second", run))
                .build()) {
            try (GatewayFleet first = nodes.fleet(store, leases)
                    .onRun((node, run) -> note(workers, "first", run))
                    .build()) {
                first.start(often());
                await().until(() -> states(first).values().stream().allMatch(state -> state == NodeState.WORKING));
                second.start(often());
                await().until(() -> states(second).values().stream().allMatch(state -> state == NodeState.STANDBY));
                await().until(() -> nodes.bound("fs3").contains("t1"));
                await().until(() -> !workers.isEmpty());
                assertThat(workers).containsOnly("first");
            }
            store.save(trunk("t2"));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> nodes.bound("fs1").contains("t2"));
            await().until(() -> states(second).values().stream().allMatch(state -> state == NodeState.WORKING));
            await().until(() -> workers.contains("second"));
        }
    }

    @Test
    void aLostLeaseStopsTheWorkUntilItIsTakenAgain() {
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            fleet.start(often());
            await().until(() -> states(fleet).values().stream().allMatch(state -> state == NodeState.WORKING));
            assertThat(leases.revoke("example.com/fs1/external")).isTrue();
            try (Lease other = takeWhenFree("example.com/fs1/external")) {
                await().until(() -> states(fleet).get("fs1") == NodeState.STANDBY);
                store.save(trunk("t1"));
                await().until(() -> nodes.bound("fs2").contains("t1"));
                assertThat(other.isHeld()).isTrue();
                assertThat(nodes.changesSentTo("fs1")).isEmpty();
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> nodes.bound("fs1").contains("t1"));
        }
    }

    /** The fleet itself tries too, so several tries may be needed. */
    private Lease takeWhenFree(String name) {
        return await().pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            leases.revoke(name);
                            return leases.tryAcquire(name, Duration.ofSeconds(1));
                        },
                        lease -> lease.isPresent())
                .orElseThrow();
    }

    @Test
    void aGatewayRunsOnTheNodesThatItNames() {
        store.save(trunk("t1").toBuilder().onNodes(Set.of("fs1", "fs3")).build());
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            assertThat(fleet.apply(fleet.plan(), QUICK).isSuccess()).isTrue();
            assertThat(nodes.bound("fs1")).containsExactly("t1");
            assertThat(nodes.bound("fs2")).isEmpty();

            store.save(trunk("t1").toBuilder().onNodes(Set.of("fs2")).build());
            assertThat(fleet.apply(fleet.plan(), QUICK).isSuccess()).isTrue();
            assertThat(nodes.bound("fs1")).isEmpty();
            assertThat(nodes.bound("fs2")).containsExactly("t1");
            assertThat(nodes.bound("fs3")).isEmpty();
        }
    }

    @Test
    void aGatewayForOneNodeIsPlannedForItsOwnerAndTakenByOne() {
        store.save(trunk("t1").toBuilder().onOneNode().build());
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            FleetPlan plan = fleet.plan();
            assertThat(leases.owners(Set.of("t1"))).isEmpty();

            FleetResult result = fleet.apply(plan, QUICK);

            assertThat(result.isSuccess()).isTrue();
            assertThat(plan.plans().get("fs2").count(Action.OFF)).isEqualTo(1);
            assertThat(nodes.bound("fs1")).containsExactly("t1");
            assertThat(fleet.plan().hasChanges()).isFalse();
        }
    }

    @Test
    void aGatewayForOneNodeMovesWhenItsNodeDies() {
        store.save(trunk("t1").toBuilder().onOneNode().build());
        store.save(trunk("t2").toBuilder()
                .onOneNode()
                .onNodes(Set.of("fs2", "fs3"))
                .build());
        try (GatewayFleet fleet = nodes.fleet(store, leases).build()) {
            fleet.start(often());
            await().until(() -> runningOn("t1").size() == 1 && runningOn("t2").size() == 1);
            String first = runningOn("t1").iterator().next();
            await().during(Duration.ofSeconds(3))
                    .until(() -> runningOn("t1").equals(Set.of(first))
                            && runningOn("t2").size() == 1);
            assertThat(runningOn("t2")).isSubsetOf("fs2", "fs3");

            nodes.stop(first);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> runningOn("t1").size() == 1 && !runningOn("t1").contains(first));
            Set<String> second = runningOn("t1");
            nodes.start(first);
            await().until(() -> states(fleet).get(first) == NodeState.WORKING);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> runningOn("t1").equals(second));
        }
    }

    @Test
    void aGatewayForOneNodeStaysWhereItRunsWhenTheWorkPassesToAnotherProcess() {
        store.save(trunk("t1").toBuilder().onOneNode().build());
        String owner;
        try (GatewayFleet first = nodes.fleet(store, leases).build()) {
            first.start(often());
            await().until(() -> runningOn("t1").size() == 1);
            owner = runningOn("t1").iterator().next();
        }
        int registers = nodes.node(owner).registrar().registers("t1");
        try (GatewayFleet second = nodes.fleet(store, leases).build()) {
            second.start(often());
            await().until(() -> states(second).values().stream().allMatch(state -> state == NodeState.WORKING));
            await().during(Duration.ofSeconds(2)).until(() -> runningOn("t1").equals(Set.of(owner)));
            assertThat(nodes.node(owner).registrar().registers("t1")).isEqualTo(registers);
        }
    }

    private Set<String> runningOn(String user) {
        return nodes.names().stream()
                .filter(name -> nodes.bound(name).contains(user))
                .collect(Collectors.toSet());
    }

    @Test
    void aDefectOfTheApplicationOnOneNodeStopsNoOther() {
        store.save(trunk("t1"));
        GatewayFleet.Builder builder = nodes.fleet(store, leases)
                .node(
                        "broken",
                        () -> {
                            throw new IllegalStateException("a defect of the application");
                        },
                        node -> GatewayController.builder(store, node));
        try (GatewayFleet fleet = builder.build()) {
            fleet.start(often());
            await().until(() -> nodes.bound("fs3").contains("t1"));
            await().until(() -> states(fleet).get("broken") == NodeState.DOWN);
        }
    }

    @Test
    void aDefectAtOneNodeDoesNotCutShortWhatIsUnderWayAtAnother() {
        store.save(trunk("t1"));
        GatewayFleet.Builder builder = GatewayFleet.builder(store).leases(leases);
        for (String name : List.of("fs1", "fs2")) {
            builder.node(
                    name,
                    () -> EslGatewaySwitch.open(
                            EslOptions.of("127.0.0.1", nodes.node(name).port(), "ClueCon"), "external"),
                    node -> GatewayController.builder(store, node).publisher(nodes.published(name)));
        }
        FleetOptions options = FleetOptions.defaults().withApply(quick());
        try (GatewayFleet fleet = builder.build()) {
            FleetPlan plan = fleet.plan();
            nodes.published("fs1").failWith(new IllegalStateException("a defect of a publisher"));

            assertThatThrownBy(() -> fleet.apply(plan, options)).hasRootCauseMessage("a defect of a publisher");
            assertThat(nodes.bound("fs2")).contains("t1");
        }
    }

    @Test
    void aFleetNeedsANodeAndEveryNodeANameOfItsOwn() {
        assertThatThrownBy(() -> GatewayFleet.builder(store).build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> nodes.fleet(store, leases)
                        .node(
                                "fs1",
                                () -> {
                                    throw new IllegalStateException();
                                },
                                node -> GatewayController.builder(store, node)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void note(Queue<String> workers, String worker, ReconcileRun run) {
        if (run.result().isPresent()) {
            workers.add(worker);
        }
    }

    private static Map<String, NodeState> states(GatewayFleet fleet) {
        List<NodeReport> reports = fleet.nodes();
        return reports.stream().collect(Collectors.toMap(NodeReport::name, NodeReport::state));
    }
}
