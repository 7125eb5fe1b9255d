package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.model.SofiaText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The gateway's name, and who it is to the registrar. */
final class IdentityChecks {
    /** {@code gateway_name[256]} of sofia_private (mod_sofia.h), with its NUL. */
    private static final int LONGEST_NAME = 255;

    /**
     * {@code authentication[256]} of sofia_reg_handle_sip_r_challenge holds {@code Digest:"realm":user:password} and a NUL: this is what a
     * realm of one character leaves to user and password.
     */
    static final int LONGEST_CREDENTIALS = 255 - "Digest:\"r\"::".length();

    private static final String BREAKING_CHARACTERS = " >;?,";
    private static final String NO_USER_CHARACTERS = " \"#:<>@[]\\^`{|}";

    /** With one of these sofia-sip does not read From back. */
    private static final AsciiSet BREAKING = AsciiSet.of(BREAKING_CHARACTERS);

    /** What RFC 3261 has no place for in a user. */
    private static final AsciiSet NO_USER = AsciiSet.of(NO_USER_CHARACTERS);

    /** A text without any of these needs no second look. */
    private static final AsciiSet UNUSUAL = AsciiSet.of(BREAKING_CHARACTERS + NO_USER_CHARACTERS + "%");

    private IdentityChecks() {}

    static void name(String name, Findings findings) {
        if (!Gateway.isValidName(name)) {
            findings.add(Finding.NAME_INVALID, "name");
        } else if (name.equalsIgnoreCase("_all_") || name.equalsIgnoreCase("all")) {
            findings.add(Finding.NAME_RESERVED, "name");
        } else if (name.length() > LONGEST_NAME) {
            findings.add(Finding.NAME_TOO_LONG, "name", name.length());
        } else if (isUnsendable(name)) {
            findings.add(Finding.NAME_UNSENDABLE, "name");
        }
    }

    /** FreeSWITCH looks for these words anywhere in a command (mod_event_socket.c, parse_command), so it would be refused. */
    private static boolean isUnsendable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("mod_event_socket") && (lower.contains("reload") || lower.contains("unload"));
    }

    static void credentials(Gateway gateway, Findings findings) {
        String username = given(gateway, Parameters.USERNAME);
        String password = given(gateway, Parameters.PASSWORD);
        boolean registers = gateway.registers();
        if (registers) {
            required(Parameters.USERNAME, username, findings);
            required(Parameters.PASSWORD, password, findings);
        }
        String authUsername = given(gateway, Parameters.AUTH_USERNAME);
        Parameter<String> user = authUsername.isEmpty() ? Parameters.USERNAME : Parameters.AUTH_USERNAME;
        String userText = authUsername.isEmpty() ? username : authUsername;
        Finding cut = registers ? Finding.CREDENTIALS_COLON : Finding.CREDENTIALS_COLON_ON_CALLS;
        colon(user, userText, cut, findings);
        colon(Parameters.PASSWORD, password, cut, findings);
        length(gateway, userText, password, findings);
        String givenFromUser = given(gateway, Parameters.FROM_USER);
        Parameter<String> fromUser = givenFromUser.isEmpty() ? Parameters.USERNAME : Parameters.FROM_USER;
        String fromUserText = givenFromUser.isEmpty() ? username : givenFromUser;
        if (isUnusual(fromUserText) && !(registers && broken(fromUser, fromUserText, findings))) {
            userPart(fromUser, fromUserText, findings);
        }
        if (!fromUser.equals(Parameters.USERNAME)) {
            userPart(Parameters.USERNAME, username, findings);
        }
        contactUser(gateway, findings);
    }

    private static void required(Parameter<String> parameter, String value, Findings findings) {
        if (value.isEmpty()) {
            findings.add(Finding.REQUIRED, "param." + parameter.name(), parameter.name());
        }
    }

    private static void length(Gateway gateway, String user, String password, Findings findings) {
        String realm = given(gateway, Parameters.REALM);
        if (user.length() + password.length() + realm.length() <= LONGEST_CREDENTIALS / 3) {
            return;
        }
        int bytes = bytes(user) + bytes(password);
        int withRealm = bytes + bytes(realm);
        if (bytes > LONGEST_CREDENTIALS && gateway.registers()) {
            findings.add(Finding.CREDENTIALS_LONG, "param.password", bytes, LONGEST_CREDENTIALS);
        } else if (withRealm > LONGEST_CREDENTIALS + 1) {
            findings.add(Finding.CREDENTIALS_MAYBE_LONG, "param.password", withRealm, LONGEST_CREDENTIALS + 1);
        }
    }

    private static boolean isUnusual(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x7f || UNUSUAL.has(c)) {
                return true;
            }
        }
        return false;
    }

    /** Characters with which sofia-sip does not read From back; seen on a running FreeSWITCH. */
    private static boolean broken(Parameter<String> parameter, String value, Findings findings) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (BREAKING.has(c) || (c == '%' && !isEscape(value, i))) {
                findings.add(
                        Finding.USER_BROKEN,
                        "param." + parameter.name(),
                        Findings.quoted(parameter.name(), value),
                        "'" + c + "'");
                return true;
            }
        }
        return false;
    }

    private static boolean isEscape(String value, int percent) {
        return percent + 2 < value.length()
                && Character.digit(value.charAt(percent + 1), 16) >= 0
                && Character.digit(value.charAt(percent + 2), 16) >= 0;
    }

    /** sofia-sip, auc_credentials: the text is cut at every colon. */
    private static void colon(Parameter<String> parameter, String value, Finding cut, Findings findings) {
        if (value.indexOf(':') >= 0) {
            findings.add(cut, "param." + parameter.name(), parameter.name());
        }
    }

    private static void contactUser(Gateway gateway, Findings findings) {
        if (!SofiaText.isTrue(given(gateway, Parameters.EXTENSION_IN_CONTACT))) {
            return;
        }
        String extension = given(gateway, Parameters.EXTENSION);
        if (extension.equals("auto_to_user")) {
            findings.add(Finding.EXTENSION_CONTACT, "param." + Parameters.EXTENSION_IN_CONTACT.name());
        }
        userPart(Parameters.EXTENSION, extension, findings);
    }

    private static void userPart(Parameter<String> parameter, String value, Findings findings) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            // Control characters are reported by TextChecks.
            if (c >= 0x7f || NO_USER.has(c)) {
                findings.add(
                        Finding.USER_CHARACTERS, "param." + parameter.name(), Findings.quoted(parameter.name(), value));
                return;
            }
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String given(Gateway gateway, Parameter<?> parameter) {
        return gateway.parameters().getOrDefault(parameter.name(), "");
    }
}
