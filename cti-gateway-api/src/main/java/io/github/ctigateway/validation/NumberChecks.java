package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.ParameterType;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.model.SofiaText;
import java.util.List;
import java.util.Map;

/** Seconds and counts, which mod_sofia reads with atoi. */
final class NumberChecks {
    private static final List<Parameter<?>> PING_ONLY = List.of(
            Parameters.PING_MAX,
            Parameters.PING_MIN,
            Parameters.PING_USER_AGENT,
            Parameters.PING_MONITORING,
            Parameters.CONTACT_IN_PING);

    /** Below this mod_sofia takes its own number (parse_gateways). */
    private static final int LEAST = 5;

    /** Any number of so many digits is a long. */
    private static final int MOST_DIGITS = 18;

    private final Map<String, String> parameters;
    private final Findings findings;

    private NumberChecks(Map<String, String> parameters, Findings findings) {
        this.parameters = parameters;
        this.findings = findings;
    }

    static void check(Gateway gateway, Findings findings) {
        NumberChecks checks = new NumberChecks(gateway.parameters(), findings);
        checks.expires(gateway.registers());
        checks.seconds(Parameters.RETRY_SECONDS, 30);
        checks.seconds(Parameters.RETRY_SECONDS_ALIAS, 30);
        checks.seconds(Parameters.TIMEOUT_SECONDS, 60);
        checks.number(Parameters.RETRY_SECONDS_908);
        checks.alias();
        checks.ping();
    }

    private void expires(boolean registers) {
        String value = given(Parameters.EXPIRE_SECONDS);
        String path = path(Parameters.EXPIRE_SECONDS);
        if (value.isEmpty() || isOrdinary(value)) {
            return;
        }
        int number = SofiaText.atoi(value);
        if (!registers) {
            seconds(Parameters.EXPIRE_SECONDS, 3600);
        } else if (!SofiaText.isDigits(value.strip())) {
            findings.add(Finding.EXPIRE_MALFORMED, path, Findings.quoted("", value));
        } else if (!isExact(value.strip())) {
            findings.add(Finding.PARTIAL, path, Findings.quoted("", value), number);
        } else if (number == 0) {
            findings.add(Finding.EXPIRE_ZERO, path);
        } else if (number < LEAST) {
            findings.add(Finding.EXPIRE_LOW, path, value.strip());
        }
    }

    private void seconds(Parameter<?> parameter, int instead) {
        String value = given(parameter);
        if (value.isEmpty() || isOrdinary(value)) {
            return;
        }
        if (SofiaText.atoi(value) < LEAST) {
            findings.add(Finding.COERCED, path(parameter), Findings.quoted("", value), instead, LEAST);
        } else {
            number(parameter);
        }
    }

    private void number(Parameter<?> parameter) {
        String value = given(parameter);
        if (!value.isEmpty() && !isExact(value.strip())) {
            findings.add(Finding.PARTIAL, path(parameter), Findings.quoted("", value), SofiaText.atoi(value));
        }
    }

    /** Two to four digits, the first no zero: nearly every value, with which nothing is wrong. */
    private static boolean isOrdinary(String value) {
        return value.length() >= 2 && value.length() <= 4 && value.charAt(0) != '0' && SofiaText.isDigits(value);
    }

    /** Digits that atoi reads as the number they are; blanks in front or behind do not matter to it. */
    private static boolean isExact(String digits) {
        return SofiaText.isDigits(digits)
                && digits.length() <= MOST_DIGITS
                && Long.parseLong(digits) == SofiaText.atoi(digits);
    }

    private void alias() {
        String alias = Parameters.RETRY_SECONDS_ALIAS.name();
        String name = Parameters.RETRY_SECONDS.name();
        if (!given(Parameters.RETRY_SECONDS_ALIAS).isEmpty()
                && !given(Parameters.RETRY_SECONDS).isEmpty()) {
            String last = "";
            for (String key : parameters.keySet()) {
                last = key.equals(alias) || key.equals(name) ? key : last;
            }
            findings.add(Finding.ALIAS_TWICE, "param." + alias, name, alias, last);
        }
    }

    private void ping() {
        String value = given(Parameters.PING);
        int ping = SofiaText.atoi(value);
        if (ping < 0) {
            findings.add(Finding.PING_NEVER, path(Parameters.PING), Findings.quoted("", value));
        } else if (ping > 0 && ping < LEAST) {
            findings.add(Finding.PING_OFF, path(Parameters.PING), Findings.quoted("", value));
        } else {
            number(Parameters.PING);
        }
        if (ping >= 0 && ping < LEAST) {
            for (Parameter<?> parameter : PING_ONLY) {
                if (isSet(parameter)) {
                    findings.add(Finding.IGNORED, path(parameter), parameter.name(), Parameters.PING.name());
                }
            }
        } else {
            counts();
        }
    }

    private boolean isSet(Parameter<?> parameter) {
        String value = given(parameter);
        return !value.isEmpty() && (parameter.type() != ParameterType.BOOLEAN || SofiaText.isTrue(value));
    }

    private void counts() {
        number(Parameters.PING_MAX);
        number(Parameters.PING_MIN);
        int max = count(Parameters.PING_MAX);
        int min = count(Parameters.PING_MIN);
        if (min > max) {
            findings.add(Finding.PING_NEVER_UP, path(Parameters.PING_MIN), min, max);
        } else if (min < 1) {
            findings.add(Finding.PING_NEVER_DOWN, path(Parameters.PING_MIN), min);
        }
    }

    private int count(Parameter<Integer> parameter) {
        String value = given(parameter);
        return value.isEmpty() ? 1 : SofiaText.atoi(value);
    }

    private String given(Parameter<?> parameter) {
        return parameters.getOrDefault(parameter.name(), "");
    }

    private static String path(Parameter<?> parameter) {
        return "param." + parameter.name();
    }
}
