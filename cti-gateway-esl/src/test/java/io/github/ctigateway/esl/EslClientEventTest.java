package io.github.ctigateway.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EslClientEventTest {
    private static String event(long number) {
        return "{\"Event-Name\":\"HEARTBEAT\",\"Event-Sequence\":\"" + number + "\"}";
    }

    private static ScriptedServer.Peer subscribed(ScriptedServer.Peer peer, String format) throws java.io.IOException {
        return peer.login().expect("event " + format + " HEARTBEAT").reply("+OK event listener enabled " + format);
    }

    @Test
    void eventsComeInTheOrderOfTheWireBetweenReplies() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    subscribed(peer, "json").json(event(1)).expect("api echo a");
                    peer.send(ScriptedServer.jsonFrame(event(2))
                            + ScriptedServer.apiFrame("a")
                            + ScriptedServer.jsonFrame(event(3)));
                    peer.echo();
                });
                EslClient client = EslClient.create(server.options().build())) {
            client.addListener(event -> seen.add(String.valueOf(event.header("Event-Sequence"))));
            client.subscribe("HEARTBEAT");
            client.connect();
            assertThat(client.api("echo a")).isEqualTo("a");
            await().untilAsserted(() -> assertThat(seen).containsExactly("1", "2", "3"));
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void plainEventsAreReadToo() throws Exception {
        List<EslEvent> seen = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    subscribed(peer, "plain");
                    peer.send(ScriptedServer.plainFrame(
                            "Event-Name: HEARTBEAT\nInfo: a%20b\nContent-Length: 4\n\n\n\nhi"));
                    peer.echo();
                });
                EslClient client = EslClient.create(
                        server.options().eventFormat(EslEventFormat.PLAIN).build())) {
            client.addListener(seen::add);
            client.subscribe("HEARTBEAT");
            client.connect();
            await().until(() -> !seen.isEmpty());
            assertThat(seen.get(0).header("Info")).isEqualTo("a b");
            assertThat(seen.get(0).body()).isEqualTo("\n\nhi");
        }
    }

    @Test
    void listenerThatThrowsHarmsNobody() throws Exception {
        AtomicInteger others = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> subscribed(peer, "json")
                        .json(event(1))
                        .json(event(2))
                        .json("broken")
                        .json(event(3))
                        .echo());
                EslClient client = EslClient.create(server.options().build())) {
            client.addListener(event -> {
                throw new IllegalStateException("on purpose");
            });
            client.addListener(event -> {
                if (event.name().equals("HEARTBEAT")) {
                    others.incrementAndGet();
                }
            });
            client.subscribe("HEARTBEAT");
            client.connect();
            await().until(() -> others.get() == 3);
            assertThat(client.api("echo fine")).isEqualTo("fine");
        }
    }

    @Test
    void listenerMayCallTheClientAndBlock() throws Exception {
        List<String> answers = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer ->
                        subscribed(peer, "json").json(event(1)).json(event(2)).echo());
                EslClient client =
                        EslClient.create(server.options().maxInFlight(1).build())) {
            client.addListener(event -> {
                answers.add(client.api("echo " + event.header("Event-Sequence")));
                answers.add(client.apiAsync("echo future").join());
                client.subscribeCustom("a::b");
            });
            client.subscribe("HEARTBEAT");
            client.connect();
            await().untilAsserted(() -> assertThat(answers).containsExactly("1", "future", "2", "future"));
        }
    }

    @Test
    void removedListenerHearsNothingMore() throws Exception {
        CountDownLatch removed = new CountDownLatch(1);
        List<EslEvent> seen = new CopyOnWriteArrayList<>();
        List<EslEvent> others = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    subscribed(peer, "json").json(event(1)).expect("api echo removed");
                    peer.api("removed").json(event(2)).echo();
                });
                EslClient client = EslClient.create(server.options().build())) {
            EslListener listener = seen::add;
            client.addListener(listener);
            client.addListener(others::add);
            client.subscribe("HEARTBEAT");
            client.connect();
            await().until(() -> others.size() == 1);
            client.removeListener(listener);
            removed.countDown();
            client.api("echo removed");
            await().until(() -> others.size() == 2);
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void slowListenerNeverStopsTheReaderAndTheGapIsExact() throws Exception {
        int count = 1_000_000;
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong delivered = new AtomicLong();
        AtomicLong missing = new AtomicLong();
        AtomicLong next = new AtomicLong();
        List<String> disorder = new CopyOnWriteArrayList<>();
        List<Gap> gaps = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    subscribed(peer, "json");
                    StringBuilder frames = new StringBuilder();
                    for (int i = 0; i < count; i++) {
                        frames.append(ScriptedServer.jsonFrame(event(i)));
                        if (frames.length() > 60_000) {
                            peer.send(frames.toString().getBytes(StandardCharsets.US_ASCII));
                            frames.setLength(0);
                        }
                    }
                    // All of it was taken while the listener stood still.
                    peer.send(frames.toString()).expect("api echo read");
                    peer.api("read").echo();
                });
                EslClient client = EslClient.create(
                        server.options().eventQueueCapacity(1_000).build())) {
            client.addListener(new EslListener() {
                @Override
                public void onEvent(EslEvent event) {
                    awaitUninterrupted(release);
                    long number = Long.parseLong(String.valueOf(event.header("Event-Sequence")));
                    if (number != next.getAndSet(number + 1)) {
                        disorder.add("event " + number);
                    }
                    delivered.incrementAndGet();
                }

                @Override
                public void onGap(Gap gap) {
                    gaps.add(gap);
                    missing.addAndGet(gap.dropped());
                    // The gap stands exactly where the events are missing.
                    next.addAndGet(gap.dropped());
                }
            });
            client.subscribe("HEARTBEAT");
            client.connect();
            assertThat(client.api("echo read", java.time.Duration.ofSeconds(50)))
                    .isEqualTo("read");
            release.countDown();
            await().untilAsserted(
                            () -> assertThat(delivered.get() + missing.get()).isEqualTo(count));
            assertThat(disorder).isEmpty();
            // A second one when the queue was full before the listener took its first batch.
            assertThat(gaps).hasSizeBetween(1, 2);
            assertThat(delivered.get()).isBetween(1_000L, 1_300L);
        }
    }

    @Test
    void gapsStandInTheirPlacesWhenTheListenerIsNowAndThenTooSlow() throws Exception {
        int count = 200_000;
        AtomicLong next = new AtomicLong();
        AtomicLong delivered = new AtomicLong();
        AtomicLong missing = new AtomicLong();
        List<String> disorder = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    subscribed(peer, "json");
                    for (int i = 0; i < count; i += 50) {
                        StringBuilder frames = new StringBuilder();
                        for (int k = i; k < i + 50; k++) {
                            frames.append(ScriptedServer.jsonFrame(event(k)));
                        }
                        peer.send(frames.toString());
                    }
                    peer.echo();
                });
                EslClient client =
                        EslClient.create(server.options().eventQueueCapacity(64).build())) {
            client.addListener(new EslListener() {
                @Override
                public void onEvent(EslEvent event) {
                    long number = Long.parseLong(String.valueOf(event.header("Event-Sequence")));
                    if (number != next.getAndSet(number + 1)) {
                        disorder.add("event " + number);
                    }
                    delivered.incrementAndGet();
                }

                @Override
                public void onGap(Gap gap) {
                    missing.addAndGet(gap.dropped());
                    next.addAndGet(gap.dropped());
                }
            });
            client.subscribe("HEARTBEAT");
            client.connect();
            await().untilAsserted(
                            () -> assertThat(delivered.get() + missing.get()).isEqualTo(count));
            assertThat(disorder).isEmpty();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
