package io.github.ctigateway.esl.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ctigateway.esl.EslConnectionState;
import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslListener;
import io.github.ctigateway.esl.EslStateChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {
    @Test
    void nothingIsHeardAfterClosed() {
        List<Object> heard = new CopyOnWriteArrayList<>();
        EventDispatcher dispatcher = new EventDispatcher(10, "dispatcher-test");
        dispatcher.add(new EslListener() {
            @Override
            public void onEvent(EslEvent event) {
                heard.add(event);
            }

            @Override
            public void onStateChange(EslStateChange change) {
                heard.add(change.to());
            }
        });
        List<EslEvent> events = List.of(new JsonEvent("{}".getBytes(StandardCharsets.UTF_8)));
        dispatcher.offer(events);
        dispatcher.offer(new EslStateChange(EslConnectionState.READY, EslConnectionState.CLOSED, null));
        dispatcher.offer(events);
        dispatcher.start();
        await().until(() -> !heard.isEmpty());
        dispatcher.close(Duration.ofSeconds(20).toNanos());
        assertThat(heard).containsExactly(EslConnectionState.CLOSED);
    }
}
