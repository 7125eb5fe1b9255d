package io.github.ctigateway.xml;

import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.GatewayPublisherContract;

class XmlCurlPublisherContractTest extends GatewayPublisherContract {
    @Override
    protected GatewayPublisher openPublisher() {
        return XmlCurlAnswerer.create().publisher("node1", "external");
    }
}
