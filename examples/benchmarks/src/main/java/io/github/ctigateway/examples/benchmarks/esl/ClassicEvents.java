package io.github.ctigateway.examples.benchmarks.esl;

import org.freeswitch.esl.client.IEslEventListener;
import org.freeswitch.esl.client.inbound.Client;
import org.freeswitch.esl.client.transport.event.EslEvent;

/** org.freeswitch.esl.client, the one that FreeSWITCH's own wiki names. */
final class ClassicEvents implements EventClient {
    @Override
    public String name() {
        return "esl-client";
    }

    @Override
    public Connected receive(int port, EventCounter counter) throws Exception {
        Client client = new Client();
        client.addEventListener(new IEslEventListener() {
            @Override
            public void eventReceived(EslEvent event) {
                counter.accept(event.getEventHeaders().get("Event-Sequence"));
            }

            @Override
            public void backgroundJobResultReceived(EslEvent event) {}
        });
        client.connect("127.0.0.1", port, "x", 10);
        client.setEventSubscriptions("plain", "ALL");
        return client::close;
    }
}
