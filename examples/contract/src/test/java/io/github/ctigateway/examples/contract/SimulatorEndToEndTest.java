package io.github.ctigateway.examples.contract;

import io.github.ctigateway.esl.contract.SimulatedSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import java.nio.file.Path;

/** The whole library on the simulator: always. */
class SimulatorEndToEndTest extends EndToEndContract {
    @Override
    protected SwitchUnderTest open(Path temporary) {
        return SimulatedSwitch.start(temporary);
    }
}
