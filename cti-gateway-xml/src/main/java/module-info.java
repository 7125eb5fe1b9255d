import org.jspecify.annotations.NullMarked;

/**
 * Gateways as FreeSWITCH reads them: XML, a directory of files, and an answerer for mod_xml_curl.
 */
@NullMarked
module io.github.ctigateway.xml {
    requires transitive io.github.ctigateway.api;
    // Static: nothing looks for annotations when the code runs. Transitive: our signatures carry them
    requires static transitive org.jspecify;
    requires org.slf4j;
    // Not static: on the module path it would then be missing, and XmlCurlServer with it, until somebody added it by
    // hand
    requires jdk.httpserver;

    exports io.github.ctigateway.xml;
}
