package io.github.ctigateway.examples.contract;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.esl.contract.SimulatedSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/** The whole library over mod_xml_curl, as the simulator asks: always. */
class SimulatorXmlCurlEndToEndTest extends EndToEndContract {
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
