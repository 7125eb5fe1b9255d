package io.github.ctigateway.examples.benchmarks;

import io.github.ctigateway.examples.benchmarks.controller.ControllerArea;
import io.github.ctigateway.examples.benchmarks.esl.EslArea;
import io.github.ctigateway.examples.benchmarks.model.ModelArea;
import io.github.ctigateway.examples.benchmarks.redis.RedisArea;
import io.github.ctigateway.examples.benchmarks.xml.XmlArea;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code promises [--quick] [AREA]}: measures every promise, or those of one area, and prints one line for each. Exits with 1 when one is
 * not kept, with 64 when called wrongly.
 */
public final class Benchmarks {
    /** A new area is one line here. */
    private static final List<Area> AREAS =
            List.of(new ModelArea(), new EslArea(), new XmlArea(), new RedisArea(), new ControllerArea());

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) throws Exception {
        List<String> words = new ArrayList<>(args);
        boolean quick = words.remove("--quick");
        if (words.isEmpty() || !words.remove(0).equals("promises") || words.size() > 1) {
            return usage();
        }
        List<Area> chosen = AREAS.stream()
                .filter(area -> words.isEmpty() || area.name().equals(words.get(0)))
                .toList();
        if (chosen.isEmpty()) {
            return usage();
        }
        Promises promises = new Promises(System.out, quick);
        for (Area area : chosen) {
            promises.enter(area.name());
            area.measure(promises);
        }
        return promises.allKept() ? 0 : 1;
    }

    private static int usage() {
        System.err.println("usage: promises [--quick] ["
                + String.join("|", AREAS.stream().map(Area::name).toList()) + "]");
        return 64;
    }
}
