package io.github.ctigateway.examples.benchmarks.esl;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import link.thingscloud.freeswitch.esl.InboundClient;
import link.thingscloud.freeswitch.esl.ServerConnectionListener;
import link.thingscloud.freeswitch.esl.exception.InboundClientException;
import link.thingscloud.freeswitch.esl.inbound.NettyInboundClient;
import link.thingscloud.freeswitch.esl.inbound.option.InboundClientOption;
import link.thingscloud.freeswitch.esl.inbound.option.ServerOption;

/** link.thingscloud:freeswitch-esl. */
final class ThingscloudCommands implements CommandClient {
    private final InboundClient client;
    private final String address;
    private final boolean callbacks;

    /** @param callbacks whether {@link #echoAll} uses its form with a callback, or waits for each reply */
    ThingscloudCommands(int port, boolean callbacks) throws InterruptedException {
        this.callbacks = callbacks;
        CountDownLatch connected = new CountDownLatch(1);
        ServerOption server = new ServerOption("127.0.0.1", port);
        address = server.addr();
        // Not by its factory, which makes one client in a JVM and no second.
        client = new NettyInboundClient(new InboundClientOption()
                .defaultPassword("x")
                .addServerOption(server)
                .serverConnectionListener(new ServerConnectionListener() {
                    @Override
                    public void onOpened(ServerOption opened) {
                        connected.countDown();
                    }

                    @Override
                    public void onClosed(ServerOption closed) {}
                }));
        client.start();
        if (!connected.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it did not connect");
        }
        awaitLogin();
    }

    /** It says that it is connected before it has logged in, and then refuses commands. */
    private void awaitLogin() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                String unused = echo("1");
                return;
            } catch (InboundClientException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    @Override
    public String name() {
        return callbacks ? "thingscloud-callbacks" : "thingscloud";
    }

    @Override
    public String echo(String text) {
        return client.sendSyncApiCommand(address, "echo", text).getBodyLines().get(0);
    }

    @Override
    public long echoAll(int commands) throws InterruptedException {
        return callbacks ? echoWithCallbacks(commands) : echoOneByOne(commands);
    }

    private long echoOneByOne(int commands) {
        long wrong = 0;
        for (int i = 0; i < commands; i++) {
            if (!echo(Integer.toString(i)).equals(Integer.toString(i))) {
                wrong++;
            }
        }
        return wrong;
    }

    private long echoWithCallbacks(int commands) throws InterruptedException {
        AtomicLong wrong = new AtomicLong();
        CountDownLatch all = new CountDownLatch(commands);
        for (int i = 0; i < commands; i++) {
            String text = Integer.toString(i);
            client.sendSyncApiCommand(address, "echo", text, reply -> {
                if (!reply.getBodyLines().get(0).equals(text)) {
                    wrong.incrementAndGet();
                }
                all.countDown();
            });
        }
        return all.await(1, TimeUnit.MINUTES) ? wrong.get() : wrong.get() + all.getCount();
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
