package io.github.ctigateway.xml;

import io.github.ctigateway.xml.internal.XmlText;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code autoload_configs/xml_curl.conf.xml} that makes FreeSWITCH ask an {@link XmlCurlAnswerer} (xmlcurl.c, {@code do_config}).
 *
 * <p>It binds {@code configuration}, for starting gateways, and {@code directory}, for the gateways that a profile takes in when it starts
 * or rescans; the latter needs {@code <domain name="all" parse="true"/>} in the profile. It raises the largest answer from 1 MiB, sets a
 * time limit, which mod_xml_curl has none of, and for https turns the certificate checks on, which it has off.
 */
public final class XmlCurlBinding {
    private static final int LARGEST_ANSWER = 256 * 1024 * 1024;
    private static final int SECONDS = 10;

    private XmlCurlBinding() {}

    /** The file for an answerer that asks for no credentials. */
    public static String configuration(URI url) {
        return configuration(url, null);
    }

    /**
     * The file for an answerer that asks for these credentials, which stand in it in clear: keep it from other users.
     *
     * @throws IllegalArgumentException when the user holds a colon, or either holds a character that XML cannot carry
     */
    public static String configuration(URI url, String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("user cannot hold a colon");
        }
        return configuration(url, user + ':' + Objects.requireNonNull(password, "password cannot be null"));
    }

    private static String configuration(URI url, @Nullable String credentials) {
        StringBuilder out = new StringBuilder(
                "<configuration name=\"xml_curl.conf\" description=\"Gateways from cti-gateway\">\n<bindings>\n<binding name=\"cti-gateway\">\n");
        parameter(out, "gateway-url", url.toString(), " bindings=\"configuration|directory\"");
        if (credentials != null) {
            parameter(out, "gateway-credentials", credentials, "");
            parameter(out, "auth-scheme", "basic", "");
        }
        parameter(out, "timeout", Integer.toString(SECONDS), "");
        parameter(out, "response-max-bytes", Integer.toString(LARGEST_ANSWER), "");
        if ("https".equalsIgnoreCase(url.getScheme())) {
            parameter(out, "enable-cacert-check", "true", "");
            parameter(out, "enable-ssl-verifyhost", "true", "");
        }
        return out.append("</binding>\n</bindings>\n</configuration>\n").toString();
    }

    private static void parameter(StringBuilder out, String name, String value, String more) {
        out.append("  <param name=\"").append(name).append("\" value=\"");
        if (XmlText.append(out, value) != XmlText.WRITTEN) {
            throw new IllegalArgumentException(name + " cannot hold a character that XML cannot carry");
        }
        out.append('"').append(more).append("/>\n");
    }
}
