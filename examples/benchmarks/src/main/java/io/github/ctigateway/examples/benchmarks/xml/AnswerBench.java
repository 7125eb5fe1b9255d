package io.github.ctigateway.examples.benchmarks.xml;

import io.github.ctigateway.examples.benchmarks.Promises;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import io.github.ctigateway.xml.XmlCurlPublisher;
import java.util.Set;
import java.util.TreeSet;

/** What mod_xml_curl waits for: the few pending gateways out of many, and "not found". */
final class AnswerBench {
    private static final int GATEWAYS = 10_000;
    private static final int PENDING = 100;
    private static final String START = "hostname=node1&section=configuration&tag_name=configuration&key_name=name"
            + "&key_value=sofia.conf&profile=external&reconfig=true&gateway=_all_";
    private static final String OTHER =
            "hostname=node1&section=configuration&tag_name=configuration&key_name=name" + "&key_value=timezones.conf";

    private final Promises promises;

    AnswerBench(Promises promises) {
        this.promises = promises;
    }

    void measure() throws Exception {
        XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
        try (XmlCurlPublisher publisher = answerer.publisher("node1", "external")) {
            Set<String> pending = new TreeSet<>();
            for (int i = 0; i < PENDING; i++) {
                pending.add("trunk-" + i * (GATEWAYS / PENDING));
            }
            publisher.publish(Trunks.of(GATEWAYS), pending);
            double[] took = Stopwatch.milliseconds(
                    promises.scaled(3_000),
                    () -> answerer.answerForm(START).length(),
                    () -> answerer.answerForm(OTHER).length());
            promises.atMost("answer.100-of-10000.ms", took[0], 2);
            promises.atMost("answer.not-found.ms", took[1], 1);
        }
    }
}
