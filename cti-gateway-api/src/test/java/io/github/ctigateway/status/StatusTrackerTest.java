package io.github.ctigateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTrackerTest {
    private static final Instant START = Instant.parse("2026-11-22T21:45:24Z");

    private final List<String> changes = new ArrayList<>();
    private final StatusTracker tracker = StatusTracker.create(change -> changes.add(change.toString()));

    @Test
    void followsOneGatewayFromAddToRegistered() {
        tracker.accept(added("good", "core-1", 1));
        tracker.accept(state("good", RegistrationState.TRYING, null, "core-1", 2));
        tracker.accept(state("good", RegistrationState.REGED, null, "core-1", 3));

        assertThat(changes)
                .containsExactly(
                        "good on ai: - -> NOREG", "good on ai: NOREG -> TRYING", "good on ai: TRYING -> REGED");
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
        tracker.accept("ai", "core-1", List.of(), START);

        assertThat(tracker.statuses()).isEmpty();
        assertThat(changes).last().isEqualTo("x on ai: NOREG -> gone");
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
