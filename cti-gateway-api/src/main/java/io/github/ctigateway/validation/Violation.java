package io.github.ctigateway.validation;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One finding. Holds no secret.
 *
 * @param severity how bad it is
 * @param code stable and meant for programs, such as {@code gateway.name.invalid}
 * @param path the place: {@code name}, {@code param.expire-seconds}, {@code variable.sip_sticky_contact} …
 * @param message what is wrong
 * @param hintText what to do, when there is something to say
 */
public record Violation(
        Severity severity,
        String code,
        String path,
        String message,
        @Nullable String hintText) {
    public Violation {
        Objects.requireNonNull(severity, "severity cannot be null");
        Objects.requireNonNull(code, "code cannot be null");
        Objects.requireNonNull(path, "path cannot be null");
        Objects.requireNonNull(message, "message cannot be null");
    }

    /** What to do. */
    public Optional<String> hint() {
        return Optional.ofNullable(hintText);
    }

    @Override
    public String toString() {
        return severity + " " + code + " at " + path + ": " + message + (hintText == null ? "" : " (" + hintText + ")");
    }
}
