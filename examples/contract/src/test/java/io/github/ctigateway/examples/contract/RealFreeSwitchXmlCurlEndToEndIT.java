package io.github.ctigateway.examples.contract;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.esl.contract.RealSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import io.github.ctigateway.xml.XmlCurlServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The whole library over mod_xml_curl on a real FreeSWITCH, whose binding posts to the loopback port in the system property
 * {@code freeswitch.xml-curl}.
 */
@EnabledIfSystemProperty(
        named = "freeswitch.xml-curl",
        matches = ".+:[0-9]+",
        disabledReason = "no real FreeSWITCH with mod_xml_curl was named (-Dfreeswitch.xml-curl=HOST:PORT): not run")
class RealFreeSwitchXmlCurlEndToEndIT extends EndToEndContract {
    private final XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
    private final XmlCurlServer web = XmlCurlServer.builder(answerer, address()).start();

    private static InetSocketAddress address() {
        String address = System.getProperty("freeswitch.xml-curl", "127.0.0.1:18080");
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    protected SwitchUnderTest open(Path temporary) {
        return RealSwitch.fromProperties();
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
