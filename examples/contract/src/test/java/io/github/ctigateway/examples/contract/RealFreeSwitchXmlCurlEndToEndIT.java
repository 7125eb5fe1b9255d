package io.github.ctigateway.examples.contract;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.esl.contract.RealSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The whole library over mod_xml_curl on a real FreeSWITCH, whose binding posts to the loopback port in the system property
 * {@code freeswitch.xml-curl}.
 */
@EnabledIfSystemProperty(
        named = RealSwitch.XML_CURL,
        matches = ".+",
        disabledReason = "no real FreeSWITCH with mod_xml_curl was named (-Dfreeswitch.xml-curl=HOST:PORT): not run")
class RealFreeSwitchXmlCurlEndToEndIT extends EndToEndContract {
    private final XmlCurlWeb web = XmlCurlWeb.forRealSwitch();

    @Override
    protected SwitchUnderTest open(Path temporary) {
        return RealSwitch.fromProperties();
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
