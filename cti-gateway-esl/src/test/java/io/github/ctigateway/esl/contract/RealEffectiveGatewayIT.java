package io.github.ctigateway.esl.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The model's predictions on a real FreeSWITCH, when the system properties of {@link RealSwitch} name one. */
@EnabledIfSystemProperty(
        named = RealSwitch.ADDRESS,
        matches = ".+",
        disabledReason =
                "no real FreeSWITCH was named (-Pfreeswitch -Dfreeswitch.esl=HOST:PORT …): its half is not run")
class RealEffectiveGatewayIT extends EffectiveGatewayContract {
    @Override
    SwitchUnderTest open(Path temporary) {
        return RealSwitch.fromProperties();
    }
}
