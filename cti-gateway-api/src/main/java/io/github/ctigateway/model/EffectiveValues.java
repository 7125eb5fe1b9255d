package io.github.ctigateway.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single parameters of a gateway, and collects the values that come of them with their origins. Not thread-safe. */
final class EffectiveValues {
    private final Gateway gateway;
    private final Map<String, EffectiveValue> values = new LinkedHashMap<>();

    EffectiveValues(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Everything collected, in order. */
    Map<String, EffectiveValue> all() {
        return Collections.unmodifiableMap(values);
    }

    void uri(Parameter<String> parameter) {
        String given = given(parameter);
        if (given != null) {
            boolean complete = SofiaText.hasScheme(given);
            put(parameter.name(), complete ? given : "sip:" + given, complete ? Origin.GIVEN : Origin.SCHEME_ADDED);
        }
    }

    void optional(Parameter<String> parameter) {
        String given = given(parameter);
        if (given != null) {
            put(parameter.name(), given, Origin.GIVEN);
        }
    }

    String text(Parameter<?> parameter, String field, String fallback, Origin origin) {
        String given = given(parameter);
        put(field, given == null ? fallback : given, given == null ? origin : Origin.GIVEN);
        return given == null ? fallback : given;
    }

    void boolValue(Parameter<Boolean> parameter) {
        put(parameter.name(), Boolean.toString(bool(parameter)), boolOrigin(parameter), odd(parameter));
    }

    boolean bool(Parameter<Boolean> parameter) {
        String given = given(parameter);
        return SofiaText.isTrue(given == null ? parameter.defaultText().orElse("false") : given);
    }

    Origin boolOrigin(Parameter<Boolean> parameter) {
        if (given(parameter) == null) {
            return Origin.DEFAULT;
        }
        return odd(parameter) == null ? Origin.GIVEN : Origin.NOT_TRUE;
    }

    @Nullable
    String odd(Parameter<Boolean> parameter) {
        String given = given(parameter);
        return given == null || SofiaText.isTrue(given) || SofiaText.isFalse(given) ? null : given;
    }

    static Origin wholePart(@Nullable String given) {
        return given == null || SofiaText.isDigits(given) ? Origin.GIVEN : Origin.WHOLE_PART;
    }

    @Nullable
    String given(Parameter<?> parameter) {
        return gateway.text(parameter.name()).orElse(null);
    }

    String get(String field) {
        EffectiveValue value = values.get(field);
        return value == null ? "" : value.value();
    }

    void put(String field, String value, Origin origin) {
        put(field, value, origin, null);
    }

    void put(String field, String value, Origin origin, @Nullable String given) {
        values.put(field, new EffectiveValue(field, value, origin.isCoercion() ? given : null, origin));
    }
}
