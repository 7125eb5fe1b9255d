package io.github.ctigateway.examples.cli;

import io.github.ctigateway.control.GatewayController;
import io.github.ctigateway.control.GatewayPublisher;
import io.github.ctigateway.control.PlanPolicy;
import io.github.ctigateway.esl.EslGatewaySwitch;
import io.github.ctigateway.esl.EslOptions;
import io.github.ctigateway.fleet.GatewayFleet;
import io.github.ctigateway.model.ProfileFacts;
import io.github.ctigateway.redis.DecodedGateway;
import io.github.ctigateway.redis.RedisGatewayStore;
import io.github.ctigateway.redis.RedisLeases;
import io.github.ctigateway.redis.RedisStatusFeed;
import io.github.ctigateway.redis.RedisStatusOptions;
import io.github.ctigateway.redis.RedisStatusSink;
import io.github.ctigateway.store.GatewayStore;
import io.github.ctigateway.store.InMemoryGatewayStore;
import io.github.ctigateway.validation.GatewayValidator;
import io.github.ctigateway.xml.XmlCurlAnswerer;
import io.github.ctigateway.xml.XmlCurlServer;
import io.github.ctigateway.xml.XmlDirectoryPublisher;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Opens what the options name; what is opened is the caller's to close. */
final class Connections {
    private final ConnectionOptions options;
    private final Output output;
    private final Map<String, String> environment;
    private final CommandLine command;

    /** @param output where it says why a file of {@code --load} cannot be read */
    Connections(ConnectionOptions options, Output output, Map<String, String> environment, CommandLine command) {
        this.options = options;
        this.output = output;
        this.environment = environment;
        this.command = command;
    }

    /** The store of {@code --redis} or {@code --memory}. */
    GatewayStore openStore() {
        if (options.memory && options.redis != null) {
            throw wrongUsage("--memory is in place of --redis: give one of them.");
        }
        if (!options.memory && options.redis == null) {
            throw wrongUsage("Say where the gateways are kept: --redis URI --domain D, or --memory for a dry try.");
        }
        if (!options.memory && !options.load.isEmpty()) {
            throw wrongUsage("--load fills the store of --memory; a gateway for Redis goes in with the command put.");
        }
        if (options.redis == null) {
            return memory();
        }
        return openRedisStore();
    }

    /** The store of {@code --redis}; what it changes is recorded in the history. */
    RedisGatewayStore openRedisStore() {
        String uri = redis();
        if (options.domain == null) {
            throw wrongUsage("--redis needs --domain D: the gateways stand in the hash cti_gateway@D.");
        }
        try {
            return RedisGatewayStore.open(uri, options.domain, options.author);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("--redis or --domain cannot be right: " + e.getMessage());
        }
    }

    /** Writes statuses to the Redis of {@code --redis}. */
    RedisStatusSink openStatusSink(RedisStatusOptions status) {
        try {
            return RedisStatusSink.open(redis(), status);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("--redis cannot be right: " + e.getMessage());
        }
    }

    /** Reads statuses from the Redis of {@code --redis}. */
    RedisStatusFeed openStatusFeed(RedisStatusOptions status) {
        try {
            return RedisStatusFeed.open(redis(), status);
        } catch (IllegalArgumentException e) {
            throw wrongUsage("--redis cannot be right: " + e.getMessage());
        }
    }

    private String redis() {
        if (options.redis == null) {
            throw wrongUsage("--redis URI is needed.");
        }
        String password = environment.getOrDefault(options.redisPasswordEnv, "");
        boolean named = !options.redisPasswordEnv.equals(ConnectionOptions.REDIS_PASSWORD);
        boolean wanted = !RedisAddress.withPassword(options.redis, "any").equals(options.redis);
        if (named && wanted && password.isEmpty()) {
            throw wrongUsage("There is no environment variable " + options.redisPasswordEnv
                    + ", which --redis-password-env names, or it is empty.");
        }
        return RedisAddress.withPassword(options.redis, password);
    }

    private GatewayStore memory() {
        InMemoryGatewayStore store = InMemoryGatewayStore.create(options.domain == null ? "memory" : options.domain);
        for (Path given : options.load) {
            for (Path file : GatewayFile.in(given)) {
                DecodedGateway decoded = GatewayFile.read(file);
                if (decoded instanceof DecodedGateway.Read read) {
                    store.save(read.gateway());
                } else {
                    new Findings(output, locale()).print(decoded.name(), file.toString(), decoded.findings());
                    throw new CommandFailedException(ExitCodes.FINDINGS, file + " is no gateway.");
                }
            }
        }
        return store;
    }

    /** The FreeSWITCH of {@code --esl}. */
    EslGatewaySwitch openSwitch() {
        if (options.esl.size() > 1) {
            throw wrongUsage("This command is for one node: give --esl once.");
        }
        return openSwitch(eslOptions(options.esl.get(0)));
    }

    private EslGatewaySwitch openSwitch(EslOptions esl) {
        try {
            return EslGatewaySwitch.open(esl, options.profile);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(profile(e));
        }
    }

    private static String profile(IllegalArgumentException wrong) {
        return "--profile cannot be right: " + wrong.getMessage() + ".";
    }

    private EslOptions eslOptions(String address) {
        HostPort place = place(address, "--esl", "127.0.0.1:8021");
        String password = secret(options.eslPasswordEnv, "the event socket's password", "--esl-password-env");
        try {
            return EslOptions.of(place.host(), place.port(), password);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(
                    "--esl or the password in " + options.eslPasswordEnv + " cannot be right: " + e.getMessage() + ".");
        }
    }

    /**
     * The nodes of {@code --esl}, each with its way to FreeSWITCH of {@code --xml-dir} or {@code --xml-curl}.
     *
     * @param nodes how they read gateways, and what is done beside what is stored
     * @param leases whether processes that share the store's Redis take turns
     * @param finish what else the fleet is given
     */
    OpenFleet openFleet(
            GatewayStore store, NodeOptions nodes, boolean leases, UnaryOperator<GatewayFleet.Builder> finish) {
        String xmlCurl = nodes.xmlCurl;
        PlanPolicy policy = nodes.policy(command);
        if (options.xmlDirs.isEmpty() == (xmlCurl == null)) {
            throw wrongUsage(
                    "Say how FreeSWITCH reads the gateways: --xml-dir DIR for a directory that the profile includes, or"
                            + " --xml-curl HOST:PORT for mod_xml_curl.");
        }
        if (xmlCurl == null && options.xmlDirs.size() != options.esl.size()) {
            throw wrongUsage("Each --esl needs its own --xml-dir, in the same order.");
        }
        try {
            EslGatewaySwitch.builder(eslOptions(options.esl.get(0)), options.profile);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(profile(e));
        }
        for (Path directory : options.xmlDirs) {
            if (!Files.isDirectory(directory)) {
                throw wrongUsage(
                        "--xml-dir " + directory + " is no directory; create it where the profile includes it.");
            }
        }
        if (new HashSet<>(options.esl).size() < options.esl.size()) {
            throw wrongUsage("The same --esl is given twice.");
        }
        List<AutoCloseable> opened = new ArrayList<>();
        GatewayFleet.Builder fleet = GatewayFleet.builder(store);
        if (leases && options.redis != null) {
            RedisLeases shared = RedisLeases.open(redis(), store.domain());
            opened.add(shared);
            fleet.leases(shared);
        }
        XmlCurlListener listener =
                xmlCurl == null ? null : listen(xmlCurl, "--xml-curl", null, nodes.xmlCurlCredentials);
        if (listener != null) {
            opened.add(listener);
        }
        for (int i = 0; i < options.esl.size(); i++) {
            EslOptions esl = eslOptions(options.esl.get(i));
            Path directory = listener == null ? options.xmlDirs.get(i) : null;
            fleet.node(
                    options.esl.get(i),
                    () -> openSwitch(esl),
                    node -> GatewayController.builder(store, node)
                            .policy(policy)
                            .publisher(
                                    directory == null
                                            ? Objects.requireNonNull(listener)
                                                    .publisher(node.identity().node(), options.profile)
                                            : XmlDirectoryPublisher.at(directory)));
        }
        return new OpenFleet(finish.apply(fleet).build(), options.esl, opened);
    }

    /**
     * Begins to answer mod_xml_curl.
     *
     * @param text the option's value
     * @param option the option
     * @param node the node to answer; null for any
     */
    XmlCurlListener listen(String text, String option, @Nullable String node, XmlCurlOptions credentials) {
        HostPort place = place(text, option, "127.0.0.1:8093");
        XmlCurlAnswerer answerer = XmlCurlAnswerer.create();
        XmlCurlServer.Builder server =
                XmlCurlServer.builder(answerer, new InetSocketAddress(place.host(), place.port()));
        if (credentials.user != null) {
            String password =
                    secret(credentials.passwordEnv, "the password of " + credentials.user, "--xml-curl-password-env");
            if (password.isEmpty() || credentials.user.indexOf(':') >= 0) {
                throw wrongUsage("--xml-curl-user must not hold a colon, and its password must not be empty.");
            }
            server.credentials(credentials.user, password);
        }
        GatewayPublisher publisher =
                node == null ? answerer.publisher(options.profile) : answerer.publisher(node, options.profile);
        try {
            return new XmlCurlListener(answerer, publisher, server.start(), credentials.user != null);
        } catch (IllegalStateException e) {
            throw wrongUsage(option + " " + text
                    + " is not loopback, and the answers hold passwords: --xml-curl-user is needed.");
        }
    }

    private HostPort place(String text, String option, String example) {
        return HostPort.parse(text)
                .orElseThrow(() -> wrongUsage(option + " must be HOST:PORT, such as " + example + "."));
    }

    private String secret(String variable, String meaning, String option) {
        String value = environment.get(variable);
        if (value == null) {
            throw wrongUsage("The environment variable " + variable + " must hold " + meaning + "; " + option
                    + " names another variable.");
        }
        return value;
    }

    /** The directory of {@code --xml-dir}, if it is given. */
    Optional<Path> xmlDirectory() {
        if (options.xmlDirs.size() > 1) {
            throw wrongUsage("This command is for one node: give --xml-dir once.");
        }
        return options.xmlDirs.stream().findFirst();
    }

    /** The address of {@code --redis} as it may be shown. */
    String redisWithoutSecrets() {
        return RedisAddress.withoutSecrets(String.valueOf(options.redis));
    }

    /** The domain of {@code --domain}. */
    String domain() {
        return String.valueOf(options.domain);
    }

    /** The first {@code --esl}. */
    String firstEsl() {
        return options.esl.get(0);
    }

    /** Whether {@code --redis} is given. */
    boolean hasRedis() {
        return options.redis != null;
    }

    /** The validator for {@code --profile}, which speaks the language of {@code --lang}. */
    GatewayValidator validator() {
        return GatewayValidator.create().forProfile(profile()).speaking(locale());
    }

    /** What is known of {@code --profile}: its name. */
    ProfileFacts profile() {
        return ProfileFacts.unknown(options.profile);
    }

    /** The language of {@code --lang}. */
    Locale locale() {
        return options.language == Language.zh ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(command, message);
    }
}
