package io.github.ctigateway.validation;

import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.ParameterType;
import io.github.ctigateway.model.Parameters;
import io.github.ctigateway.model.SofiaText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Repairs what is surely a slip, only when it is asked to, and says what it changed. It removes blanks around values other than texts,
 * writes booleans as {@code true} and {@code false}, takes the scheme off {@code proxy} and {@code realm}, moves channel variables out of
 * the parameters, writes misspelt case and separators of parameter names as mod_sofia does, and drops empty parameters. It never touches
 * a secret, and guesses nothing: other findings of {@link GatewayValidator} stay for a human. Stateless and thread-safe.
 */
public final class GatewayNormalizer {
    /** Words that mean true or false to people, beyond those that FreeSWITCH knows. */
    private static final Map<String, String> WORDS =
            Map.of("enable", "true", "y", "true", "ok", "true", "disable", "false", "n", "false", "none", "false");

    private GatewayNormalizer() {}

    /** A repaired copy and what was changed; the gateway itself when there was nothing to repair. */
    public static Normalization normalize(Gateway gateway) {
        Run run = new Run(gateway);
        gateway.parameters().forEach(run::parameter);
        return run.changes.isEmpty()
                ? new Normalization(gateway, List.of())
                : new Normalization(run.result(), run.changes);
    }

    private static final class Run {
        private final Gateway gateway;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final Map<String, String> variables = new LinkedHashMap<>();
        private final List<Normalization.Change> changes = new ArrayList<>();

        private Run(Gateway gateway) {
            this.gateway = gateway;
        }

        private void parameter(String name, String value) {
            if (value.isEmpty()) {
                changes.add(new Normalization.Change("param." + name, "", ""));
                return;
            }
            Optional<Parameter<?>> known = Parameters.byName(name).or(() -> respelt(name));
            if (known.isPresent()) {
                known(name, value, known.get());
            } else if (ParameterChecks.isVariable(name)
                    && gateway.variable(name).isEmpty()) {
                variables.put(name, value);
                changes.add(new Normalization.Change("param." + name, shown(name, value), ""));
                changes.add(new Normalization.Change("variable." + name, "", shown(name, value)));
            } else {
                parameters.put(name, value);
            }
        }

        private void known(String name, String value, Parameter<?> parameter) {
            String repaired = repaired(parameter, value);
            parameters.put(parameter.name(), repaired);
            if (!parameter.name().equals(name)) {
                changes.add(new Normalization.Change("param." + name, shown(name, value), ""));
                changes.add(new Normalization.Change("param." + parameter.name(), "", shown(name, repaired)));
            } else if (!repaired.equals(value)) {
                changes.add(new Normalization.Change("param." + name, value, repaired));
            }
        }

        /** The parameter whose name differs in case and separators only, unless that is set as well. */
        private Optional<Parameter<?>> respelt(String name) {
            String spelling = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
            boolean taken = gateway.text(spelling).isPresent() || parameters.containsKey(spelling);
            return taken ? Optional.empty() : Parameters.byName(spelling);
        }

        private Gateway result() {
            Gateway.Builder builder = gateway.toBuilder();
            gateway.parameters().keySet().forEach(builder::unset);
            parameters.forEach(builder::set);
            variables.forEach((name, value) -> builder.variable(GatewayVariable.of(name, value)));
            return builder.build();
        }
    }

    private static String repaired(Parameter<?> parameter, String value) {
        if (parameter.type() == ParameterType.TEXT) {
            return value;
        }
        String stripped = value.strip();
        if (parameter.type() == ParameterType.BOOLEAN) {
            return bool(stripped);
        }
        if (parameter.type() == ParameterType.HOST && SofiaText.hasScheme(stripped)) {
            return stripped.substring(stripped.indexOf(':') + 1);
        }
        return stripped.isEmpty() ? value : stripped;
    }

    private static String bool(String value) {
        if (SofiaText.isTrue(value)) {
            return "true";
        }
        return SofiaText.isFalse(value) ? "false" : WORDS.getOrDefault(value.toLowerCase(Locale.ROOT), value);
    }

    private static String shown(String name, String value) {
        return Parameters.isSecret(name) ? "***" : value;
    }
}
