package io.github.ctigateway.examples.contract;

import io.github.ctigateway.esl.contract.ContractTable;
import io.github.ctigateway.esl.contract.RealSwitch;
import io.github.ctigateway.esl.contract.SwitchUnderTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The publishers and mod_xml_curl's questions on a real FreeSWITCH, as far as the system properties of {@link RealSwitch} name one. */
@ExtendWith(ContractTable.class)
@EnabledIfSystemProperty(
        named = RealSwitch.ADDRESS,
        matches = ".+",
        disabledReason =
                "no real FreeSWITCH was named (-Pfreeswitch -Dfreeswitch.esl=HOST:PORT …): its half is not run")
class RealFreeSwitchPublisherIT {
    private static final String NO_XML_CURL =
            "no real FreeSWITCH with mod_xml_curl was named (-Dfreeswitch.xml-curl=HOST:PORT): not run";

    @Nested
    class Files extends FilesPublisherContract {
        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = RealSwitch.XML_CURL, matches = ".+", disabledReason = NO_XML_CURL)
    class Curl extends XmlCurlPublisherContract {
        @Override
        protected XmlCurlWeb openWeb() {
            return XmlCurlWeb.forRealSwitch();
        }

        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }

    @Nested
    @EnabledIfSystemProperty(named = RealSwitch.XML_CURL, matches = ".+", disabledReason = NO_XML_CURL)
    class Questions extends XmlCurlContract {
        @Override
        protected RecordingWeb openWeb() {
            return RecordingWeb.forRealSwitch();
        }

        @Override
        protected SwitchUnderTest open(Path temporary) {
            return RealSwitch.fromProperties();
        }
    }
}
