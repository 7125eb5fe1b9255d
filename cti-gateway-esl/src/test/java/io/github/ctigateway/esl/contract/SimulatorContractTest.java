package io.github.ctigateway.esl.contract;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on the simulator: always. */
@ExtendWith(ContractTable.class)
class SimulatorContractTest {
    @Nested
    class Definitions extends DefinitionContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Predictions extends EffectiveGatewayContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Commands extends CommandContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Lives extends LifeContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Registrars extends RegistrarContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Replaces extends ReplaceContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Sockets extends SocketContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Names extends NameContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Users extends UserContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Switches extends GatewaySwitchContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }

        @Override
        protected GatewaySwitch openSwitch(SwitchUnderTest server, String profile) {
            return EslGatewaySwitch.open(EslOptions.of(server.host(), server.port(), server.password()), profile);
        }
    }
}
