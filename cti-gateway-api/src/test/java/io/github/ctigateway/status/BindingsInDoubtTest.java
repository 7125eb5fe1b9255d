package io.github.ctigateway.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The REGISTER of a new gateway that overtakes the un-REGISTER of the old one. */
class BindingsInDoubtTest {
    private static final Instant START = Instant.parse("2026-11-22T21:45:24Z");

    private final TestClock clock = new TestClock(START.plusSeconds(60));
    private final List<String> wanted = new ArrayList<>();
    private final StatusTracker tracker =
            StatusTracker.builder().clock(clock).onSnapshotWanted(wanted::add).build();
    private long sequence;

    @Test
    void aBindingIsInDoubtUntilTheGatewayRegistersAnew() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        // REGISTER and un-REGISTER were sent on the same tick
        state("t", RegistrationState.DOWN);
        state("t", RegistrationState.TRYING);
        deleted("t");
        state("t", RegistrationState.REGED);
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        state("t", RegistrationState.UNREGED);
        state("t", RegistrationState.TRYING);
        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
    }

    /** Of that TRYING is never told. */
    @Test
    void aBindingIsInDoubtUntilTheSipStackHasRefreshedTheRegistration() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        state("t", RegistrationState.TRYING);
        state("t", RegistrationState.REGISTER);
        state("t", RegistrationState.REGED);
        deleted("t");
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        state("t", RegistrationState.REGISTER);

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
    }

    /** The REGISTER of which it is told late is the one that is in doubt. */
    @Test
    void aBindingIsInDoubtAlsoAfterARegistrationThatASnapshotHadShownBeforeItWasTold() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        state("t", RegistrationState.TRYING);
        deleted("t");
        snapshot("t");

        state("t", RegistrationState.REGISTER);

        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");
    }

    @Test
    void aBindingIsInDoubtUntilTheGatewayIsReplacedInOrder() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        deleted("t");
        deleted("t");
        added("t");

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
    }

    /** Else it would be replaced for ever. */
    @Test
    void aBindingIsInDoubtUntilTheGatewayIsReplacedInOrderAlthoughADeletionWasLost() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        state("t", RegistrationState.REGED);
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        state("t", RegistrationState.DOWN);
        deleted("t");
        added("t");

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
    }

    @Test
    void aBindingIsInDoubtUntilFreeSwitchStartsAgain() {
        added("t");
        added("t");
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        tracker.accept("ai", "another", List.of(), START.plusSeconds(60));

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
    }

    @Test
    void noBindingIsInDoubtWhenTheOldOneHadUnregisteredOrNeverRegistered() {
        added("down");
        state("down", RegistrationState.DOWN);
        added("down");
        added("silent");
        state("silent", RegistrationState.NOREG);
        added("silent");

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
        assertThat(tracker.bindingsInDoubt("another")).isEmpty();
    }

    /** The event was only late. */
    @Test
    void noBindingIsInDoubtWhenASnapshotHadShownTheGatewayBeforeItsAdditionWasTold() {
        state("t", RegistrationState.REGED);
        ObservedGateway shown = new ObservedGateway("t", "external", RegistrationState.REGED, PingStatus.UP);
        tracker.accept("ai", "core", List.of(shown), START.plusSeconds(60));

        added("t");

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
    }

    /** The look came between the deletion and its event, and before the events of the REGISTER that is in doubt. */
    @Test
    void aBindingIsInDoubtAgainWhenADeletionIsToldLate() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        snapshot("t");
        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();

        state("t", RegistrationState.TRYING);
        deleted("t");

        assertThat(tracker.status("ai", "t")).as("the older one went").isPresent();
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        deleted("t");
        assertThat(tracker.status("ai", "t")).isEmpty();
    }

    /** No event told of an older one: the deletion may be of it, late, or of this one. */
    @Test
    void aDeletionThatMayBeOfTheOlderOneMakesASnapshotWanted() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        snapshot("t");
        wanted.clear();

        deleted("t");
        assertThat(wanted).containsExactly("ai");
        snapshot();

        assertThat(tracker.status("ai", "t")).isEmpty();
    }

    @Test
    void aDeletionThatIsExpectedOrOfTheOnlyOneMakesNoSnapshotWanted() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        wanted.clear();

        deleted("t");
        deleted("t");

        assertThat(tracker.status("ai", "t")).isEmpty();
        assertThat(wanted).isEmpty();
    }

    @Test
    void oneSnapshotIsWantedForManyDeletionsThatMayBeOfOlderOnes() {
        List<String> many = IntStream.range(0, 100).mapToObj(i -> "t" + i).toList();
        many.forEach(name -> {
            added(name);
            state(name, RegistrationState.REGED);
            added(name);
        });
        snapshot(many.toArray(String[]::new));
        wanted.clear();

        many.forEach(this::deleted);

        assertThat(wanted).hasSize(1);
    }

    /** Each profile has its own contact at the registrar. */
    @Test
    void noBindingIsInDoubtForOneOfItsNameOnAnotherProfile() {
        added("told");
        state("told", RegistrationState.REGED);
        tracker.accept(new GatewayEvent.Added("told", "internal", origin(), "{}"));
        clock.advance(Duration.ofSeconds(1));

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();

        tracker.accept(
                "ai",
                "core",
                Stream.of("external", "internal")
                        .map(profile -> new ObservedGateway("seen", profile, RegistrationState.REGED, PingStatus.UP))
                        .toList(),
                clock.instant());

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
    }

    @Test
    void aDeletionOnOneProfileKeepsTheGatewayOfTheOther() {
        tracker.accept(
                "ai",
                "core",
                Stream.of("external", "internal")
                        .map(profile -> new ObservedGateway("t", profile, RegistrationState.REGED, PingStatus.UP))
                        .toList(),
                clock.instant());

        tracker.accept(new GatewayEvent.Deleted("t", "internal", origin(), "{}"));
        assertThat(tracker.status("ai", "t")).isPresent();

        tracker.accept(new GatewayEvent.Deleted("t", "external", origin(), "{}"));
        assertThat(tracker.status("ai", "t")).isEmpty();
    }

    @Test
    void noDeletionIsTakenForALateOneLongAfterTheLook() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        snapshot("t");

        clock.advance(Duration.ofMinutes(1));
        deleted("t");

        assertThat(tracker.status("ai", "t")).isEmpty();
    }

    /** Of its addition it is told only after both were seen. */
    @Test
    void aBindingIsInDoubtAlsoWhenASnapshotShowsItBesideAnOlderOneThatHasNotUnregistered() {
        added("t");
        state("t", RegistrationState.REGED);
        snapshot("t", "t");
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        added("t");
        deleted("t");
        snapshot("t");

        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");
    }

    /** The node's clock is ahead of ours, so that the addition seems to be later than the snapshot. */
    @Test
    void aBindingIsInDoubtUntilASnapshotShowsThatThereNeverWasAnOlderOne() {
        added("t");
        state("t", RegistrationState.TRYING);
        added("t");
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        snapshot("t");

        assertThat(tracker.bindingsInDoubt("ai")).isEmpty();
    }

    @Test
    void aBindingIsInDoubtAlsoAfterASnapshotWhenTheOlderOneWasSeenToGo() {
        added("t");
        state("t", RegistrationState.REGED);
        added("t");
        snapshot("t", "t");
        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");

        deleted("t");
        snapshot("t");

        assertThat(tracker.bindingsInDoubt("ai")).containsExactly("t");
    }

    /** Asked for after everything that was told. */
    private void snapshot(String... gateways) {
        clock.advance(Duration.ofSeconds(1));
        tracker.accept(
                "ai",
                "core",
                Stream.of(gateways)
                        .map(name -> new ObservedGateway(name, "external", RegistrationState.REGED, PingStatus.UP))
                        .toList(),
                clock.instant());
    }

    private void added(String gateway) {
        tracker.accept(new GatewayEvent.Added(gateway, "external", origin(), "{}"));
    }

    private void deleted(String gateway) {
        tracker.accept(new GatewayEvent.Deleted(gateway, "external", origin(), "{}"));
    }

    private void state(String gateway, RegistrationState state) {
        tracker.accept(new GatewayEvent.StateChanged(gateway, state, PingStatus.UP, null, null, origin(), "{}"));
    }

    private EventOrigin origin() {
        sequence++;
        return new EventOrigin("ai", "core", sequence, START.plusSeconds(sequence));
    }
}
