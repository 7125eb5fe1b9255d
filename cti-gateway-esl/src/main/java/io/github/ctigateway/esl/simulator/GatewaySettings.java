package io.github.ctigateway.esl.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What mod_sofia made of a definition (sofia_gateway after parse_gateways). Immutable.
 *
 * @param name the gateway
 * @param registers whether it registers
 * @param scheme as in the definition
 * @param realm the realm in use
 * @param username the user in use
 * @param authUsername the user of its credentials
 * @param password the password
 * @param from {@code <sip:user@host>}
 * @param contact {@code <sip:gw+NAME@ip:port;…>}
 * @param extension the extension in use
 * @param to {@code sip:user@host}
 * @param proxy {@code sip:host}
 * @param context as in the definition, or the profile's
 * @param expires {@code expire-seconds}, the text
 * @param frequency {@code expire-seconds}, as corrected
 * @param retrySeconds as corrected
 * @param timeoutSeconds as corrected
 * @param retrySecondsAfterTimeout {@code 908-retry-seconds}; 0 when there is none
 * @param pingSeconds 0 is off
 * @param pingMin 0 when ping is off
 * @param pingMax 0 when ping is off
 * @param pingMonitoring whether each ping result is an event
 * @param distinctTo whether the REGISTER's To is {@link #to}
 * @param inbound variables for inbound calls, by lower-case name
 * @param outbound variables for outbound calls, by lower-case name
 */
record GatewaySettings(
        String name,
        boolean registers,
        String scheme,
        String realm,
        String username,
        String authUsername,
        String password,
        String from,
        String contact,
        String extension,
        String to,
        String proxy,
        String context,
        String expires,
        int frequency,
        int retrySeconds,
        int timeoutSeconds,
        int retrySecondsAfterTimeout,
        int pingSeconds,
        int pingMin,
        int pingMax,
        boolean pingMonitoring,
        boolean distinctTo,
        Map<String, String> inbound,
        Map<String, String> outbound) {

    Optional<String> variable(Map<String, String> variables, String variable) {
        return Optional.ofNullable(variables.get(variable.toLowerCase(Locale.ROOT)));
    }

    /** The address that the gateway registers, without {@code sip:}. */
    String registeredAddress() {
        String address = distinctTo ? to : from;
        return address.replaceFirst("^<?sips?:", "").replaceFirst(">$", "");
    }

    /** With a scheme inside the From's host the SIP stack cannot send the REGISTER at all. */
    boolean canBeSent() {
        return !from.matches("(?is)<sip:.*@sips?:.*");
    }

    /** The REGISTER cannot be built without a number of seconds and a host for the contact. */
    boolean canBeBuilt() {
        return expires.matches("[0-9]+") && !contact.contains("@:");
    }
}
