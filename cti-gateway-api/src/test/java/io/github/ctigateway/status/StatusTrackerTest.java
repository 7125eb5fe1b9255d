package io.github.ctigateway.status;

import static io.github.ctigateway.status.StatusNews.START;
import static io.github.ctigateway.status.StatusNews.added;
import static io.github.ctigateway.status.StatusNews.deleted;
import static io.github.ctigateway.status.StatusNews.ping;
import static io.github.ctigateway.status.StatusNews.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fold of events, one after the other. */
class StatusTrackerTest {
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

    private GatewayStatus statusOf(String gateway) {
        return tracker.status("ai", gateway).orElseThrow();
    }

    private RegistrationState stateOf(String gateway) {
        return statusOf(gateway).state();
    }
}
