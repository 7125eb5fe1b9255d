package io.github.ctigateway.model;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One of mod_sofia's gateway parameters, as the catalogue {@link Parameters} describes it. Immutable; two are the same when they
 * have the same name.
 *
 * @param <T> the Java type of its value
 */
public final class Parameter<T> {
    private final String name;
    private final ParameterType<T> type;
    private final @Nullable String defaultText;
    private final String since;
    private final int minimum;
    private final @Nullable Bilingual advice;
    private final Bilingual description;

    Parameter(
            String name,
            ParameterType<T> type,
            @Nullable String defaultText,
            String since,
            int minimum,
            @Nullable Bilingual advice,
            Bilingual description) {
        this.name = Objects.requireNonNull(name, "name cannot be null");
        this.type = type;
        this.defaultText = defaultText;
        this.since = since;
        this.minimum = minimum;
        this.advice = advice;
        this.description = description;
    }

    /** The name in {@code <param name=…>}; mod_sofia compares it exactly. */
    public String name() {
        return name;
    }

    /** How mod_sofia reads its text. */
    public ParameterType<T> type() {
        return type;
    }

    /** What mod_sofia uses when the parameter is absent; empty when that is nothing or another parameter's value. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /** Whether the value is masked wherever it is printed. */
    public boolean isSecret() {
        return Secrets.isSecret(name);
    }

    /** What it does: in Chinese for a Chinese locale, else in English. */
    public String description(Locale locale) {
        return description.in(locale);
    }

    /** The first release of FreeSWITCH whose mod_sofia reads it (its tags were searched); an earlier one ignores it. */
    public String since() {
        return since;
    }

    /** The least number that mod_sofia takes, its own standing in for a lower one; empty when there is no such bound. */
    public OptionalInt minimum() {
        return minimum == 0 ? OptionalInt.empty() : OptionalInt.of(minimum);
    }

    /** What mod_cti's page on gateways advises, in the language of {@link #description}; empty when it has no word on this one. */
    public Optional<String> advice(Locale locale) {
        return Optional.ofNullable(advice).map(text -> text.in(locale));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameter<?> that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
