package io.github.ctigateway.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks through a gateway as parse_gateways does, and notes each value with its origin. Used once. */
final class EffectiveReading {
    /** The elements of xml_gateway_status that follow from the definition, in its order. */
    static final List<String> STATUS_FIELDS = List.of(
            "name",
            "profile",
            "scheme",
            "realm",
            "username",
            "password",
            "from",
            "contact",
            "exten",
            "to",
            "proxy",
            "context",
            "expires",
            "freq",
            "pingfreq",
            "pingmin",
            "pingmax");

    /** Below this many seconds mod_sofia takes its own number (parse_gateways). */
    static final int LEAST_SECONDS = 5;

    /** The same for a subscription's retry (parse_gateway_subscriptions). */
    private static final int LEAST_SUBSCRIPTION_RETRY = 10;

    private final Gateway gateway;
    private final ProfileFacts profile;
    private final Map<String, EffectiveValue> values = new LinkedHashMap<>();

    EffectiveReading(Gateway gateway, ProfileFacts profile) {
        this.gateway = gateway;
        this.profile = profile;
    }

    EffectiveGateway read() {
        boolean registers = bool(Parameters.REGISTER);
        put("name", gateway.name(), Origin.GIVEN);
        put("profile", profile.name(), Origin.PROFILE);
        text(Parameters.SCHEME, "scheme", "Digest", Origin.DEFAULT);
        String givenProxy = given(Parameters.PROXY);
        String realm = text(
                Parameters.REALM,
                "realm",
                givenProxy == null ? gateway.name() : givenProxy,
                givenProxy == null ? Origin.NAME : Origin.PROXY);
        String username = text(
                Parameters.USERNAME,
                "username",
                registers ? "" : "FreeSWITCH",
                registers ? Origin.DEFAULT : Origin.ANONYMOUS);
        boolean password = given(Parameters.PASSWORD) != null;
        put("password", password ? "yes" : "no", password ? Origin.GIVEN : Origin.DEFAULT);
        String proxy = givenProxy == null ? realm : givenProxy;
        String transport = transport();
        String fromHost = Optional.ofNullable(given(Parameters.FROM_DOMAIN)).orElse(proxy);
        String fromUser = Optional.ofNullable(given(Parameters.FROM_USER)).orElse(username);
        put("from", "<sip:" + fromUser + "@" + fromHost + ">", Origin.DERIVED);
        String exten = Optional.ofNullable(given(Parameters.EXTENSION)).orElse(username);
        Contact contact = contact(exten, proxy, transport);
        put("contact", contact.toString(), Origin.DERIVED);
        text(Parameters.EXTENSION, "exten", username, Origin.USERNAME);
        String bareProxy = startsWithSip(proxy) ? proxy.substring("sip:".length()) : proxy;
        put("to", "sip:" + username + "@" + bareProxy, Origin.DERIVED);
        proxy(proxy, givenProxy != null);
        context();
        expires();
        ping(fromHost);
        put("register", Boolean.toString(registers), boolOrigin(Parameters.REGISTER), odd(Parameters.REGISTER));
        text(Parameters.AUTH_USERNAME, "auth-username", username, Origin.USERNAME);
        transportValue(transport);
        put("register-uri", "sip:" + proxy + transportParameter(proxy, transport), Origin.DERIVED);
        boolean distinctTo = bool(Parameters.DISTINCT_TO);
        put("register-to", distinctTo ? get("to") : get("from"), Origin.DERIVED);
        uri(Parameters.REGISTER_PROXY);
        uri(Parameters.OUTBOUND_PROXY);
        seconds(Parameters.RETRY_SECONDS.name(), retryText(), 30, Origin.RETRY_TOO_LOW);
        seconds(Parameters.TIMEOUT_SECONDS.name(), given(Parameters.TIMEOUT_SECONDS), 60, Origin.TIMEOUT_TOO_LOW);
        retryAfterTimeout();
        boolValue(Parameters.CALLER_ID_IN_FROM);
        boolValue(Parameters.EXTENSION_IN_CONTACT);
        boolValue(Parameters.DISTINCT_TO);
        rfc5626();
        optional(Parameters.FROM_DOMAIN);
        optional(Parameters.CONTACT_PARAMS);
        optional(Parameters.DESTINATION_PREFIX);
        optional(Parameters.GW_AUTH_ACL);
        gateway.subscriptions().forEach(this::subscription);
        return new EffectiveGateway(
                gateway.name(), profile, skipReason(registers), contact, Collections.unmodifiableMap(values));
    }

    /** In the order in which parse_gateways looks. */
    private @Nullable SkipReason skipReason(boolean registers) {
        if (!Gateway.isValidName(gateway.name())) {
            return SkipReason.NAME;
        }
        String given = given(Parameters.REGISTER_TRANSPORT);
        Optional<String> transport = given == null ? Optional.of("udp") : SofiaText.transport(given);
        if (transport.isEmpty()) {
            return SkipReason.TRANSPORT;
        }
        if (transport.get().equals("tls") && Boolean.FALSE.equals(profile.tls())) {
            return SkipReason.TLS_OFF;
        }
        if (registers && given(Parameters.USERNAME) == null) {
            return SkipReason.NO_USERNAME;
        }
        return registers && given(Parameters.PASSWORD) == null ? SkipReason.NO_PASSWORD : null;
    }

    private String transport() {
        String given = given(Parameters.REGISTER_TRANSPORT);
        return given == null ? "udp" : SofiaText.transport(given).orElse("udp");
    }

    private void transportValue(String transport) {
        String given = given(Parameters.REGISTER_TRANSPORT);
        if (given == null) {
            put("register-transport", transport, Origin.DEFAULT);
        } else if (given.length() == transport.length()) {
            put("register-transport", transport, Origin.GIVEN);
        } else {
            put("register-transport", transport, Origin.TRANSPORT_PREFIX, given);
        }
    }

    private static String transportParameter(String proxy, String transport) {
        return SofiaText.indexOfIgnoringCase(proxy, "transport=") >= 0 ? "" : ";transport=" + transport;
    }

    private void proxy(String proxy, boolean given) {
        if (startsWithSip(proxy)) {
            put("proxy", proxy, given ? Origin.GIVEN : Origin.REALM);
        } else {
            put("proxy", "sip:" + proxy, given ? Origin.SCHEME_ADDED : Origin.REALM);
        }
    }

    private static boolean startsWithSip(String proxy) {
        return SofiaText.indexOfIgnoringCase(proxy, "sip:") == 0;
    }

    private Contact contact(String exten, String proxy, String transport) {
        String user = bool(Parameters.EXTENSION_IN_CONTACT) ? exten : "gw+" + gateway.name();
        String given = given(Parameters.CONTACT_PARAMS);
        String params = given == null ? "" : given.startsWith(";") ? given : ";" + given;
        Contact.Instance instance = Contact.Instance.NO;
        if (bool(Parameters.RFC_5626) && !Boolean.FALSE.equals(profile.rfc5626())) {
            instance = profile.rfc5626() == null ? Contact.Instance.UNKNOWN : Contact.Instance.YES;
        }
        return new Contact(
                user,
                contactHost(proxy),
                transport.equals("tls") ? profile.tlsSipPort() : profile.extSipPort(),
                params + ";transport=" + transport + ";gw=" + gateway.name(),
                instance);
    }

    private @Nullable String contactHost(String proxy) {
        String given = given(Parameters.CONTACT_HOST);
        String host;
        if (given == null) {
            String outside = profile.extSipIp();
            host = outside != null && outside.isEmpty() ? profile.sipIp() : outside;
        } else {
            host = given.equals("sip-ip") ? profile.sipIp() : given;
        }
        String registrar = SofiaText.registerHost(startsWithSip(proxy) ? proxy : "sip:" + proxy);
        if (!Boolean.FALSE.equals(profile.autoNat()) && SofiaText.isLanAddress(registrar)) {
            boolean sure = profile.autoNat() != null || (host != null && host.equals(profile.sipIp()));
            return sure ? profile.sipIp() : null;
        }
        return host;
    }

    private void context() {
        String context = given(Parameters.CONTEXT);
        if (context != null) {
            put("context", context, Origin.GIVEN);
        } else if (profile.context() == null) {
            put("context", Contact.ANY, Origin.UNKNOWN_PROFILE);
        } else if (profile.context().isEmpty()) {
            put("context", "default", Origin.DEFAULT);
        } else {
            put("context", profile.context(), Origin.PROFILE);
        }
    }

    private void expires() {
        String expires = text(Parameters.EXPIRE_SECONDS, "expires", "3600", Origin.DEFAULT);
        int frequency = SofiaText.atoi(expires);
        if (Integer.compareUnsigned(frequency, LEAST_SECONDS) < 0) {
            put("freq", "3600", Origin.FREQUENCY_TOO_LOW, expires);
        } else {
            put(
                    "freq",
                    Integer.toString(frequency),
                    frequency < 0 ? Origin.FREQUENCY_NEGATIVE : Origin.DERIVED,
                    expires);
        }
    }

    private void ping(String optionsHost) {
        String given = given(Parameters.PING);
        int ping = given == null ? 0 : SofiaText.atoi(given);
        boolean on = Integer.compareUnsigned(ping, LEAST_SECONDS) >= 0;
        if (on) {
            put("pingfreq", Integer.toString(ping), ping < 0 ? Origin.PING_NEVER : wholePart(given), given);
        } else if (given == null) {
            put("pingfreq", "0", Origin.DEFAULT);
        } else {
            put("pingfreq", "0", ping == 0 ? wholePart(given) : Origin.PING_TOO_LOW, given);
        }
        count(Parameters.PING_MIN, "pingmin", on);
        count(Parameters.PING_MAX, "pingmax", on);
        if (on) {
            put("options-uri", "<sip:" + optionsHost + ">", Origin.DERIVED);
        }
        for (Parameter<Boolean> parameter : List.of(Parameters.PING_MONITORING, Parameters.CONTACT_IN_PING)) {
            String text = given(parameter);
            if (text != null && SofiaText.isTrue(text) && !on) {
                put(parameter.name(), "false", Origin.NEEDS_PING, text);
            } else {
                boolValue(parameter);
            }
        }
        String agent = given(Parameters.PING_USER_AGENT);
        if (agent != null) {
            put(Parameters.PING_USER_AGENT.name(), on ? agent : "", on ? Origin.GIVEN : Origin.NEEDS_PING, agent);
        }
    }

    private void count(Parameter<Integer> parameter, String field, boolean on) {
        String given = given(parameter);
        if (!on) {
            put(field, "0", given == null ? Origin.DEFAULT : Origin.NEEDS_PING, given);
        } else if (given == null) {
            put(field, "1", Origin.DEFAULT);
        } else {
            put(field, Integer.toString(SofiaText.atoi(given)), wholePart(given), given);
        }
    }

    /** The alias is one parameter more to mod_sofia: whichever of the two stands last wins. */
    private @Nullable String retryText() {
        String text = null;
        for (Map.Entry<String, String> parameter : gateway.parameters().entrySet()) {
            boolean retry = parameter.getKey().equals(Parameters.RETRY_SECONDS.name())
                    || parameter.getKey().equals(Parameters.RETRY_SECONDS_ALIAS.name());
            if (retry && !parameter.getValue().isEmpty()) {
                text = parameter.getValue();
            }
        }
        return text;
    }

    private void seconds(String name, @Nullable String given, int fallback, Origin tooLow) {
        if (given == null) {
            put(name, Integer.toString(fallback), Origin.DEFAULT);
        } else if (SofiaText.atoi(given) < LEAST_SECONDS) {
            put(name, Integer.toString(fallback), tooLow, given);
        } else {
            put(name, Integer.toString(SofiaText.atoi(given)), wholePart(given), given);
        }
    }

    private void retryAfterTimeout() {
        String given = given(Parameters.RETRY_SECONDS_908);
        if (given != null) {
            put(Parameters.RETRY_SECONDS_908.name(), Integer.toString(SofiaText.atoi(given)), wholePart(given), given);
        }
    }

    private void rfc5626() {
        String given = given(Parameters.RFC_5626);
        if (given != null && SofiaText.isTrue(given) && Boolean.FALSE.equals(profile.rfc5626())) {
            put(Parameters.RFC_5626.name(), "false", Origin.NEEDS_RFC_5626, given);
        } else {
            boolValue(Parameters.RFC_5626);
        }
        String regId = given(Parameters.REG_ID);
        if (regId != null) {
            boolean used = get(Parameters.RFC_5626.name()).equals("true");
            put(Parameters.REG_ID.name(), used ? regId : "", used ? Origin.GIVEN : Origin.NEEDS_RFC_5626, regId);
        }
    }

    /** mod_sofia, parse_gateway_subscriptions: the refresh comes two seconds before the end. */
    private void subscription(GatewaySubscription subscription) {
        String prefix = "subscription." + subscription.event() + ".";
        Map<String, String> given = subscription.parameters();
        String expires = given.getOrDefault("expire-seconds", "");
        String text = expires.isEmpty() ? "3600" : expires;
        put(prefix + "expires", text, expires.isEmpty() ? Origin.DEFAULT : Origin.GIVEN);
        int number = SofiaText.atoi(text);
        boolean low = Integer.compareUnsigned(number, LEAST_SECONDS) < 0;
        put(
                prefix + "freq",
                Integer.toString((low ? 3600 : number) - 2),
                low ? Origin.FREQUENCY_TOO_LOW : Origin.DERIVED,
                expires);
        String retry = given.getOrDefault("retry-seconds", "");
        if (retry.isEmpty() || SofiaText.atoi(retry) >= LEAST_SUBSCRIPTION_RETRY) {
            put(
                    prefix + "retry-seconds",
                    retry.isEmpty() ? "30" : Integer.toString(SofiaText.atoi(retry)),
                    retry.isEmpty() ? Origin.DEFAULT : wholePart(retry),
                    retry);
        } else {
            put(prefix + "retry-seconds", "30", Origin.SUBSCRIPTION_RETRY_TOO_LOW, retry);
        }
        String contentType = given.getOrDefault("content-type", "");
        put(
                prefix + "content-type",
                contentType.isEmpty() ? "NO_CONTENT_TYPE" : contentType,
                contentType.isEmpty() ? Origin.DEFAULT : Origin.GIVEN);
        boolean user = SofiaText.isTrue(given.getOrDefault("username-in-request", "false"));
        put(prefix + "request-uri", get(user ? "to" : "register-uri"), Origin.DERIVED);
    }

    private void uri(Parameter<String> parameter) {
        String given = given(parameter);
        if (given != null) {
            boolean complete = SofiaText.hasScheme(given);
            put(parameter.name(), complete ? given : "sip:" + given, complete ? Origin.GIVEN : Origin.SCHEME_ADDED);
        }
    }

    private void optional(Parameter<String> parameter) {
        String given = given(parameter);
        if (given != null) {
            put(parameter.name(), given, Origin.GIVEN);
        }
    }

    private String text(Parameter<?> parameter, String field, String fallback, Origin origin) {
        String given = given(parameter);
        put(field, given == null ? fallback : given, given == null ? origin : Origin.GIVEN);
        return given == null ? fallback : given;
    }

    private void boolValue(Parameter<Boolean> parameter) {
        put(parameter.name(), Boolean.toString(bool(parameter)), boolOrigin(parameter), odd(parameter));
    }

    private boolean bool(Parameter<Boolean> parameter) {
        String given = given(parameter);
        return SofiaText.isTrue(given == null ? parameter.defaultText().orElse("false") : given);
    }

    private Origin boolOrigin(Parameter<Boolean> parameter) {
        if (given(parameter) == null) {
            return Origin.DEFAULT;
        }
        return odd(parameter) == null ? Origin.GIVEN : Origin.NOT_TRUE;
    }

    private @Nullable String odd(Parameter<Boolean> parameter) {
        String given = given(parameter);
        return given == null || SofiaText.isTrue(given) || SofiaText.isFalse(given) ? null : given;
    }

    private static Origin wholePart(@Nullable String given) {
        return given == null || SofiaText.isDigits(given) ? Origin.GIVEN : Origin.WHOLE_PART;
    }

    private @Nullable String given(Parameter<?> parameter) {
        return gateway.text(parameter.name()).orElse(null);
    }

    private String get(String field) {
        EffectiveValue value = values.get(field);
        return value == null ? "" : value.value();
    }

    private void put(String field, String value, Origin origin) {
        put(field, value, origin, null);
    }

    private void put(String field, String value, Origin origin, @Nullable String given) {
        values.put(field, new EffectiveValue(field, value, origin.isCoercion() ? given : null, origin));
    }
}
