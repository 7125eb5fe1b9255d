package io.github.ctigateway.esl.contract;

import io.github.ctigateway.control.GatewaySwitch;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on a real FreeSWITCH, when the system properties of {@link RealSwitch} name one. */
@ExtendWith(ContractTable.class)
@EnabledIfSystemProperty(
        named = RealSwitch.ADDRESS,
        matches = ".+",
        disabledReason =
                "no real FreeSWITCH was named (-Pfreeswitch -Dfreeswitch.esl=HOST:PORT …): its half is not run")
class RealFreeSwitchContractIT {
    @Nested
    class Definitions extends DefinitionContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Predictions extends EffectiveGatewayContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Commands extends CommandContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Lives extends LifeContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Registrars extends RegistrarContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Replaces extends ReplaceContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Sockets extends SocketContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Names extends NameContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Users extends UserContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class Switches extends GatewaySwitchContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }

        @Override
        protected GatewaySwitch openSwitch(SwitchUnderTest server, String profile) {
            return EslGatewaySwitch.open(EslOptions.of(server.host(), server.port(), server.password()), profile);
        }
    }
}
