package io.github.ctigateway.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a SIP gateway (trunk): its name, parameters, variables and subscriptions. Every value is kept as text exactly
 * as given; reading it as a number or a boolean is a view ({@link #get}). Immutable and thread-safe.
 *
 * <p>A gateway can hold what FreeSWITCH would refuse: whether it is any good is for {@code GatewayValidator} to say.
 *
 * <p>Equality is exact, empty parameters and additional members included. To compare what FreeSWITCH is given, compare
 * {@link #definition()}.
 */
public final class Gateway {
    private final String name;
    private final Map<String, String> parameters;
    private final List<GatewayVariable> variables;
    private final List<GatewaySubscription> subscriptions;
    private final Map<String, String> additionalMembers;

    private Gateway(Builder builder) {
        this.name = builder.name;
        this.parameters = TextMap.copyOf(builder.parameters);
        this.variables = List.copyOf(builder.variables);
        this.subscriptions = List.copyOf(builder.subscriptions);
        this.additionalMembers = TextMap.copyOf(builder.additionalMembers);
    }

    /** Starts an empty gateway of this name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Starts a copy of this gateway. */
    public Builder toBuilder() {
        return toBuilder(name);
    }

    /** Starts a copy of this gateway under another name. */
    public Builder toBuilder(String newName) {
        Builder builder = new Builder(newName);
        builder.parameters.putAll(parameters);
        builder.variables.addAll(variables);
        builder.subscriptions.addAll(subscriptions);
        builder.additionalMembers.putAll(additionalMembers);
        return builder;
    }

    /** The name, which is global to the switch; valid or not, see {@link #isValidName}. */
    public String name() {
        return name;
    }

    /** Whether mod_sofia takes a gateway of this name: one or more ASCII letters, digits, {@code _}, {@code .} and {@code -}. */
    public static boolean isValidName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean valid = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '.'
                    || c == '-';
            if (!valid) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** The parameters in order, as given; an empty value means "not set". Unmodifiable. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** The text of a parameter that is set and not empty. */
    public Optional<String> text(String parameter) {
        String value = parameters.get(parameter);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** A parameter that is set and not empty, read as mod_sofia reads it. */
    public <T> Optional<T> get(Parameter<T> parameter) {
        return text(parameter.name()).map(parameter.type()::read);
    }

    /** Whether mod_sofia will make this gateway register: it does unless {@code register} says otherwise. */
    public boolean registers() {
        // Asked for several times by each validation, so not through the types, which cost a third of it.
        String value = parameters.get(Parameters.REGISTER.name());
        return value == null || value.isEmpty() || SofiaText.isTrue(value);
    }

    /** The variables in order. Unmodifiable. */
    public List<GatewayVariable> variables() {
        return variables;
    }

    /** The first variable of this name, compared without regard to case as FreeSWITCH does. */
    public Optional<GatewayVariable> variable(String variable) {
        return variables.stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(variable))
                .findFirst();
    }

    /** The subscriptions in order. Unmodifiable. */
    public List<GatewaySubscription> subscriptions() {
        return subscriptions;
    }

    /**
     * Members of the stored document that are no part of the definition, by name, as raw JSON text. They are kept for the tools that
     * wrote them. Unmodifiable.
     */
    public Map<String, String> additionalMembers() {
        return additionalMembers;
    }

    /**
     * Where it runs.
     *
     * @throws IllegalArgumentException when that cannot be understood, which the validator reports
     */
    public GatewayPlacement placement() {
        return GatewayPlacement.of(this);
    }

    /** What FreeSWITCH is given of this gateway: without empty parameters and additional members. */
    public Gateway definition() {
        if (additionalMembers.isEmpty() && !parameters.containsValue("")) {
            return this;
        }
        Builder builder = toBuilder();
        builder.parameters.values().removeIf(String::isEmpty);
        builder.additionalMembers.clear();
        return builder.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Gateway that
                && name.equals(that.name)
                && parameters.equals(that.parameters)
                && variables.equals(that.variables)
                && subscriptions.equals(that.subscriptions)
                && additionalMembers.equals(that.additionalMembers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, parameters, variables, subscriptions, additionalMembers);
    }

    /** Everything but secrets, which print as {@code ***}, and additional members, of which only the names are printed. */
    @Override
    public String toString() {
        StringJoiner parameterText = new StringJoiner(", ", "{", "}");
        parameters.forEach((key, value) -> parameterText.add(key + "=" + Secrets.shown(key, value)));
        return "Gateway[" + name + " " + parameterText + " variables=" + variables + " subscriptions=" + subscriptions
                + " additionalMembers=" + additionalMembers.keySet() + "]";
    }

    /** Collects a gateway. Not thread-safe; may be used again after {@link #build()}. */
    public static final class Builder {
        private static final int FEW = 8;

        private final String name;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final List<GatewayVariable> variables = new ArrayList<>();

        /** Spares the walk through many variables for each that is new; null as long as they are few. */
        private @Nullable Set<String> variableNames;

        private final List<GatewaySubscription> subscriptions = new ArrayList<>();
        private final Map<String, String> additionalMembers = new LinkedHashMap<>();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name cannot be null");
        }

        /**
         * Sets a parameter to a typed value.
         *
         * @throws IllegalArgumentException when mod_sofia has no text for the value
         */
        public <T> Builder set(Parameter<T> parameter, T value) {
            return set(parameter.name(), parameter.type().write(Objects.requireNonNull(value, "value cannot be null")));
        }

        /** Sets a parameter to a text; it keeps its place when it was set before. */
        public Builder set(String parameter, String value) {
            // The catalogue's own text stands for every equal one, so that 10,000 gateways do not hold 70,000 copies.
            String key = Parameters.byName(Objects.requireNonNull(parameter, "parameter cannot be null"))
                    .<String>map(Parameter::name)
                    .orElse(parameter);
            parameters.put(key, Objects.requireNonNull(value, "value cannot be null"));
            return this;
        }

        /** Removes a parameter; nothing happens when it is not set. */
        public Builder unset(String parameter) {
            parameters.remove(parameter);
            return this;
        }

        /** Sets a variable for calls in both directions, in place of every variable of that name. */
        public Builder variable(String variable, String value) {
            return variable(GatewayVariable.of(variable, value));
        }

        /** Sets a variable for calls in one direction; one of the same name for the other direction stays. */
        public Builder variable(String variable, String value, Direction direction) {
            return variable(new GatewayVariable(variable, value, direction));
        }

        /** Sets a variable in place of those of the same name that act on the same calls. */
        public Builder variable(GatewayVariable variable) {
            if (isNew(variable.name())) {
                variables.add(variable);
                return this;
            }
            int place = -1;
            for (int i = variables.size() - 1; i >= 0; i--) {
                if (clash(variables.get(i), variable)) {
                    variables.remove(i);
                    place = i;
                }
            }
            variables.add(place < 0 ? variables.size() : place, variable);
            return this;
        }

        /** Whether there is no variable of this name yet; notes that there is one now. */
        private boolean isNew(String variable) {
            if (variableNames == null && variables.size() >= FEW) {
                variableNames = new HashSet<>();
                variables.forEach(present -> variableNames.add(present.name()));
            }
            if (variableNames != null) {
                return variableNames.add(variable);
            }
            for (GatewayVariable present : variables) {
                if (present.name().equals(variable)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean clash(GatewayVariable present, GatewayVariable added) {
            return present.name().equals(added.name())
                    && (present.direction() == added.direction()
                            || present.direction() == Direction.BOTH
                            || added.direction() == Direction.BOTH);
        }

        /** Removes every variable of exactly this name. */
        public Builder removeVariable(String variable) {
            if (variables.removeIf(present -> present.name().equals(variable)) && variableNames != null) {
                variableNames.remove(variable);
            }
            return this;
        }

        /** Adds a subscription after those there are. */
        public Builder subscription(GatewaySubscription subscription) {
            subscriptions.add(Objects.requireNonNull(subscription, "subscription cannot be null"));
            return this;
        }

        /** Removes every subscription. */
        public Builder clearSubscriptions() {
            subscriptions.clear();
            return this;
        }

        /** Keeps a member of the stored document, given as raw JSON text. */
        public Builder additionalMember(String member, String rawJson) {
            Objects.requireNonNull(member, "member cannot be null");
            additionalMembers.put(member, Objects.requireNonNull(rawJson, "rawJson cannot be null"));
            return this;
        }

        /** Removes a member that is no part of the definition. */
        public Builder removeAdditionalMember(String member) {
            additionalMembers.remove(member);
            return this;
        }

        /** Switches it on or off without deleting it. */
        public Builder enabled(boolean enabled) {
            return additionalMember(GatewayPlacement.ENABLED, Boolean.toString(enabled));
        }

        /**
         * Lets only these nodes run it.
         *
         * @param switchnames at least one
         */
        public Builder onNodes(Set<String> switchnames) {
            return additionalMember(GatewayPlacement.NODES, GatewayPlacement.rawNodes(switchnames));
        }

        /** Lets every node run it, unless it is switched off. */
        public Builder onEveryNode() {
            return removeAdditionalMember(GatewayPlacement.NODES).removeAdditionalMember(GatewayPlacement.OWNERSHIP);
        }

        /** Lets one node at a time run it: the one that owns it. */
        public Builder onOneNode() {
            return additionalMember(GatewayPlacement.OWNERSHIP, "\"one\"");
        }

        /** The gateway as collected so far. */
        public Gateway build() {
            return new Gateway(this);
        }
    }
}
