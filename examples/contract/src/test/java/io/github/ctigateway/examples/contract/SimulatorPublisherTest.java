package io.github.ctigateway.examples.contract;

import io.github.ctigateway.esl.contract.ContractTable;
import io.github.ctigateway.esl.contract.SimulatedSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The publishers and mod_xml_curl's questions on the simulator: always. */
@ExtendWith(ContractTable.class)
class SimulatorPublisherTest {
    @Nested
    class Files extends FilesPublisherContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary);
        }
    }

    @Nested
    class Curl extends XmlCurlPublisherContract {
        @Override
        protected XmlCurlWeb openWeb() {
            return XmlCurlWeb.onAnyPort();
        }

        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary, web().uri());
        }
    }

    @Nested
    class Questions extends XmlCurlContract {
        @Override
        protected RecordingWeb openWeb() {
            return RecordingWeb.onAnyPort();
        }

        @Override
        protected SwitchUnderTest open(Path temporary) {
            return SimulatedSwitch.start(temporary, web().uri());
        }
    }
}
