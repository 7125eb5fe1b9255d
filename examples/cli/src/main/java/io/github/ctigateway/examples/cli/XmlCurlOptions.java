package io.github.ctigateway.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The credentials that an answerer of mod_xml_curl asks for. */
final class XmlCurlOptions {
    @Option(
            names = "--xml-curl-user",
            paramLabel = "USER",
            description = "Ask mod_xml_curl for this user by HTTP Basic; needed beyond loopback.")
    @Nullable
    String user;

    @Option(
            names = "--xml-curl-password-env",
            paramLabel = "NAME",
            defaultValue = "XML_CURL_PASSWORD",
            description = "The environment variable that holds that user's password; ${DEFAULT-VALUE} unless given.")
    String passwordEnv = "";
}
