package io.github.ctigateway.redis.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The address of a Redis, in one of the forms
 *
 * <pre>
 * redis://[user:password@]host[:port][/database][?options]
 * redis+sentinel://[user:password@]host[:port],…/master[/database][?options]
 * redis+cluster://[user:password@]host[:port],…[?options]
 * </pre>
 *
 * <p>and the same with {@code rediss} for TLS. User and password are percent-encoded. Written by hand and not with
 * {@link java.net.URI}, which knows neither lists of hosts nor how to keep a password out of its messages.
 */
final class RedisUri {
    enum Topology {
        SINGLE,
        SENTINEL,
        CLUSTER
    }

    private static final int DEFAULT_PORT = 6379;
    private static final int DEFAULT_SENTINEL_PORT = 26379;
    private static final int MAX_PORT = 65535;
    private static final Pattern FORM = Pattern.compile(
            "redis(s?)(?:\\+(sentinel|cluster))?://(?:(.*)@)?([^@/?#]+)(?:/([^?#@]*))?(?:\\?([^#@]*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");
    private static final Set<String> OPTIONS =
            Set.of("timeout-ms", "client-name", "protocol", "sentinel-user", "sentinel-password");

    private final Topology topology;
    private final boolean tls;
    private final @Nullable String user;
    private final @Nullable String password;
    private final Set<HostAndPort> hosts;
    private final String master;
    private final int database;
    private final Map<String, String> options;

    private RedisUri(String uri) {
        Matcher form = FORM.matcher(uri);
        require(form.matches(), "it must look like redis://user:password@host:6379/0");
        tls = !form.group(1).isEmpty();
        topology = form.group(2) == null
                ? Topology.SINGLE
                : form.group(2).equals("sentinel") ? Topology.SENTINEL : Topology.CLUSTER;
        String credentials = form.group(3);
        user = credentials == null ? null : userOf(credentials);
        password = credentials == null ? null : passwordOf(credentials);
        hosts = hosts(form.group(4));
        String path = form.group(5) == null ? "" : form.group(5);
        int slash = path.indexOf('/');
        master = topology == Topology.SENTINEL ? decoded(slash < 0 ? path : path.substring(0, slash)) : "";
        require(
                topology != Topology.SENTINEL || !master.isEmpty(),
                "the master's name must follow the sentinels: …/mymaster");
        database = database(topology == Topology.SENTINEL ? (slash < 0 ? "" : path.substring(slash + 1)) : path);
        require(topology != Topology.CLUSTER || database == 0, "a cluster has the database 0 only");
        options = options(form.group(6));
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it has another form; the message quotes nothing of it
     */
    static RedisUri parse(String uri) {
        return new RedisUri(uri);
    }

    private static @Nullable String userOf(String credentials) {
        int colon = credentials.indexOf(':');
        return colon <= 0 ? null : decoded(credentials.substring(0, colon));
    }

    private static String passwordOf(String credentials) {
        // A password without a user may also stand without the colon, as some tools write it.
        return decoded(credentials.substring(credentials.indexOf(':') + 1));
    }

    private Set<HostAndPort> hosts(String list) {
        Set<HostAndPort> found = new LinkedHashSet<>();
        for (String text : list.split(",", -1)) {
            Matcher host = HOST.matcher(text);
            require(host.matches(), "a host must look like redis.example.com:6379 or [::1]:6379");
            int standard = topology == Topology.SENTINEL ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT;
            int port = host.group(2) == null ? standard : Integer.parseInt(host.group(2));
            require(port > 0 && port <= MAX_PORT, "a port lies between 1 and 65535");
            String name = host.group(1);
            found.add(new HostAndPort(name.startsWith("[") ? name.substring(1, name.length() - 1) : name, port));
        }
        require(
                topology != Topology.SINGLE || found.size() == 1,
                "several hosts need redis+sentinel:// or redis+cluster://");
        return found;
    }

    private static int database(String text) {
        require(text.matches("[0-9]{0,4}"), "the database is a number");
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static Map<String, String> options(@Nullable String query) {
        Map<String, String> found = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return found;
        }
        for (String option : query.split("&", -1)) {
            int equals = option.indexOf('=');
            require(equals > 0 && OPTIONS.contains(option.substring(0, equals)), "its options are " + OPTIONS);
            found.put(option.substring(0, equals), decoded(option.substring(equals + 1)));
        }
        require(found.getOrDefault("timeout-ms", "1").matches("[1-9][0-9]{0,6}"), "timeout-ms is a number above 0");
        require(found.getOrDefault("protocol", "2").matches("[23]"), "protocol is 2 or 3");
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message quotes the text, which may be the password.
            throw refused("a % must be followed by two hexadecimal digits");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw refused(otherwise);
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("The Redis URI is not understood: " + why + ".");
    }

    Topology topology() {
        return topology;
    }

    boolean tls() {
        return tls;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    Set<HostAndPort> hosts() {
        return hosts;
    }

    String master() {
        return master;
    }

    int database() {
        return database;
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return topology + (tls ? " TLS " : " ") + hosts + (master.isEmpty() ? "" : "/" + master) + "/" + database;
    }
}
