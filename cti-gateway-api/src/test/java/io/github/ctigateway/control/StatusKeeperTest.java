package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.StatusSink;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusKeeperTest {
    private static final List<LiveGateway> LIVE =
            List.of(new LiveGateway("t", "external", RegistrationState.REGED, PingStatus.UP, Map.of()));

    private final GatewaySwitch node = mock(GatewaySwitch.class);
    private final AtomicReference<SwitchListener> listener = new AtomicReference<>();

    @BeforeEach
    void prepare() {
        when(node.identity()).thenReturn(new SwitchIdentity("n1", "core"));
        when(node.subscribe(any())).thenAnswer(call -> {
            listener.set(call.getArgument(0));
            return mock(GatewaySwitch.Subscription.class);
        });
    }

    @Test
    void readsTheStatusesAgainUntilTheSwitchAnswers() {
        SwitchUnavailableException silence = new SwitchUnavailableException("no answer in time", true, null);
        when(node.live()).thenReturn(LIVE).thenThrow(silence).thenThrow(silence).thenReturn(LIVE);
        try (StatusKeeper keeper = new StatusKeeper(node, List.of(), change -> {}, Clock.systemUTC())) {
            listener.get().onGap("the client was too slow");
            assertThat(keeper.all()).hasSize(1).noneMatch(GatewayStatus::current);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(keeper.all()).hasSize(1).allMatch(GatewayStatus::current));
        }
    }

    @Test
    void tellsEverySinkOfAGapWhateverAnotherDoes() {
        when(node.live()).thenReturn(LIVE);
        StatusSink broken = mock(StatusSink.class);
        StatusSink sound = mock(StatusSink.class);
        doThrow(new IllegalStateException("a defect")).when(broken).gap();
        try (StatusKeeper keeper = new StatusKeeper(node, List.of(broken, sound), change -> {}, Clock.systemUTC())) {
            verify(sound).gap();
            assertThat(keeper.all()).hasSize(1);
        }
    }
}
