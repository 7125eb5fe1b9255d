package io.github.ctigateway.examples.benchmarks.esl;

import org.freeswitch.esl.client.inbound.Client;

/** org.freeswitch.esl.client; it has no way to have two commands of one thread in flight. */
final class ClassicCommands implements CommandClient {
    private final Client client = new Client();

    ClassicCommands(int port) throws Exception {
        client.connect("127.0.0.1", port, "x", 10);
    }

    @Override
    public String name() {
        return "esl-client";
    }

    @Override
    public String echo(String text) {
        return client.sendSyncApiCommand("echo", text).getBodyLines().get(0);
    }

    @Override
    public long echoAll(int commands) {
        long wrong = 0;
        for (int i = 0; i < commands; i++) {
            if (!echo(Integer.toString(i)).equals(Integer.toString(i))) {
                wrong++;
            }
        }
        return wrong;
    }

    @Override
    public void close() {
        client.close();
    }
}
