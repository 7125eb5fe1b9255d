package io.github.ctigateway.examples.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The URI of a Redis, with a password to open it and without one to show it. */
final class RedisAddress {
    private RedisAddress() {}

    /**
     * The URI with this password, unless it has one. The arguments of a process are for everybody to see, so the password can come from
     * elsewhere.
     *
     * @param password may be empty: then the URI stays as it is
     */
    static String withPassword(String uri, String password) {
        int begin = uri.indexOf("://") + 3;
        int at = uri.indexOf('@', begin);
        String user = at < 0 ? "" : uri.substring(begin, at);
        if (password.isEmpty() || begin < 3 || user.contains(":")) {
            return uri;
        }
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        return uri.substring(0, begin) + user + ":" + encoded + "@" + uri.substring(at < 0 ? begin : at + 1);
    }

    /** The URI as it may be shown: both the user's part and the options behind it may hold passwords. */
    static String withoutSecrets(String uri) {
        // A password may hold anything, '/', '?' and '@' too.
        return uri.replaceFirst("(?s)[?&]sentinel-password=.*", "")
                .replaceFirst("(?s)://.*@", "://***@")
                .replaceFirst("(?s)\\?.*", "");
    }
}
