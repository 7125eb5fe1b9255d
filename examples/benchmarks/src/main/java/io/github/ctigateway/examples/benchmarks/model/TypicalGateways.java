package io.github.ctigateway.examples.benchmarks.model;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameters;
import java.util.List;
import java.util.stream.IntStream;

/** Gateways as mod_cti's page has them: seven parameters and two variables, with no text shared but the catalogue's names. */
final class TypicalGateways {
    static final int COUNT = 10_000;

    private TypicalGateways() {}

    static List<Gateway> list() {
        return IntStream.range(0, COUNT).mapToObj(TypicalGateways::one).toList();
    }

    private static Gateway one(int number) {
        return Gateway.builder("trunk-" + number)
                .set(Parameters.REGISTER.name(), fresh("true"))
                .set(Parameters.CALLER_ID_IN_FROM.name(), fresh("true"))
                .set(Parameters.REALM.name(), "180.76." + number / 250 + "." + (1 + number % 250) + ":35560")
                .set(Parameters.EXPIRE_SECONDS.name(), fresh("60"))
                .set(Parameters.DESTINATION_PREFIX.name(), fresh("9"))
                .set(Parameters.USERNAME.name(), "trunk" + number)
                .set(Parameters.PASSWORD.name(), "trunk@ddt" + number)
                .variable(fresh("sip_sticky_contact"), fresh("true"))
                .variable(fresh("absolute_codec_string"), fresh("PCMA,PCMU"))
                .build();
    }

    /** A copy of its own, as a reader of JSON makes one for each value. */
    private static String fresh(String text) {
        return String.valueOf(text.toCharArray());
    }
}
