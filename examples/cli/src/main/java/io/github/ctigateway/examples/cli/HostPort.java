package io.github.ctigateway.examples.cli;

import java.util.Optional;

/**
 * A place to connect to or to listen on.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param port 0 to 65535
 */
record HostPort(String host, int port) {
    private static final int HIGHEST_PORT = 65_535;

    /** Reads {@code HOST:PORT}; an IPv6 address stands in brackets. */
    static Optional<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        return port > HIGHEST_PORT ? Optional.empty() : Optional.of(new HostPort(host, port));
    }
}
