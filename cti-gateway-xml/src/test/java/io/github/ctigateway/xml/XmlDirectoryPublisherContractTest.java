package io.github.ctigateway.xml;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.GatewayPublisherContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class XmlDirectoryPublisherContractTest extends GatewayPublisherContract {
    @TempDir
    private Path directory;

    @Override
    protected GatewayPublisher openPublisher() {
        return XmlDirectoryPublisher.at(directory);
    }
}
