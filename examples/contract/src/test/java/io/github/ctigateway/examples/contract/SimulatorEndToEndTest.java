package io.github.ctigateway.examples.contract;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.esl.contract.ContractTable;
import io.github.ctigateway.esl.contract.SimulatedSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole library on the simulator, with files and over mod_xml_curl: always. */
@ExtendWith(ContractTable.class)
class SimulatorEndToEndTest {
    @Nested
    class FilesEndToEnd extends EndToEndContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class FilesLoad extends LoadContract {
        @Override
        protected int rounds() {
            return 2;
        }

        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class XmlCurlEndToEnd extends EndToEndContract {
        private final XmlCurlWeb web = XmlCurlWeb.onAnyPort();

        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary, web.uri());
        }

        @Override
        protected GatewayPublisher openPublisher() {
            return web.answerer().publisher(server().profile());
        }

        @AfterAll
        void stopAnswering() {
            web.close();
        }
    }

    @Nested
    class XmlCurlLoad extends LoadContract {
        private final XmlCurlWeb web = XmlCurlWeb.onAnyPort();

        @Override
        protected int rounds() {
            return 2;
        }

        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary, web.uri());
        }

        @Override
        protected GatewayPublisher openPublisher() {
            return web.answerer().publisher(server().profile());
        }

        @AfterAll
        void stopAnswering() {
            web.close();
        }
    }
}
