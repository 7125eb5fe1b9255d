package io.github.ctigateway.examples.benchmarks.xml;

import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.xml.GatewayXmlWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writing, beside a {@link StringBuilder} that puts the same characters down and checks nothing. */
final class WriteBench {
    private static final int GATEWAYS = 10_000;
    private static final int MANY = 1_000_000;

    private final Promises promises;
    private final List<Gateway> gateways = Trunks.of(GATEWAYS);

    WriteBench(Promises promises) {
        this.promises = promises;
    }

    void measure() throws Exception {
        String document = GatewayXmlWriter.render(gateways);
        // Room that is used again, so that the time is spent on writing and not on fresh memory.
        StringBuilder ours = new StringBuilder(document.length());
        StringBuilder bare = new StringBuilder(document.length());
        double[] took = Stopwatch.milliseconds(promises.scaled(300), () -> written(ours), () -> bare(bare));
        if (!document.contentEquals(ours) || !document.contentEquals(bare)) {
            throw new IllegalStateException("the two wrote different texts");
        }
        promises.atMost("write.10000.ms", took[0], 10);
        promises.atMost("write.times-a-bare-stringbuilder", took[0] / took[1], 2);
        promises.info("write.characters", document.length());
        memory();
    }

    private long written(StringBuilder out) throws IOException {
        out.setLength(0);
        GatewayXmlWriter.to(out).file(gateways);
        return out.length();
    }

    private long bare(StringBuilder out) {
        out.setLength(0);
        out.append("<include>\n");
        for (Gateway gateway : gateways) {
            out.append("<gateway name=\"").append(gateway.name()).append("\">\n");
            for (Map.Entry<String, String> parameter : gateway.parameters().entrySet()) {
                if (!parameter.getValue().isEmpty()) {
                    out.append("  <param name=\"")
                            .append(parameter.getKey())
                            .append("\" value=\"")
                            .append(parameter.getValue())
                            .append("\"/>\n");
                }
            }
            out.append("  <variables>\n");
            for (GatewayVariable variable : gateway.variables()) {
                out.append("    <variable name=\"")
                        .append(variable.name())
                        .append("\" value=\"")
                        .append(variable.value())
                        .append("\"/>\n");
            }
            out.append("  </variables>\n</gateway>\n");
        }
        return out.append("</include>\n").length();
    }

    /** How much the heap in use grows while a document of some hundred megabytes is written. */
    private void memory() throws IOException {
        int many = promises.scaled(MANY);
        List<Long> used = new ArrayList<>();
        Iterable<Gateway> lazily = () -> IntStream.range(0, many)
                .mapToObj(number -> {
                    if (number % (many / 10) == many / 20) {
                        used.add(usedHeap());
                    }
                    return gateways.get(number % GATEWAYS);
                })
                .iterator();
        GatewayXmlWriter.to(OutputStream.nullOutputStream()).file(lazily);
        promises.atMost("write.heap-growth.kb", Math.max(0, Collections.max(used) - used.get(0)) / 1024.0, 256);
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
