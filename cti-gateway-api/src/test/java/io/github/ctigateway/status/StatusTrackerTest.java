package io.github.ctigateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatusTrackerTest {
    private static final Instant START = Instant.parse("2026-11-22T21:45:24Z");

    private final TestClock clock = new TestClock(START);
    private final List<String> changes = new ArrayList<>();
    private final List<String> snapshotsWanted = new ArrayList<>();
    private final StatusTracker tracker = StatusTracker.builder()
            .clock(clock)
            .onChange(change -> changes.add(change.toString()))
            .onSnapshotWanted(snapshotsWanted::add)
            .build();

    @Test
    void followsOneGatewayFromAddToRegistered() {
        tracker.accept(added("good", "core-1", 1));
        tracker.accept(state("good", RegistrationState.TRYING, null, "core-1", 2));
        tracker.accept(state("good", RegistrationState.REGED, null, "core-1", 3));

        assertThat(changes)
                .containsExactly(
                        "good on ai: - -> UNREGED", "good on ai: UNREGED -> TRYING", "good on ai: TRYING -> REGED");
        assertThat(tracker.status("ai", "good"))
                .hasValueSatisfying(status -> assertThat(status.profile()).isEqualTo("external"));
    }

    @Test
    void keepsTheReasonOfAFailureUntilItRegisters() {
        SipReason forbidden = new SipReason(403, "Forbidden");
        tracker.accept(state("bad", RegistrationState.FAILED, forbidden, "core-1", 1));
        tracker.accept(state("bad", RegistrationState.FAIL_WAIT, null, "core-1", 2));

        assertThat(tracker.status("ai", "bad").flatMap(GatewayStatus::reason)).contains(forbidden);

        tracker.accept(state("bad", RegistrationState.REGED, null, "core-1", 3));

        assertThat(tracker.status("ai", "bad").flatMap(GatewayStatus::reason)).isEmpty();
    }

    @Test
    void keepsAGatewayThatWasAddedAgainBeforeItsOldOneWasDeleted() {
        tracker.accept(added("x", "core-1", 1));
        tracker.accept(added("x", "core-1", 2));
        tracker.accept(deleted("x", "core-1", 3));

        assertThat(tracker.status("ai", "x")).isPresent();

        tracker.accept(deleted("x", "core-1", 4));

        assertThat(tracker.status("ai", "x")).isEmpty();
    }

    @Test
    void keepsTheNewGatewayOfASnapshotThatShowsItTwice() {
        tracker.accept(
                "ai",
                "core-1",
                List.of(
                        new ObservedGateway("x", "external", RegistrationState.TRYING, PingStatus.DOWN),
                        new ObservedGateway("x", "external", RegistrationState.UNREGISTER, PingStatus.UP)),
                START);
        tracker.accept(deleted("x", "core-1", 7));

        assertThat(tracker.status("ai", "x").map(GatewayStatus::state)).contains(RegistrationState.TRYING);
    }

    @Test
    void anAdditionThatIsToldAfterASnapshotHasShownItIsNoReplacement() {
        clock.advance(Duration.ofSeconds(5));
        tracker.accept("ai", "core-1", List.of(observed("x")), clock.instant());
        tracker.accept(added("x", "core-1", 3));
        tracker.accept(deleted("x", "core-1", 8));

        assertThat(tracker.status("ai", "x")).isEmpty();
    }

    @Test
    void anAdditionAfterASnapshotIsAReplacementWhoseOldOneStillGoes() {
        tracker.accept("ai", "core-1", List.of(observed("x")), START);
        tracker.accept(added("x", "core-1", 3));
        tracker.accept(deleted("x", "core-1", 4));

        assertThat(tracker.status("ai", "x")).isPresent();
    }

    @Test
    void aLateSnapshotOfAnEarlierRunChangesNothing() {
        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 9));
        tracker.accept(added("y", "core-2", 1));
        tracker.accept("ai", "core-1", List.of(observed("x")), START);
        tracker.accept(state("y", RegistrationState.REGED, null, "core-2", 2));

        assertThat(tracker.statuses()).extracting(GatewayStatus::gateway).containsExactly("y");
        assertThat(stateOf("y")).isEqualTo(RegistrationState.REGED);
    }

    @Test
    void ignoresLateAndDuplicateEvents() {
        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 9));
        tracker.accept(state("x", RegistrationState.TRYING, null, "core-1", 8));
        tracker.accept(state("x", RegistrationState.TRYING, null, "core-1", 9));

        assertThat(tracker.status("ai", "x").map(GatewayStatus::state)).contains(RegistrationState.REGED);
    }

    @Test
    void aNewCoreUuidStartsAnewAndTheOldOneIsNoLongerHeard() {
        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 9));
        tracker.accept(added("y", "core-2", 1));

        assertThat(tracker.statuses()).extracting(GatewayStatus::gateway).containsExactly("y");

        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 10));

        assertThat(tracker.statuses()).extracting(GatewayStatus::gateway).containsExactly("y");
    }

    @Test
    void whatASnapshotDoesNotShowIsGone() {
        tracker.accept(added("x", "core-1", 1));
        clock.advance(Duration.ofSeconds(1));
        tracker.accept("ai", "core-1", List.of(), clock.instant());

        assertThat(tracker.statuses()).isEmpty();
        assertThat(changes).last().isEqualTo("x on ai: UNREGED -> gone");
    }

    @Test
    void aGatewayThatIsSilentAfterItsAdditionDoesNotRegister() {
        tracker.accept(added("noreg", "core-1", 0));
        tracker.accept(added("slow", "core-1", 1));

        assertThat(stateOf("noreg")).isEqualTo(RegistrationState.UNREGED);

        clock.advance(Duration.ofSeconds(2));
        tracker.accept(state("slow", RegistrationState.TRYING, null, "core-1", 2));
        clock.advance(Duration.ofSeconds(1));

        assertThat(stateOf("noreg")).isEqualTo(RegistrationState.NOREG);
        assertThat(changes).doesNotContain("noreg on ai: UNREGED -> NOREG");

        tracker.accept(state("slow", RegistrationState.REGED, null, "core-1", 3));

        assertThat(changes).contains("noreg on ai: UNREGED -> NOREG").doesNotContain("slow on ai: UNREGED -> NOREG");
        assertThat(stateOf("noreg")).isEqualTo(RegistrationState.NOREG);
    }

    @Test
    void whoKnowsTheDefinitionNeedNotWaitForTheSilence() {
        tracker.accept(added("noreg", "core-1", 1));
        tracker.accept(state("other", RegistrationState.TRYING, null, "core-1", 2));
        tracker.doesNotRegister("ai", "noreg");
        tracker.doesNotRegister("ai", "other");
        tracker.doesNotRegister("ai", "nobody");
        tracker.doesNotRegister("nowhere", "noreg");

        assertThat(stateOf("noreg")).isEqualTo(RegistrationState.NOREG);
        assertThat(stateOf("other")).isEqualTo(RegistrationState.TRYING);
        assertThat(changes).last().isEqualTo("noreg on ai: UNREGED -> NOREG");
    }

    @Test
    void anAdditionThatIsReadLongAfterItHappenedIsBelievedAtOnce() {
        clock.advance(Duration.ofMinutes(5));
        tracker.accept(added("noreg", "core-1", 1));

        assertThat(changes).containsExactly("noreg on ai: - -> NOREG");
    }

    @Test
    void countsTheFailuresInARowUntilItRegisters() {
        RegistrationState[] oneFailure = {
            RegistrationState.UNREGED,
            RegistrationState.TRYING,
            RegistrationState.TIMEOUT,
            RegistrationState.FAILED,
            RegistrationState.FAIL_WAIT
        };
        int sequence = 0;
        for (int attempt = 1; attempt <= 3; attempt++) {
            for (RegistrationState state : oneFailure) {
                tracker.accept(state("x", state, null, "core-1", ++sequence));
            }
            assertThat(statusOf("x").failures()).isEqualTo(attempt);
        }

        tracker.accept(state("x", RegistrationState.TRYING, null, "core-1", ++sequence));
        assertThat(statusOf("x").failures()).isEqualTo(3);

        tracker.accept(state("x", RegistrationState.REGISTER, null, "core-1", ++sequence));
        assertThat(statusOf("x").failures()).isZero();
    }

    /** mod_sofia refreshes by way of UNREGED and TRYING, every 45 s with expire-seconds 60: that is no flap. */
    @Test
    void aRefreshIsNoFlapAndALossIsOneUntilTheWindowPassed() {
        int sequence = 0;
        for (int i = 0; i < 5; i++) {
            sequence = registers("x", sequence);
        }
        assertThat(statusOf("x").flaps()).isZero();

        clock.advance(Duration.ofSeconds(60));
        tracker.accept(state("x", RegistrationState.FAILED, null, "core-1", ++sequence));
        tracker.accept(state("x", RegistrationState.FAIL_WAIT, null, "core-1", ++sequence));
        sequence = registers("x", sequence);
        tracker.accept(state("x", RegistrationState.EXPIRED, null, "core-1", ++sequence));

        assertThat(statusOf("x").flaps()).isEqualTo(2);

        clock.advance(StatusTracker.FLAP_WINDOW.plusSeconds(1));

        assertThat(statusOf("x").flaps()).isZero();
    }

    private int registers(String gateway, int sequence) {
        tracker.accept(state(gateway, RegistrationState.UNREGED, null, "core-1", sequence + 1));
        tracker.accept(state(gateway, RegistrationState.TRYING, null, "core-1", sequence + 2));
        tracker.accept(state(gateway, RegistrationState.REGISTER, null, "core-1", sequence + 3));
        tracker.accept(state(gateway, RegistrationState.REGED, null, "core-1", sequence + 4));
        return sequence + 4;
    }

    /** mod_sofia leaves Ping-Status alone while it refreshes, and calls go by it. */
    @Test
    void aGatewayThatIsRefreshedCanBeUsedAndOneThatFailedOrWasNeverRegisteredCannot() {
        int sequence = registers("x", 0);
        assertThat(statusOf("x").isUsable()).isTrue();
        tracker.accept(state("x", RegistrationState.UNREGED, null, "core-1", ++sequence));
        assertThat(statusOf("x").isUsable()).isTrue();
        tracker.accept(state("x", RegistrationState.FAILED, null, "core-1", ++sequence));
        assertThat(statusOf("x").isUsable()).isFalse();

        tracker.accept(added("fresh", "core-1", ++sequence));
        assertThat(statusOf("fresh").isUsable()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(statusOf("fresh").isUsable()).as("it does not register").isTrue();
    }

    @Test
    void anUnregistrationByCommandIsNoFlap() {
        int sequence = registers("x", 0);
        tracker.accept(state("x", RegistrationState.UNREGISTER, null, "core-1", ++sequence));
        tracker.accept(state("x", RegistrationState.DOWN, null, "core-1", ++sequence));

        assertThat(statusOf("x").flaps()).isZero();
    }

    @Test
    void pingsThatAreNotAnsweredAreAFlapOfAGatewayThatDoesNotRegister() {
        tracker.accept(ping("x", PingStatus.UP, 1));
        tracker.accept(ping("x", PingStatus.DOWN, 2));
        tracker.accept(ping("x", PingStatus.DOWN, 3));

        assertThat(statusOf("x").flaps()).isEqualTo(1);
        assertThat(statusOf("x").failures()).isZero();
    }

    @Test
    void aGapMakesAllOldUntilTheyAreHeardOfAgain() {
        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 1));
        tracker.accept(state("y", RegistrationState.REGED, null, "core-1", 2));
        assertThat(snapshotsWanted).as("an unknown run of FreeSWITCH").containsExactly("ai");

        clock.advance(Duration.ofSeconds(10));
        tracker.disconnected("ai");
        assertThat(snapshotsWanted).hasSize(1);
        assertThat(tracker.statuses()).noneMatch(GatewayStatus::current);

        clock.advance(Duration.ofSeconds(10));
        tracker.gap("ai");
        assertThat(snapshotsWanted).containsExactly("ai", "ai");

        clock.advance(Duration.ofSeconds(1));
        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 3));
        assertThat(statusOf("x").current()).isTrue();
        assertThat(statusOf("y").current()).isFalse();
        assertThat(statusOf("y").age(clock.instant())).isEqualTo(Duration.ofSeconds(19));

        tracker.accept("ai", "core-1", List.of(observed("x"), observed("y")), clock.instant());
        assertThat(tracker.statuses()).hasSize(2).allMatch(GatewayStatus::current);
    }

    @Test
    void aSnapshotThatWasAskedForBeforeTheGapDoesNotFillIt() {
        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 1));
        clock.advance(Duration.ofSeconds(1));
        Instant asked = clock.instant();
        clock.advance(Duration.ofSeconds(1));
        tracker.gap("ai");
        tracker.accept("ai", "core-1", List.of(observed("x")), asked);

        assertThat(statusOf("x").current()).isFalse();
    }

    /** Two threads may ask at once, and the one that asked first may be the last to tell. */
    @Test
    void aSnapshotThatWasAskedForBeforeAnotherChangesNothingAfterIt() {
        Instant asked = clock.instant();
        clock.advance(Duration.ofMillis(5));
        tracker.accept("ai", "core-1", List.of(observed("stays")), clock.instant());
        tracker.accept("ai", "core-1", List.of(observed("gone"), observed("stays")), asked);
        tracker.accept("ai", "core-0", List.of(observed("of a run that nobody knows")), asked);

        assertThat(tracker.statuses()).extracting(GatewayStatus::gateway).containsExactly("stays");
    }

    @Test
    void aClockThatWasPutBackKeepsNoSnapshotOut() {
        tracker.accept("ai", "core-1", List.of(observed("old")), clock.instant());
        tracker.accept(state("heard", RegistrationState.REGED, null, "core-1", 1));
        tracker.disconnected("ai");
        clock.advance(Duration.ofHours(-1));
        tracker.accept("ai", "core-1", List.of(observed("new")), clock.instant());

        assertThat(tracker.statuses())
                .hasSize(1)
                .allMatch(status -> status.gateway().equals("new") && status.current());
    }

    /** What the node answered is older than the events that came while it was asked. */
    @Test
    void aSnapshotOverwritesNothingThatWasHeardAfterItWasAskedFor() {
        tracker.accept(state("failing", RegistrationState.REGED, null, "core-1", 1));
        tracker.accept(state("going", RegistrationState.REGED, null, "core-1", 2));
        Instant asked = clock.instant();
        clock.advance(Duration.ofMillis(5));
        tracker.accept(state("failing", RegistrationState.FAILED, null, "core-1", 3));
        tracker.accept(deleted("going", "core-1", 4));
        tracker.accept(added("coming", "core-1", 5));
        tracker.accept("ai", "core-1", List.of(observed("failing"), observed("going")), asked);

        assertThat(stateOf("failing")).isEqualTo(RegistrationState.FAILED);
        assertThat(tracker.statuses()).extracting(GatewayStatus::gateway).containsExactly("coming", "failing");
    }

    @Test
    void aListenerMayAskTheTrackerAndMayTellItMore() {
        List<String> heard = new ArrayList<>();
        AtomicReference<StatusTracker> itself = new AtomicReference<>();
        StatusTracker asked = StatusTracker.create(change -> {
            heard.add(change.gateway() + itself.get().statuses().size());
            if (change.gateway().equals("x")) {
                itself.get().accept(state("y", RegistrationState.REGED, null, "core-1", 2));
                heard.add("after y");
            }
        });
        itself.set(asked);

        asked.accept(state("x", RegistrationState.REGED, null, "core-1", 1));

        assertThat(heard).containsExactly("x1", "after y", "y2");
    }

    /** Whoever holds a lock that the listener wants would wait for ever for a listener under the tracker's lock. */
    @Test
    void readingNeverWaitsForAListener() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        StatusTracker slow = StatusTracker.create(change -> {
            told.countDown();
            assertThat(awaits(goOn)).isTrue();
        });
        Thread teller = new Thread(() -> slow.accept(state("x", RegistrationState.REGED, null, "core-1", 1)), "teller");
        teller.start();
        assertThat(awaits(told)).isTrue();

        assertThat(slow.statuses()).hasSize(1);
        slow.accept(state("y", RegistrationState.REGED, null, "core-1", 2));
        assertThat(slow.statuses()).hasSize(2);

        goOn.countDown();
        teller.join();
    }

    @Test
    void aListenerThatThrowsKeepsNoOtherChangeFromBeingTold() {
        List<String> heard = new ArrayList<>();
        StatusTracker tracked = StatusTracker.create(change -> {
            heard.add(change.gateway());
            throw new IllegalStateException("a fault of the listener");
        });

        tracked.accept("ai", "core-1", List.of(observed("x"), observed("y")), START);

        assertThat(heard).containsExactlyInAnyOrder("x", "y");
        assertThat(tracked.statuses()).hasSize(2);
    }

    @Test
    void manyThreadsAreToldOfInTheOrderOfTheFolds() throws Exception {
        Map<String, List<String>> heard = new HashMap<>();
        AtomicInteger inside = new AtomicInteger();
        StatusTracker shared = StatusTracker.create(change -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            heard.computeIfAbsent(change.gateway(), name -> new ArrayList<>()).add(change.toString());
            inside.decrementAndGet();
        });
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String gateway = "g" + t;
            threads.add(new Thread(() -> {
                for (int i = 1; i <= 1_000; i++) {
                    shared.accept(state(
                            gateway,
                            i % 2 == 0 ? RegistrationState.REGED : RegistrationState.TRYING,
                            null,
                            "core-1",
                            i));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(heard).hasSize(4);
        heard.forEach((gateway, told) -> {
            assertThat(told).hasSize(1_000);
            for (int i = 1; i < told.size(); i++) {
                assertThat(told.get(i)).endsWith(i % 2 == 0 ? "REGED -> TRYING" : "TRYING -> REGED");
            }
        });
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private GatewayStatus statusOf(String gateway) {
        return tracker.status("ai", gateway).orElseThrow();
    }

    private RegistrationState stateOf(String gateway) {
        return statusOf(gateway).state();
    }

    private static ObservedGateway observed(String gateway) {
        return new ObservedGateway(gateway, "external", RegistrationState.REGED, PingStatus.UP);
    }

    private static GatewayEvent ping(String gateway, PingStatus ping, long sequence) {
        return new GatewayEvent.StateChanged(
                gateway, RegistrationState.NOREG, ping, null, null, origin("core-1", sequence), "{}");
    }

    private static GatewayEvent added(String gateway, String core, long sequence) {
        return new GatewayEvent.Added(gateway, "external", origin(core, sequence), "{}");
    }

    private static GatewayEvent deleted(String gateway, String core, long sequence) {
        return new GatewayEvent.Deleted(gateway, "external", origin(core, sequence), "{}");
    }

    private static GatewayEvent state(
            String gateway, RegistrationState state, SipReason reason, String core, long sequence) {
        return new GatewayEvent.StateChanged(gateway, state, PingStatus.UP, null, reason, origin(core, sequence), "{}");
    }

    private static EventOrigin origin(String core, long sequence) {
        return new EventOrigin(
                "ai", core, sequence, START.plusSeconds(core.equals("core-1") ? sequence : 100 + sequence));
    }
}
