package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@code <gateway>} element as the XML holds it, before mod_sofia makes anything of it: names may be bad, parameters may stand
 * twice. Immutable.
 *
 * @param name the attribute {@code name}; empty when there is none
 * @param parameters the {@code <param>} elements in order
 * @param variables the {@code <variable>} elements in order
 */
public record GatewayDefinition(String name, List<Param> parameters, List<Variable> variables) {
    public GatewayDefinition {
        Objects.requireNonNull(name, "name cannot be null");
        parameters = List.copyOf(parameters);
        variables = List.copyOf(variables);
    }

    /** What the XML of this gateway would hold: without its empty parameters, as our writers write it. */
    public static GatewayDefinition of(Gateway gateway) {
        Gateway definition = gateway.definition();
        return new GatewayDefinition(
                definition.name(),
                definition.parameters().entrySet().stream()
                        .map(entry -> new Param(entry.getKey(), entry.getValue()))
                        .toList(),
                definition.variables().stream()
                        .map(variable ->
                                new Variable(variable.name(), variable.value(), attribute(variable.direction())))
                        .toList());
    }

    private static @Nullable String attribute(Direction direction) {
        return direction == Direction.BOTH ? null : direction.name().toLowerCase(Locale.ROOT);
    }

    /** Names only: a value may be a secret. */
    @Override
    public String toString() {
        return "GatewayDefinition[" + name + " parameters="
                + parameters.stream().map(Param::name).toList() + " variables="
                + variables.stream().map(Variable::name).toList() + "]";
    }

    /**
     * A {@code <param>}; a missing attribute reads as empty.
     *
     * @param name the attribute {@code name}
     * @param value the attribute {@code value}
     */
    public record Param(String name, String value) {
        /** The name only: the value may be a secret. */
        @Override
        public String toString() {
            return name + "=***";
        }
    }

    /**
     * A {@code <variable>}; null where the attribute is missing.
     *
     * @param name the attribute {@code name}
     * @param value the attribute {@code value}
     * @param direction the attribute {@code direction}; mod_sofia knows {@code inbound} and {@code outbound}, absent means both, and
     *     any other word means neither
     */
    public record Variable(
            @Nullable String name,
            @Nullable String value,
            @Nullable String direction) {}
}
