package io.github.ctigateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.ctigateway.status.GatewayStatus;
import io.github.ctigateway.status.PingStatus;
import io.github.ctigateway.status.RegistrationState;
import io.github.ctigateway.status.StatusSink;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class StatusKeeperTest {
    private static final List<LiveGateway> LIVE =
            List.of(new LiveGateway("t", "external", RegistrationState.REGED, PingStatus.UP, Map.of()));

    private final SwitchUnavailableException silence = new SwitchUnavailableException("no answer in time", true, null);

    private final ScheduledExecutorService timer = mock(ScheduledExecutorService.class);
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
    void afterAGapTheStatusesAreReadAgainUntilTheSwitchAnswersWithLongerAndLongerPauses() {
        when(node.live())
                .thenReturn(LIVE)
                .thenThrow(silence)
                .thenThrow(silence)
                .thenThrow(silence)
                .thenReturn(LIVE)
                .thenThrow(silence);
        try (StatusKeeper keeper = keeper()) {
            verify(timer, never()).schedule(any(Runnable.class), anyLong(), any());

            listener.get().onGap("the client was too slow");
            assertThat(keeper.all()).hasSize(1).noneMatch(GatewayStatus::current);
            later(1000).run();
            later(2000).run();
            assertThat(keeper.all()).hasSize(1).noneMatch(GatewayStatus::current);
            later(4000).run();
            assertThat(keeper.all()).hasSize(1).allMatch(GatewayStatus::current);
            verify(timer, never()).schedule(any(Runnable.class), anyLong(), any());

            listener.get().onGap("the client was too slow again");
            later(1000);
        }
    }

    @Test
    void aDefectWhileReadingIsNotTheEndOfIt() {
        when(node.live())
                .thenReturn(LIVE)
                .thenThrow(new IllegalStateException("a defect"))
                .thenReturn(LIVE);
        try (StatusKeeper keeper = keeper()) {
            listener.get().onGap("the client was too slow");
            assertThat(keeper.all()).hasSize(1).noneMatch(GatewayStatus::current);

            later(1000).run();
            assertThat(keeper.all()).hasSize(1).allMatch(GatewayStatus::current);
        }
    }

    @Test
    void aSwitchThatIsAwayIsNotAskedBeforeItIsBack() {
        when(node.live()).thenReturn(LIVE).thenThrow(silence).thenReturn(LIVE);
        try (StatusKeeper keeper = keeper()) {
            listener.get().onGap("the client was too slow");
            Runnable later = later(1000);
            listener.get().onDisconnected();
            later.run();
            verify(node, times(2)).live();

            listener.get().onGap("it is back");
            assertThat(keeper.all()).hasSize(1).allMatch(GatewayStatus::current);
        }
    }

    @Test
    void nothingIsReadOnceItIsClosed() {
        when(node.live()).thenReturn(LIVE).thenThrow(silence);
        Runnable later;
        try (StatusKeeper keeper = keeper()) {
            assertThat(keeper.all()).hasSize(1);
            listener.get().onGap("the client was too slow");
            later = later(1000);
        }
        verify(timer).shutdown();
        later.run();
        listener.get().onGap("told late");

        verify(node, times(3)).live();
        verify(timer, never()).schedule(any(Runnable.class), anyLong(), any());
    }

    @Test
    void endsItsTimerWhenTheSwitchCannotBeReadAtAll() {
        when(node.live()).thenThrow(silence);

        assertThatThrownBy(this::keeper).isSameAs(silence);
        verify(timer).shutdown();
    }

    @Test
    void theTimerForgetsAtItsEndWhatIsStillToCome() {
        ScheduledExecutorService real = StatusKeeper.timer("external");
        Future<?> unused = real.schedule(() -> {}, 1, TimeUnit.HOURS);
        real.shutdown();
        Future<?> unusedToo = real.schedule(() -> {}, 1, TimeUnit.HOURS);

        await().until(real::isTerminated);
    }

    @Test
    void tellsEverySinkOfAGapWhateverAnotherDoes() {
        when(node.live()).thenReturn(LIVE);
        StatusSink broken = mock(StatusSink.class);
        StatusSink sound = mock(StatusSink.class);
        doThrow(new IllegalStateException("a defect")).when(broken).gap();
        try (StatusKeeper keeper = keeper(broken, sound)) {
            verify(sound).gap();
            assertThat(keeper.all()).hasSize(1);
        }
    }

    private StatusKeeper keeper(StatusSink... sinks) {
        return new StatusKeeper(node, List.of(sinks), change -> {}, Clock.systemUTC(), timer);
    }

    /** What the timer was asked to do after so many milliseconds, and nothing else. */
    private Runnable later(long millis) {
        ArgumentCaptor<Runnable> work = ArgumentCaptor.forClass(Runnable.class);
        verify(timer).schedule(work.capture(), eq(millis), eq(TimeUnit.MILLISECONDS));
        clearInvocations(timer);
        return work.getValue();
    }
}
