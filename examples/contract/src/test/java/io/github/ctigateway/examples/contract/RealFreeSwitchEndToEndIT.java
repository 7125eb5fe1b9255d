package io.github.ctigateway.examples.contract;

import io.github.ctigateway.esl.contract.RealSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The whole library on a real FreeSWITCH, when the system properties of {@link RealSwitch} name one. */
@EnabledIfSystemProperty(
        named = RealSwitch.ADDRESS,
        matches = ".+",
        disabledReason =
                "no real FreeSWITCH was named (-Pfreeswitch -Dfreeswitch.esl=HOST:PORT …): its half is not run")
class RealFreeSwitchEndToEndIT extends EndToEndContract {
    @Override
    protected SwitchUnderTest open(Path temporary) {
        return RealSwitch.fromProperties();
    }
}
