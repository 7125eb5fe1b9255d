package io.github.ctigateway.model;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value that mod_sofia uses for a gateway, and where it comes from.
 *
 * @param name an element of {@code xmlstatus} ({@code realm}, {@code exten}, {@code freq} …), else a parameter ({@code retry-seconds} …)
 *     or {@code register-uri}, {@code register-to}, {@code options-uri}, {@code subscription.EVENT.freq} …
 * @param value the value in use; of a password only {@code yes} or {@code no}
 * @param given the parameter's text when it is not what is used, secrets masked; else null
 * @param origin where the value comes from
 */
public record EffectiveValue(
        String name, String value, @Nullable String given, Origin origin) {
    public EffectiveValue {
        Objects.requireNonNull(name, "name cannot be null");
        Objects.requireNonNull(value, "value cannot be null");
        Objects.requireNonNull(origin, "origin cannot be null");
    }

    /** Whether mod_sofia uses something else than was given. */
    public boolean isCoerced() {
        return origin.isCoercion();
    }

    /** The text that mod_sofia did not take as it stood. */
    public Optional<String> givenText() {
        return Optional.ofNullable(given);
    }

    /** Why the value is what it is: in Chinese for a Chinese locale, else in English. */
    public String reason(Locale locale) {
        return origin.text(locale);
    }

    @Override
    public String toString() {
        return name + "=" + value + (given == null ? "" : " (given " + given + ")") + " [" + origin.text(Locale.ENGLISH)
                + "]";
    }
}
