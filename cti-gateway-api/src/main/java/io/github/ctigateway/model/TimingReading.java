package io.github.ctigateway.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of parse_gateways that reads seconds and counts: registration, retries, pings, subscriptions. */
final class TimingReading {
    /** Below this many seconds mod_sofia takes its own number (parse_gateways). */
    static final int LEAST_SECONDS = 5;

    /** The same for a subscription's retry (parse_gateway_subscriptions). */
    private static final int LEAST_SUBSCRIPTION_RETRY = 10;

    private final Gateway gateway;
    private final EffectiveValues values;

    TimingReading(Gateway gateway, EffectiveValues values) {
        this.gateway = gateway;
        this.values = values;
    }

    void retries() {
        seconds(Parameters.RETRY_SECONDS.name(), retryText(), 30, Origin.RETRY_TOO_LOW);
        seconds(
                Parameters.TIMEOUT_SECONDS.name(),
                values.given(Parameters.TIMEOUT_SECONDS),
                60,
                Origin.TIMEOUT_TOO_LOW);
        retryAfterTimeout();
    }

    void expires() {
        String expires = values.text(Parameters.EXPIRE_SECONDS, "expires", "3600", Origin.DEFAULT);
        int frequency = SofiaText.atoi(expires);
        if (Integer.compareUnsigned(frequency, LEAST_SECONDS) < 0) {
            values.put("freq", "3600", Origin.FREQUENCY_TOO_LOW, expires);
        } else {
            values.put(
                    "freq",
                    Integer.toString(frequency),
                    frequency < 0 ? Origin.FREQUENCY_NEGATIVE : Origin.DERIVED,
                    expires);
        }
    }

    void ping(String optionsHost) {
        String given = values.given(Parameters.PING);
        int ping = given == null ? 0 : SofiaText.atoi(given);
        boolean on = Integer.compareUnsigned(ping, LEAST_SECONDS) >= 0;
        if (on) {
            values.put(
                    "pingfreq",
                    Integer.toString(ping),
                    ping < 0 ? Origin.PING_NEVER : EffectiveValues.wholePart(given),
                    given);
        } else if (given == null) {
            values.put("pingfreq", "0", Origin.DEFAULT);
        } else {
            values.put("pingfreq", "0", ping == 0 ? EffectiveValues.wholePart(given) : Origin.PING_TOO_LOW, given);
        }
        count(Parameters.PING_MIN, "pingmin", on);
        count(Parameters.PING_MAX, "pingmax", on);
        if (on) {
            values.put("options-uri", "<sip:" + optionsHost + ">", Origin.DERIVED);
        }
        for (Parameter<Boolean> parameter : List.of(Parameters.PING_MONITORING, Parameters.CONTACT_IN_PING)) {
            String text = values.given(parameter);
            if (text != null && SofiaText.isTrue(text) && !on) {
                values.put(parameter.name(), "false", Origin.NEEDS_PING, text);
            } else {
                values.boolValue(parameter);
            }
        }
        String agent = values.given(Parameters.PING_USER_AGENT);
        if (agent != null) {
            values.put(
                    Parameters.PING_USER_AGENT.name(), on ? agent : "", on ? Origin.GIVEN : Origin.NEEDS_PING, agent);
        }
    }

    private void count(Parameter<Integer> parameter, String field, boolean on) {
        String given = values.given(parameter);
        if (!on) {
            values.put(field, "0", given == null ? Origin.DEFAULT : Origin.NEEDS_PING, given);
        } else if (given == null) {
            values.put(field, "1", Origin.DEFAULT);
        } else {
            values.put(field, Integer.toString(SofiaText.atoi(given)), EffectiveValues.wholePart(given), given);
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
            values.put(name, Integer.toString(fallback), Origin.DEFAULT);
        } else if (SofiaText.atoi(given) < LEAST_SECONDS) {
            values.put(name, Integer.toString(fallback), tooLow, given);
        } else {
            values.put(name, Integer.toString(SofiaText.atoi(given)), EffectiveValues.wholePart(given), given);
        }
    }

    private void retryAfterTimeout() {
        String given = values.given(Parameters.RETRY_SECONDS_908);
        if (given != null) {
            values.put(
                    Parameters.RETRY_SECONDS_908.name(),
                    Integer.toString(SofiaText.atoi(given)),
                    EffectiveValues.wholePart(given),
                    given);
        }
    }

    /** mod_sofia, parse_gateway_subscriptions: the refresh comes two seconds before the end. */
    void subscription(GatewaySubscription subscription) {
        String prefix = "subscription." + subscription.event() + ".";
        Map<String, String> given = subscription.parameters();
        String expires = given.getOrDefault("expire-seconds", "");
        String text = expires.isEmpty() ? "3600" : expires;
        values.put(prefix + "expires", text, expires.isEmpty() ? Origin.DEFAULT : Origin.GIVEN);
        int number = SofiaText.atoi(text);
        boolean low = Integer.compareUnsigned(number, LEAST_SECONDS) < 0;
        values.put(
                prefix + "freq",
                Integer.toString((low ? 3600 : number) - 2),
                low ? Origin.FREQUENCY_TOO_LOW : Origin.DERIVED,
                expires);
        String retry = given.getOrDefault("retry-seconds", "");
        if (retry.isEmpty() || SofiaText.atoi(retry) >= LEAST_SUBSCRIPTION_RETRY) {
            values.put(
                    prefix + "retry-seconds",
                    retry.isEmpty() ? "30" : Integer.toString(SofiaText.atoi(retry)),
                    retry.isEmpty() ? Origin.DEFAULT : EffectiveValues.wholePart(retry),
                    retry);
        } else {
            values.put(prefix + "retry-seconds", "30", Origin.SUBSCRIPTION_RETRY_TOO_LOW, retry);
        }
        String contentType = given.getOrDefault("content-type", "");
        values.put(
                prefix + "content-type",
                contentType.isEmpty() ? "NO_CONTENT_TYPE" : contentType,
                contentType.isEmpty() ? Origin.DEFAULT : Origin.GIVEN);
        boolean user = SofiaText.isTrue(given.getOrDefault("username-in-request", "false"));
        values.put(prefix + "request-uri", values.get(user ? "to" : "register-uri"), Origin.DERIVED);
    }
}
