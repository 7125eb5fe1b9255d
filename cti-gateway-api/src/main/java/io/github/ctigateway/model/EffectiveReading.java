package io.github.ctigateway.model;

import java.util.List;
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

    private final Gateway gateway;
    private final ProfileFacts profile;
    private final EffectiveValues values;
    private final TimingReading timing;

    EffectiveReading(Gateway gateway, ProfileFacts profile) {
        this.gateway = gateway;
        this.profile = profile;
        this.values = new EffectiveValues(gateway);
        this.timing = new TimingReading(gateway, values);
    }

    EffectiveGateway read() {
        boolean registers = values.bool(Parameters.REGISTER);
        values.put("name", gateway.name(), Origin.GIVEN);
        values.put("profile", profile.name(), Origin.PROFILE);
        values.text(Parameters.SCHEME, "scheme", "Digest", Origin.DEFAULT);
        String givenProxy = values.given(Parameters.PROXY);
        String realm = values.text(
                Parameters.REALM,
                "realm",
                givenProxy == null ? gateway.name() : givenProxy,
                givenProxy == null ? Origin.NAME : Origin.PROXY);
        String username = values.text(
                Parameters.USERNAME,
                "username",
                registers ? "" : "FreeSWITCH",
                registers ? Origin.DEFAULT : Origin.ANONYMOUS);
        boolean password = values.given(Parameters.PASSWORD) != null;
        values.put("password", password ? "yes" : "no", password ? Origin.GIVEN : Origin.DEFAULT);
        String proxy = givenProxy == null ? realm : givenProxy;
        String transport = transport();
        String fromHost =
                Optional.ofNullable(values.given(Parameters.FROM_DOMAIN)).orElse(proxy);
        String fromUser =
                Optional.ofNullable(values.given(Parameters.FROM_USER)).orElse(username);
        values.put("from", "<sip:" + fromUser + "@" + fromHost + ">", Origin.DERIVED);
        String exten = Optional.ofNullable(values.given(Parameters.EXTENSION)).orElse(username);
        Contact contact = contact(exten, proxy, transport);
        values.put("contact", contact.toString(), Origin.DERIVED);
        values.text(Parameters.EXTENSION, "exten", username, Origin.USERNAME);
        String bareProxy = startsWithSip(proxy) ? proxy.substring("sip:".length()) : proxy;
        values.put("to", "sip:" + username + "@" + bareProxy, Origin.DERIVED);
        proxy(proxy, givenProxy != null);
        context();
        timing.expires();
        timing.ping(fromHost);
        values.put(
                "register",
                Boolean.toString(registers),
                values.boolOrigin(Parameters.REGISTER),
                values.odd(Parameters.REGISTER));
        values.text(Parameters.AUTH_USERNAME, "auth-username", username, Origin.USERNAME);
        transportValue(transport);
        values.put("register-uri", "sip:" + proxy + transportParameter(proxy, transport), Origin.DERIVED);
        boolean distinctTo = values.bool(Parameters.DISTINCT_TO);
        values.put("register-to", distinctTo ? values.get("to") : values.get("from"), Origin.DERIVED);
        values.uri(Parameters.REGISTER_PROXY);
        values.uri(Parameters.OUTBOUND_PROXY);
        timing.retries();
        values.boolValue(Parameters.CALLER_ID_IN_FROM);
        values.boolValue(Parameters.EXTENSION_IN_CONTACT);
        values.boolValue(Parameters.DISTINCT_TO);
        rfc5626();
        values.optional(Parameters.FROM_DOMAIN);
        values.optional(Parameters.CONTACT_PARAMS);
        values.optional(Parameters.DESTINATION_PREFIX);
        values.optional(Parameters.GW_AUTH_ACL);
        gateway.subscriptions().forEach(timing::subscription);
        return new EffectiveGateway(gateway.name(), profile, skipReason(registers), contact, values.all());
    }

    /** In the order in which parse_gateways looks. */
    private @Nullable SkipReason skipReason(boolean registers) {
        if (!Gateway.isValidName(gateway.name())) {
            return SkipReason.NAME;
        }
        String given = values.given(Parameters.REGISTER_TRANSPORT);
        Optional<String> transport = given == null ? Optional.of("udp") : SofiaText.transport(given);
        if (transport.isEmpty()) {
            return SkipReason.TRANSPORT;
        }
        if (transport.get().equals("tls") && Boolean.FALSE.equals(profile.tls())) {
            return SkipReason.TLS_OFF;
        }
        if (registers && values.given(Parameters.USERNAME) == null) {
            return SkipReason.NO_USERNAME;
        }
        return registers && values.given(Parameters.PASSWORD) == null ? SkipReason.NO_PASSWORD : null;
    }

    private String transport() {
        String given = values.given(Parameters.REGISTER_TRANSPORT);
        return given == null ? "udp" : SofiaText.transport(given).orElse("udp");
    }

    private void transportValue(String transport) {
        String given = values.given(Parameters.REGISTER_TRANSPORT);
        if (given == null) {
            values.put("register-transport", transport, Origin.DEFAULT);
        } else if (given.length() == transport.length()) {
            values.put("register-transport", transport, Origin.GIVEN);
        } else {
            values.put("register-transport", transport, Origin.TRANSPORT_PREFIX, given);
        }
    }

    private static String transportParameter(String proxy, String transport) {
        return SofiaText.indexOfIgnoringCase(proxy, "transport=") >= 0 ? "" : ";transport=" + transport;
    }

    private void proxy(String proxy, boolean given) {
        if (startsWithSip(proxy)) {
            values.put("proxy", proxy, given ? Origin.GIVEN : Origin.REALM);
        } else {
            values.put("proxy", "sip:" + proxy, given ? Origin.SCHEME_ADDED : Origin.REALM);
        }
    }

    private static boolean startsWithSip(String proxy) {
        return SofiaText.indexOfIgnoringCase(proxy, "sip:") == 0;
    }

    private Contact contact(String exten, String proxy, String transport) {
        String user = values.bool(Parameters.EXTENSION_IN_CONTACT) ? exten : "gw+" + gateway.name();
        String given = values.given(Parameters.CONTACT_PARAMS);
        String params = given == null ? "" : given.startsWith(";") ? given : ";" + given;
        Contact.Instance instance = Contact.Instance.NO;
        if (values.bool(Parameters.RFC_5626) && !Boolean.FALSE.equals(profile.rfc5626())) {
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
        String given = values.given(Parameters.CONTACT_HOST);
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
        String context = values.given(Parameters.CONTEXT);
        if (context != null) {
            values.put("context", context, Origin.GIVEN);
        } else if (profile.context() == null) {
            values.put("context", Contact.ANY, Origin.UNKNOWN_PROFILE);
        } else if (profile.context().isEmpty()) {
            values.put("context", "default", Origin.DEFAULT);
        } else {
            values.put("context", profile.context(), Origin.PROFILE);
        }
    }

    private void rfc5626() {
        String given = values.given(Parameters.RFC_5626);
        if (given != null && SofiaText.isTrue(given) && Boolean.FALSE.equals(profile.rfc5626())) {
            values.put(Parameters.RFC_5626.name(), "false", Origin.NEEDS_RFC_5626, given);
        } else {
            values.boolValue(Parameters.RFC_5626);
        }
        String regId = values.given(Parameters.REG_ID);
        if (regId != null) {
            boolean used = values.get(Parameters.RFC_5626.name()).equals("true");
            values.put(Parameters.REG_ID.name(), used ? regId : "", used ? Origin.GIVEN : Origin.NEEDS_RFC_5626, regId);
        }
    }
}
