package io.github.ctigateway.examples.benchmarks.esl;

import link.thingscloud.freeswitch.esl.IEslEventListener;
import link.thingscloud.freeswitch.esl.InboundClient;
import link.thingscloud.freeswitch.esl.inbound.NettyInboundClient;
import link.thingscloud.freeswitch.esl.inbound.option.InboundClientOption;
import link.thingscloud.freeswitch.esl.inbound.option.ServerOption;
import link.thingscloud.freeswitch.esl.transport.event.EslEvent;

/** link.thingscloud:freeswitch-esl. */
final class ThingscloudEvents implements EventClient {
    private final boolean ordered;

    /** @param ordered without its pool of threads for events, which loses their order */
    ThingscloudEvents(boolean ordered) {
        this.ordered = ordered;
    }

    @Override
    public String name() {
        return ordered ? "thingscloud-ordered" : "thingscloud";
    }

    @Override
    public Connected receive(int port, EventCounter counter) {
        InboundClientOption option = new InboundClientOption()
                .defaultPassword("x")
                .addServerOption(new ServerOption("127.0.0.1", port))
                .addEvents("ALL")
                .disablePublicExecutor(ordered)
                .addListener(new IEslEventListener() {
                    @Override
                    public void eventReceived(String address, EslEvent event) {
                        counter.accept(event.getEventHeaders().get("Event-Sequence"));
                    }

                    @Override
                    public void backgroundJobResultReceived(String address, EslEvent event) {}
                });
        // Not by its factory, which makes one client in a JVM and no second.
        InboundClient client = new NettyInboundClient(option);
        client.start();
        return client::shutdown;
    }
}
