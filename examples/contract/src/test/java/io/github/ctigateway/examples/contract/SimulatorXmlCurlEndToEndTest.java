package io.github.ctigateway.examples.contract;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.esl.contract.SimulatedSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import io.github.ctigateway.xml.XmlCurlServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/** The whole library over mod_xml_curl, as the simulator asks: always. */
class SimulatorXmlCurlEndToEndTest extends EndToEndContract {
    private final XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
    private final XmlCurlServer web = XmlCurlServer.builder(
                    answerer, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .start();

    @Override
    protected SwitchUnderTest open(Path temporary) {
        return SimulatedSwitch.start(temporary, web.uri("127.0.0.1"));
    }

    @Override
    protected GatewayPublisher openPublisher() {
        return answerer.publisher(server().profile());
    }

    @AfterAll
    void stopAnswering() {
        web.close();
    }
}
