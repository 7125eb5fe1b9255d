package io.github.ctigateway.status;

import static io.github.ctigateway.status.StatusNews.START;
import static io.github.ctigateway.status.StatusNews.observed;
import static io.github.ctigateway.status.StatusNews.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How listeners are called, and what they may do. */
class StatusTrackerListenerTest {
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
}
