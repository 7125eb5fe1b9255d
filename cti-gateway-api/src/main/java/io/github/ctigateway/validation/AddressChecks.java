package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.model.SofiaText;

/** Hosts, ports and URIs. */
final class AddressChecks {
    /** RFC 1035, 2.3.4. */
    private static final int LONGEST_HOST = 253;

    private static final int HIGHEST_PORT = 65_535;

    private AddressChecks() {}

    static void check(Gateway gateway, Findings findings) {
        String proxy = given(gateway, Parameters.PROXY);
        String realm = given(gateway, Parameters.REALM);
        if (!proxy.isEmpty()) {
            host(Parameters.PROXY, proxy, findings);
            if (SofiaText.hasScheme(realm)) {
                findings.add(Finding.REALM_SCHEME, path(Parameters.REALM), scheme(realm));
            }
        } else if (!realm.isEmpty()) {
            host(Parameters.REALM, realm, findings);
        } else {
            findings.add(Finding.NO_ADDRESS, path(Parameters.REALM));
        }
        host(Parameters.FROM_DOMAIN, given(gateway, Parameters.FROM_DOMAIN), findings);
        uri(Parameters.REGISTER_PROXY, given(gateway, Parameters.REGISTER_PROXY), findings);
        uri(Parameters.OUTBOUND_PROXY, given(gateway, Parameters.OUTBOUND_PROXY), findings);
        contactHost(given(gateway, Parameters.CONTACT_HOST), findings);
    }

    private static void host(Parameter<String> parameter, String value, Findings findings) {
        if (value.isEmpty()) {
            return;
        }
        if (SofiaText.hasScheme(value)) {
            findings.add(Finding.HOST_SCHEME, path(parameter), scheme(value));
        } else {
            hostAndPort(parameter, value, findings);
        }
    }

    private static void uri(Parameter<String> parameter, String value, Findings findings) {
        if (!value.isEmpty()) {
            String bare = SofiaText.hasScheme(value) ? value.substring(value.indexOf(':') + 1) : value;
            hostAndPort(parameter, bare.substring(bare.lastIndexOf('@') + 1), findings);
        }
    }

    /** {@code contact-host} is written between {@code @} and {@code :port}, in brackets when it holds a colon. */
    private static void contactHost(String value, Findings findings) {
        if (value.isEmpty() || value.equals("sip-ip")) {
            return;
        }
        String path = path(Parameters.CONTACT_HOST);
        if (SofiaText.hasScheme(value)) {
            findings.add(Finding.HOST_SCHEME, path, scheme(value));
        } else if (value.indexOf(':') >= 0 ? !isIpv6(value) : value.startsWith("[")) {
            findings.add(Finding.CONTACT_HOST, path, Findings.quoted("", value));
        } else if (value.indexOf(':') < 0 && !isHost(value)) {
            findings.add(Finding.HOST_INVALID, path, Findings.quoted("", value));
        }
    }

    private static void hostAndPort(Parameter<String> parameter, String value, Findings findings) {
        int end = value.indexOf(';');
        String address = end < 0 ? value : value.substring(0, end);
        int close = address.lastIndexOf(']');
        int colon = address.indexOf(':', Math.max(close, 0));
        if (close < 0 && colon >= 0 && address.indexOf(':', colon + 1) >= 0) {
            findings.add(
                    isIpv6(address) ? Finding.HOST_IPV6 : Finding.HOST_INVALID,
                    path(parameter),
                    isIpv6(address) ? address : Findings.quoted("", address));
            return;
        }
        int hostEnd = colon < 0 ? address.length() : colon;
        if (!isHost(address, hostEnd) && !isBracketed(address.substring(0, hostEnd))) {
            findings.add(Finding.HOST_INVALID, path(parameter), Findings.quoted("", address.substring(0, hostEnd)));
        } else if (colon >= 0 && !isPort(address.substring(colon + 1))) {
            findings.add(Finding.PORT_INVALID, path(parameter), Findings.quoted("", address.substring(colon + 1)));
        }
    }

    private static boolean isBracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") && isIpv6(host.substring(1, host.length() - 1));
    }

    static boolean isPort(String text) {
        if (!SofiaText.isDigits(text) || text.length() > 5) {
            return false;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= HIGHEST_PORT;
    }

    /** A host name or an IPv4 address; underscores pass, since they are met in the field. */
    static boolean isHost(String host) {
        return isHost(host, host.length());
    }

    /** Whether a text up to this place is one. */
    private static boolean isHost(String text, int end) {
        boolean numeric = true;
        int labelStart = 0;
        for (int i = 0; i <= end; i++) {
            char c = i == end ? '.' : text.charAt(i);
            if (c == '.') {
                boolean trailingDot = i == end && i > 0 && labelStart == i && !numeric;
                if (!trailingDot && !isLabel(text, labelStart, i)) {
                    return false;
                }
                labelStart = i + 1;
            } else if (!isLetterOrDigit(c) && c != '-' && c != '_') {
                return false;
            } else {
                numeric &= c >= '0' && c <= '9';
            }
        }
        return end <= LONGEST_HOST && (!numeric || isIpv4(text, end));
    }

    private static boolean isLabel(String host, int from, int to) {
        return from < to && host.charAt(from) != '-' && host.charAt(to - 1) != '-';
    }

    /** Whether a text up to this place is four numbers up to 255. */
    private static boolean isIpv4(String text, int end) {
        int numbers = 0;
        int start = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || text.charAt(i) == '.') {
                if (!isByte(text, start, i)) {
                    return false;
                }
                numbers++;
                start = i + 1;
            }
        }
        return numbers == 4;
    }

    /** One to three digits that make a number up to 255. */
    private static boolean isByte(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            number = number * 10 + (c - '0');
        }
        return from < to && to - from <= 3 && number <= 255;
    }

    /** Up to eight groups of hexadecimal digits, one gap, an IPv4 tail; without brackets and zone. */
    static boolean isIpv6(String address) {
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        String left = gap < 0 ? address : address.substring(0, gap);
        String right = gap < 0 ? "" : address.substring(gap + 2);
        int groups = groups(left, gap < 0) + groups(right, true);
        return groups >= 0 && (gap < 0 ? groups == 8 : groups < 8);
    }

    /** How many 16-bit groups a part has; very negative when it is none. */
    private static int groups(String part, boolean ipv4Tail) {
        if (part.isEmpty()) {
            return 0;
        }
        String[] texts = part.split(":", -1);
        int groups = 0;
        for (int i = 0; i < texts.length; i++) {
            if (ipv4Tail && i == texts.length - 1 && texts[i].indexOf('.') >= 0) {
                groups += isIpv4(texts[i], texts[i].length()) ? 2 : -100;
            } else {
                groups += isHexGroup(texts[i]) ? 1 : -100;
            }
        }
        return groups;
    }

    private static boolean isHexGroup(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 4;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static String scheme(String value) {
        return value.substring(0, value.indexOf(':') + 1);
    }

    private static String given(Gateway gateway, Parameter<?> parameter) {
        return gateway.parameters().getOrDefault(parameter.name(), "");
    }

    private static String path(Parameter<?> parameter) {
        return "param." + parameter.name();
    }
}
