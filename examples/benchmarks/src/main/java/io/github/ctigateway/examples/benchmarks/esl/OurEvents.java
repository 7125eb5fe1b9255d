package io.github.ctigateway.examples.benchmarks.esl;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslEvent;
import io.github.ctigateway.esl.EslEventFormat;
import io.github.ctigateway.esl.EslListener;
import io.github.ctigateway.esl.EslOptions;
import java.util.Objects;

/** This library. */
final class OurEvents implements EventClient {
    private final EslEventFormat format;

    OurEvents(EslEventFormat format) {
        this.format = format;
    }

    @Override
    public String name() {
        return "cti-gateway";
    }

    @Override
    public Connected receive(int port, EventCounter counter) {
        EslClient client = EslClient.create(EslOptions.builder("127.0.0.1", port, "x")
                .eventFormat(format)
                // Nobody sends at this speed for long: a queue for the whole burst shows that nothing is lost on the
                // way
                .eventQueueCapacity(1_000_000)
                .build());
        client.addListener(new EslListener() {
            @Override
            public void onEvent(EslEvent event) {
                counter.accept(Objects.requireNonNull(event.header("Event-Sequence")));
            }
        });
        client.subscribe("ALL");
        client.connect();
        return client::close;
    }
}
