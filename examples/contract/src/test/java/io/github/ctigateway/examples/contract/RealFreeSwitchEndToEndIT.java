package io.github.ctigateway.examples.contract;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.esl.contract.ContractTable;
import io.github.ctigateway.esl.contract.RealSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole library on a real FreeSWITCH, with files and over mod_xml_curl, as far as the system properties of {@link RealSwitch} name one.
 */
@ExtendWith(ContractTable.class)
@EnabledIfSystemProperty(
        named = RealSwitch.ADDRESS,
        matches = ".+",
        disabledReason =
                "no real FreeSWITCH was named (-Pfreeswitch -Dfreeswitch.esl=HOST:PORT …): its half is not run")
class RealFreeSwitchEndToEndIT {
    private static final String NO_XML_CURL =
            "no real FreeSWITCH with mod_xml_curl was named (-Dfreeswitch.xml-curl=HOST:PORT): not run";

    @Nested
    class FilesEndToEnd extends EndToEndContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    class FilesLoad extends LoadContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = RealSwitch.XML_CURL, matches = ".+", disabledReason = NO_XML_CURL)
    class XmlCurlEndToEnd extends EndToEndContract {
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

    @Nested
    @EnabledIfSystemProperty(named = RealSwitch.XML_CURL, matches = ".+", disabledReason = NO_XML_CURL)
    class XmlCurlLoad extends LoadContract {
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
}
