package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.model.SofiaText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes settings of a definition, or skips it, as mod_sofia's parse_gateways does. Stateless. */
final class GatewayParser {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayParser.class);
    /** PCRE's {@code $} also matches before a last line break. */
    private static final Pattern NAME = Pattern.compile("[\\w.\\-]+\\n?");

    private static final String ARRAY = "ARRAY::";
    private static final String NEXT_ELEMENT = "|:";
    private static final int MAX_INDEX = 4_000;

    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "sctp");

    private GatewayParser() {}

    static boolean nameIsValid(String name) {
        return NAME.matcher(name).matches();
    }

    /** The settings, or nothing when mod_sofia skips the gateway with an error in its log. */
    static Optional<GatewaySettings> parse(GatewayDefinition definition, ProfileSettings profile) {
        Map<String, String> params = new HashMap<>();
        String transport = "udp";
        for (GatewayDefinition.Param param : definition.parameters()) {
            // "retry_seconds" is an accepted misspelling: the last of the two wins.
            params.put(param.name().equals("retry_seconds") ? "retry-seconds" : param.name(), param.value());
            if (param.name().equals("register-transport")) {
                String value = param.value().toLowerCase(Locale.ROOT);
                Optional<String> known =
                        TRANSPORTS.stream().filter(value::startsWith).findFirst();
                if (known.isEmpty()) {
                    LOG.debug("Gateway {} skipped: unsupported transport", definition.name());
                    return Optional.empty();
                }
                transport = known.get();
            }
        }
        boolean registers = SofiaText.isTrue(params.getOrDefault("register", "true"));
        if (registers
                && (text(params, "username").isEmpty()
                        || text(params, "password").isEmpty())) {
            LOG.debug("Gateway {} skipped: username and password are required", definition.name());
            return Optional.empty();
        }
        return Optional.of(settings(definition, profile, params, transport, registers));
    }

    private static GatewaySettings settings(
            GatewayDefinition definition,
            ProfileSettings profile,
            Map<String, String> params,
            String transport,
            boolean registers) {
        String name = definition.name();
        String givenProxy = text(params, "proxy");
        String realm = orElse(text(params, "realm"), orElse(givenProxy, name));
        String proxy = orElse(givenProxy, realm);
        String username = orElse(text(params, "username"), "FreeSWITCH");
        String fromHost = orElse(text(params, "from-domain"), proxy);
        String extension = orElse(text(params, "extension"), username);
        String expires = params.getOrDefault("expire-seconds", "3600");
        int ping = SofiaText.atoi(text(params, "ping"));
        // parse_gateways keeps it in an unsigned int: a negative number is a huge one.
        boolean pings = Integer.compareUnsigned(ping, 5) >= 0;
        return new GatewaySettings(
                name,
                registers,
                params.getOrDefault("scheme", "Digest"),
                realm,
                username,
                orElse(text(params, "auth-username"), username),
                text(params, "password"),
                "<sip:" + orElse(text(params, "from-user"), username) + "@" + fromHost + ">",
                contact(name, params, profile, transport, extension),
                extension,
                "sip:" + username + "@" + withoutScheme(proxy),
                startsWithScheme(proxy) ? proxy : "sip:" + proxy,
                params.getOrDefault("context", profile.context()),
                expires,
                frequency(expires),
                atLeastFive(params.getOrDefault("retry-seconds", "30"), 30),
                atLeastFive(params.getOrDefault("timeout-seconds", "60"), 60),
                SofiaText.atoi(text(params, "908-retry-seconds")),
                pings ? ping : 0,
                pings ? SofiaText.atoi(params.getOrDefault("ping-min", "1")) : 0,
                pings ? SofiaText.atoi(params.getOrDefault("ping-max", "1")) : 0,
                pings && SofiaText.isTrue(text(params, "ping-monitoring")),
                SofiaText.isTrue(text(params, "distinct-to")),
                variables(definition, "inbound"),
                variables(definition, "outbound"));
    }

    private static String contact(
            String name, Map<String, String> params, ProfileSettings profile, String transport, String extension) {
        String given = text(params, "contact-params");
        String separator = given.isEmpty() || given.startsWith(";") ? "" : ";";
        String user = SofiaText.isTrue(text(params, "extension-in-contact")) ? extension : "gw+" + name;
        String contactHost = params.get("contact-host");
        String host = contactHost == null || contactHost.equals("sip-ip") ? profile.sipIp() : contactHost;
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return "<sip:" + user + "@" + bracketed + ":" + profile.sipPort() + separator + given + ";transport="
                + transport + ";gw=" + name + ">";
    }

    /**
     * The variables of one direction by lower-case name, as a FreeSWITCH event keeps headers: of two equals the first is found, an empty
     * value takes those before it away, {@code name[i]} is an element of an array, and an array of one is its element.
     */
    private static Map<String, String> variables(GatewayDefinition definition, String direction) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (GatewayDefinition.Variable variable : definition.variables()) {
            String name = variable.name();
            String value = variable.value();
            String given = variable.direction();
            if (name == null || value == null || (given != null && !given.equalsIgnoreCase(direction))) {
                continue;
            }
            String key = name.toLowerCase(Locale.ROOT);
            if (key.contains("[")) {
                addElement(variables, key, value);
            } else if (value.isEmpty()) {
                variables.remove(key);
            } else {
                boolean single = value.startsWith(ARRAY) && !value.contains(NEXT_ELEMENT);
                variables.putIfAbsent(key, single ? value.substring(ARRAY.length()) : value);
            }
        }
        return variables;
    }

    private static void addElement(Map<String, String> variables, String key, String value) {
        String array = key.substring(0, key.indexOf('['));
        int index = SofiaText.atoi(key.substring(array.length() + 1));
        List<String> elements = new ArrayList<>();
        String present = variables.getOrDefault(array, "");
        if (present.startsWith(ARRAY)) {
            elements.addAll(List.of(present.substring(ARRAY.length()).split(Pattern.quote(NEXT_ELEMENT), -1)));
        }
        if (index < 0 || index > MAX_INDEX) {
            return;
        }
        while (elements.size() <= index) {
            elements.add("");
        }
        elements.set(index, value);
        variables.put(array, ARRAY + String.join(NEXT_ELEMENT, elements));
    }

    private static int atLeastFive(String text, int otherwise) {
        int number = SofiaText.atoi(text);
        return number < 5 ? otherwise : number;
    }

    /** Unsigned, unlike the other waits: a negative number stays. */
    private static int frequency(String expires) {
        int number = SofiaText.atoi(expires);
        return Integer.compareUnsigned(number, 5) < 0 ? 3600 : number;
    }

    private static boolean startsWithScheme(String proxy) {
        return proxy.regionMatches(true, 0, "sip:", 0, 4);
    }

    private static String withoutScheme(String proxy) {
        return startsWithScheme(proxy) ? proxy.substring(4) : proxy;
    }

    private static String text(Map<String, String> params, String name) {
        return params.getOrDefault(name, "");
    }

    private static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
