package io.github.ctigateway.esl.contract;

import java.nio.file.Path;

/** The model's predictions on the simulator: always. */
class SimulatorEffectiveGatewayTest extends EffectiveGatewayContract {
    @Override
    SwitchUnderTest open(Path temporary) {
        return SimulatedSwitch.start(temporary);
    }
}
