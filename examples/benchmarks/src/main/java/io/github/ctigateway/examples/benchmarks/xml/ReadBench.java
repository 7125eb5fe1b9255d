package io.github.ctigateway.examples.benchmarks.xml;

import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.xml.GatewayXmlReader;
import io.github.ctigateway.xml.GatewayXmlWriter;
import io.github.ctigateway.xml.XmlImport;
import java.util.List;

/** Reading one document of 10,000 gateways, and as many documents of one. */
final class ReadBench {
    private static final int GATEWAYS = 10_000;

    private final Promises promises;

    ReadBench(Promises promises) {
        this.promises = promises;
    }

    void measure() throws Exception {
        List<Gateway> gateways = Trunks.of(GATEWAYS);
        GatewayXmlReader reader = GatewayXmlReader.create();
        String document = GatewayXmlWriter.render(gateways);
        List<String> files = gateways.stream().map(GatewayXmlWriter::render).toList();
        XmlImport read = reader.read(document);
        if (!read.gateways().equals(gateways.stream().map(Gateway::definition).toList())
                || !read.findings().isEmpty()) {
            throw new IllegalStateException("what was read is not what was written");
        }
        double[] took = Stopwatch.milliseconds(
                promises.scaled(100),
                () -> reader.read(document).imported().size(),
                () -> files.stream()
                        .mapToLong(file -> reader.read(file).imported().size())
                        .sum());
        promises.atMost("read.10000.ms", took[0], 60);
        promises.atMost("read.10000-documents.ms", took[1], 60);
    }
}
