package io.github.ctigateway.model;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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
    private final String english;
    private final String chinese;

    Parameter(String name, ParameterType<T> type, @Nullable String defaultText, String english, String chinese) {
        this.name = Objects.requireNonNull(name, "name cannot be null");
        this.type = type;
        this.defaultText = defaultText;
        this.english = english;
        this.chinese = chinese;
    }

    /** The name in {@code <param name=…>}; mod_sofia compares it exactly. */
    public String name() {
        return name;
    }

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
        return locale.getLanguage().equals("zh") ? chinese : english;
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
