package io.github.ctigateway.examples.contract;

import io.github.ctigateway.esl.contract.RealSwitch;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import io.github.ctigateway.xml.XmlCurlServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** The web server that mod_xml_curl asks, and who answers there. */
final class XmlCurlWeb implements AutoCloseable {
    private final XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
    private final XmlCurlServer server;

    private XmlCurlWeb(int port) {
        server = XmlCurlServer.builder(answerer, new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .start();
    }

    /** On any port, for the simulator. */
    static XmlCurlWeb onAnyPort() {
        return new XmlCurlWeb(0);
    }

    /** On the loopback port in {@code freeswitch.xml-curl}, which the binding of a real FreeSWITCH posts to. */
    static XmlCurlWeb forRealSwitch() {
        return new XmlCurlWeb(RealSwitch.xmlCurlPort());
    }

    URI uri() {
        return server.uri("127.0.0.1");
    }

    XmlCurlAnswerer answerer() {
        return answerer;
    }

    @Override
    public void close() {
        server.close();
    }
}
