package io.github.ctigateway.examples.benchmarks.esl;

import io.github.ctigateway.esl.EslClient;
import io.github.ctigateway.esl.EslOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** This library. */
final class OurCommands implements CommandClient {
    private final EslClient client;

    OurCommands(int port) {
        client = EslClient.open(EslOptions.builder("127.0.0.1", port, "x").build());
    }

    @Override
    public String name() {
        return "cti-gateway";
    }

    @Override
    public String echo(String text) {
        return client.api("echo " + text);
    }

    @Override
    public long echoAll(int commands) {
        List<CompletableFuture<String>> replies = new ArrayList<>(commands);
        for (int i = 0; i < commands; i++) {
            replies.add(client.apiAsync("echo " + i));
        }
        long wrong = 0;
        for (int i = 0; i < commands; i++) {
            if (!replies.get(i).join().equals(Integer.toString(i))) {
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
