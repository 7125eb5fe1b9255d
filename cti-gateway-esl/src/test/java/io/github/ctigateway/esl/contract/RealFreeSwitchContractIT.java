package io.github.ctigateway.esl.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract on a real FreeSWITCH, when the system properties of {@link RealSwitch} name one. */
@EnabledIfSystemProperty(
        named = RealSwitch.ADDRESS,
        matches = ".+",
        disabledReason =
                "no real FreeSWITCH was named (-Pfreeswitch -Dfreeswitch.esl=HOST:PORT …): its half is not run")
class RealFreeSwitchContractIT extends FreeSwitchContract {
    @Override
    protected SwitchUnderTest open(Path temporary) {
        return RealSwitch.fromProperties();
    }
}
