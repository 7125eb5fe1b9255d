package io.github.ctigateway.status;

import static io.github.ctigateway.status.StatusNews.START;
import static io.github.ctigateway.status.StatusNews.added;
import static io.github.ctigateway.status.StatusNews.deleted;
import static io.github.ctigateway.status.StatusNews.observed;
import static io.github.ctigateway.status.StatusNews.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots beside events: which of them know better, and when one is wanted. */
class StatusTrackerSnapshotTest {
    private final TestClock clock = new TestClock(START);
    private final List<String> changes = new ArrayList<>();
    private final List<String> snapshotsWanted = new ArrayList<>();
    private final StatusTracker tracker = StatusTracker.builder()
            .clock(clock)
            .onChange(change -> changes.add(change.toString()))
            .onSnapshotWanted(snapshotsWanted::add)
            .build();

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
    void oneThatIsSaidToBeGoneIsGoneFromAllNodesUntilSomethingNewIsHeardOfIt() {
        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 5));
        tracker.accept("other node", "core-9", List.of(observed("x"), observed("y")), START);
        tracker.gone("x");
        tracker.gone("nobody");

        assertThat(tracker.statuses()).extracting(GatewayStatus::gateway).containsExactly("y");
        assertThat(changes).contains("x on ai: REGED -> gone", "x on other node: REGED -> gone");

        tracker.accept(state("x", RegistrationState.REGED, null, "core-1", 4));
        assertThat(tracker.status("ai", "x")).as("late").isEmpty();
        tracker.accept(state("x", RegistrationState.FAILED, null, "core-1", 6));
        assertThat(tracker.status("ai", "x")).isPresent();
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
    void whatASnapshotDoesNotShowIsGone() {
        tracker.accept(added("x", "core-1", 1));
        clock.advance(Duration.ofSeconds(1));
        tracker.accept("ai", "core-1", List.of(), clock.instant());

        assertThat(tracker.statuses()).isEmpty();
        assertThat(changes).last().isEqualTo("x on ai: UNREGED -> gone");
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

    private GatewayStatus statusOf(String gateway) {
        return tracker.status("ai", gateway).orElseThrow();
    }

    private RegistrationState stateOf(String gateway) {
        return statusOf(gateway).state();
    }
}
