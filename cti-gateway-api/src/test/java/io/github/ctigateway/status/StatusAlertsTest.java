package io.github.ctigateway.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusAlertsTest {
    private static final Instant START = Instant.parse("2026-11-22T21:45:24Z");
    private static final Duration HOLD_DOWN = Duration.ofSeconds(30);
    private static final SipReason FORBIDDEN = new SipReason(403, "Forbidden");

    private final TestClock clock = new TestClock(START);
    private final ManualTimer timer = new ManualTimer();
    private final List<String> told = new ArrayList<>();
    private final StatusAlerts alerts =
            StatusAlerts.create(HOLD_DOWN, timer, transition -> told.add(transition.toString()));
    private final StatusTracker tracker =
            StatusTracker.builder().clock(clock).onChange(alerts).build();
    private long sequence;

    @AfterEach
    void close() {
        alerts.close();
        timer.shutdownNow();
    }

    @Test
    void tellsWhatHasHeldForTheHoldDownAndTellsItOnce() {
        registers("x");
        pass(29);
        assertThat(told).isEmpty();
        pass(1);
        assertThat(told).containsExactly("x on ai: REGISTERED");

        fails("x");
        pass(30);
        fails("x");
        pass(60);
        assertThat(told).containsExactly("x on ai: REGISTERED", "x on ai: LOST (403 Forbidden)");

        registers("x");
        pass(30);
        assertThat(told).hasSize(3).last().isEqualTo("x on ai: RECOVERED");
    }

    @Test
    void aGatewayThatComesAndGoesWithinTheHoldDownCausesNoAlert() {
        registers("x");
        pass(30);
        for (int i = 0; i < 20; i++) {
            fails("x");
            pass(10);
            registers("x");
            pass(10);
        }

        assertThat(told).containsExactly("x on ai: REGISTERED");
        assertThat(tracker.status("ai", "x").orElseThrow().flaps()).isEqualTo(20);
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void refreshesCauseNoAlertAtAnyHoldDown() {
        List<String> atOnce = new ArrayList<>();
        try (StatusAlerts hasty = StatusAlerts.create(Duration.ZERO, transition -> atOnce.add(transition.toString()))) {
            StatusTracker direct = StatusTracker.create(hasty);
            for (int i = 0; i < 3; i++) {
                for (RegistrationState state : List.of(
                        RegistrationState.UNREGED,
                        RegistrationState.TRYING,
                        RegistrationState.REGISTER,
                        RegistrationState.REGED)) {
                    direct.accept(event("x", state, null));
                }
            }
            assertThat(atOnce).containsExactly("x on ai: REGISTERED");
        }
    }

    @Test
    void aGatewayThatNeverRegisteredIsFailingAndThenRecovers() {
        fails("x");
        pass(30);
        registers("x");
        pass(30);

        assertThat(told).containsExactly("x on ai: FAILING (403 Forbidden)", "x on ai: RECOVERED");
    }

    /** FAIL_WAIT, UNREGED and TRYING follow; the trouble goes on through them. */
    @Test
    void retriesDoNotStartTheHoldDownAnew() {
        fails("x");
        pass(20);
        tracker.accept(event("x", RegistrationState.UNREGED, null));
        tracker.accept(event("x", RegistrationState.TRYING, null));
        pass(10);

        assertThat(told).containsExactly("x on ai: FAILING (403 Forbidden)");
    }

    @Test
    void aGatewayThatDoesNotRegisterIsToldOfOnlyWhenItsPingsFail() {
        tracker.accept(ping("x", PingStatus.UP));
        pass(30);
        assertThat(told).isEmpty();

        tracker.accept(ping("x", PingStatus.DOWN));
        pass(30);
        tracker.accept(ping("x", PingStatus.UP));
        pass(30);
        assertThat(told).containsExactly("x on ai: LOST", "x on ai: RECOVERED");
    }

    @Test
    void replacingAGatewayCausesNoAlertWhenItIsQuicklyBack() {
        registers("x");
        pass(30);
        tracker.accept(event("x", RegistrationState.UNREGISTER, null));
        tracker.accept(event("x", RegistrationState.DOWN, null));
        tracker.accept(new GatewayEvent.Deleted("x", "external", origin("core-1"), "{}"));
        pass(2);
        tracker.accept(new GatewayEvent.Added("x", "external", origin("core-1"), "{}"));
        registers("x");
        pass(120);

        assertThat(told).containsExactly("x on ai: REGISTERED");
    }

    @Test
    void aRestartOfFreeSwitchCausesNoAlertForWhatComesBackAndOneForWhatDoesNotRegister() {
        registers("x");
        registers("y");
        pass(30);
        clock.advance(Duration.ofSeconds(1));
        tracker.accept(
                "ai",
                "core-2",
                List.of(
                        new ObservedGateway("x", "external", RegistrationState.REGED, PingStatus.UP),
                        new ObservedGateway("y", "external", RegistrationState.FAIL_WAIT, PingStatus.DOWN)),
                clock.instant());
        pass(60);

        assertThat(told).hasSize(3).contains("y on ai: LOST");
    }

    @Test
    void aGatewayThatIsGoneForTheHoldDownIsForgotten() {
        registers("x");
        pass(30);
        tracker.accept(new GatewayEvent.Deleted("x", "external", origin("core-1"), "{}"));
        pass(30);
        registers("x");
        pass(30);

        assertThat(told).containsExactly("x on ai: REGISTERED", "x on ai: REGISTERED");
    }

    @Test
    void nodesAreApart() {
        registers("x");
        tracker.accept(new GatewayEvent.StateChanged(
                "x",
                RegistrationState.FAILED,
                PingStatus.DOWN,
                null,
                FORBIDDEN,
                new EventOrigin("bj", "core-9", 1, clock.instant()),
                "{}"));
        pass(30);

        assertThat(told).containsExactlyInAnyOrder("x on ai: REGISTERED", "x on bj: FAILING (403 Forbidden)");
    }

    @Test
    void nothingIsToldAfterItIsClosed() {
        registers("x");
        alerts.close();
        pass(60);
        fails("x");
        pass(60);

        assertThat(told).isEmpty();
        assertThat(timer.waiting()).isZero();
        assertThat(timer.isShutdown()).as("the caller's timer").isFalse();
    }

    @Test
    void hasATimerOfItsOwnUnlessGivenOne() {
        List<StatusTransition> transitions = new CopyOnWriteArrayList<>();
        try (StatusAlerts own = StatusAlerts.create(Duration.ofMillis(20), transitions::add)) {
            StatusTracker tracked = StatusTracker.create(own);
            tracked.accept(event("x", RegistrationState.REGED, null));
            await().until(() -> !transitions.isEmpty());
        }

        assertThat(transitions).hasSize(1);
        StatusTransition first = transitions.get(0);
        assertThat(first.kind()).isEqualTo(StatusTransition.Kind.REGISTERED);
        assertThat(first.gateway()).isEqualTo("x");
        assertThat(first.node()).isEqualTo("ai");
    }

    @Test
    void aHoldDownIsNotNegative() {
        assertThatThrownBy(() -> StatusAlerts.create(Duration.ofSeconds(-1), transition -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void pass(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        timer.advance(Duration.ofSeconds(seconds));
    }

    private void registers(String gateway) {
        tracker.accept(event(gateway, RegistrationState.TRYING, null));
        tracker.accept(event(gateway, RegistrationState.REGISTER, null));
        tracker.accept(event(gateway, RegistrationState.REGED, null));
    }

    private void fails(String gateway) {
        tracker.accept(event(gateway, RegistrationState.FAILED, FORBIDDEN));
        tracker.accept(event(gateway, RegistrationState.FAIL_WAIT, null));
    }

    private GatewayEvent event(String gateway, RegistrationState state, SipReason reason) {
        return new GatewayEvent.StateChanged(gateway, state, PingStatus.UP, null, reason, origin("core-1"), "{}");
    }

    private GatewayEvent ping(String gateway, PingStatus ping) {
        return new GatewayEvent.StateChanged(
                gateway, RegistrationState.NOREG, ping, null, null, origin("core-1"), "{}");
    }

    private EventOrigin origin(String core) {
        return new EventOrigin("ai", core, ++sequence, clock.instant());
    }
}
