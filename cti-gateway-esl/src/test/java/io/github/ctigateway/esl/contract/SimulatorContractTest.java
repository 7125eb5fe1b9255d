package io.github.ctigateway.esl.contract;

import java.nio.file.Path;

/** The contract on the simulator: always. */
class SimulatorContractTest extends FreeSwitchContract {
    @Override
    protected SwitchUnderTest open(Path temporary) {
        return SimulatedSwitch.start(temporary);
    }
}
