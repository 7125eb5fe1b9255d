package io.github.ctigateway.redis.internal;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayPlacement;
import io.github.ctigateway.model.GatewaySubscription;
import io.github.ctigateway.redis.internal.SourceValue.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Makes a gateway of a document in mod_cti's form. */
final class GatewayReader {
    static final String PARAM = "param";
    static final String VARIABLES = "variables";
    static final String DIRECTIONS = "directions";
    static final String SUBSCRIPTIONS = "subscriptions";
    static final String EVENT = "event";

    /** The members that make the definition. All others belong to other tools. */
    static final Set<String> INTERPRETED = Set.of(PARAM, VARIABLES, DIRECTIONS, SUBSCRIPTIONS);

    private final String text;
    private final SourceValue document;
    private final Findings findings;
    private final Gateway.Builder gateway;

    private GatewayReader(String name, String text, SourceValue document, Findings findings) {
        this.text = text;
        this.document = document;
        this.findings = findings;
        this.gateway = Gateway.builder(name);
    }

    /** The gateway, or null when the findings hold an error. */
    static @Nullable Gateway read(String name, String text, Findings findings) {
        SourceValue document = SourceReader.read(text, INTERPRETED, findings);
        return document == null ? null : interpret(name, text, document, findings);
    }

    /** The gateway of a text that was read already, or null when the findings hold an error. */
    static @Nullable Gateway interpret(String name, String text, SourceValue document, Findings findings) {
        return new GatewayReader(name, text, document, findings).read();
    }

    private @Nullable Gateway read() {
        String parameterFamily = "param.";
        scalars(section(PARAM), PARAM, parameterFamily, (name, value) -> gateway.set(name, value));
        variables();
        subscriptions();
        additionalMembers();
        return !findings.isEmpty() && findings.hasErrors() ? null : gateway.build();
    }

    private void additionalMembers() {
        Map<String, SourceValue> seen = new LinkedHashMap<>();
        for (SourceMember member : document.members()) {
            surrogates(member.name(), member.start(), member.name());
            if (seen.put(member.name(), member.value()) != null) {
                duplicate(member, member.name());
            }
        }
        seen.forEach((name, value) -> {
            if (!INTERPRETED.contains(name)) {
                gateway.additionalMember(name, value.raw(text));
            }
            if (!INTERPRETED.contains(name) && !GatewayPlacement.MEMBERS.contains(name)) {
                findings.info(
                        "json.member.unknown",
                        name,
                        value.start(),
                        "neither mod_cti nor this library reads this member; it is kept as it is",
                        "what a gateway has is param, variables, directions, subscriptions, enabled, nodes and ownership");
            }
        });
    }

    private void variables() {
        Map<String, SourceValue> directions = new LinkedHashMap<>();
        SourceValue member = section(DIRECTIONS);
        if (member != null) {
            unique(member, "directions.", directions::put);
        }
        scalars(section(VARIABLES), VARIABLES, "variable.", (name, value) -> {
            SourceValue direction = directions.remove(name);
            if (direction == null || direction.kind() == Kind.NULL) {
                gateway.variable(name, value);
            } else if (direction.kind() == Kind.OBJECT) {
                split(name, value, direction);
            } else {
                gateway.variable(name, value, direction(direction, "directions." + name));
            }
        });
        directions.forEach((name, value) -> findings.warning(
                "json.direction.unused",
                "directions." + name,
                value.start(),
                "there is no variable of this name",
                "remove the direction, or add the variable"));
    }

    /** One variable with different values inbound and outbound. {@code variables} holds the first of them, for mod_cti. */
    private void split(String name, String value, SourceValue directions) {
        Map<Direction, String> values = new LinkedHashMap<>();
        scalars(directions, DIRECTIONS, "directions." + name + ".", (word, directed) -> {
            Direction direction = directionOf(word);
            if (direction == null || direction == Direction.BOTH) {
                unknownDirection(directions, "directions." + name);
            } else {
                values.put(direction, directed);
            }
        });
        if (values.isEmpty()) {
            gateway.variable(name, value);
        } else if (!values.values().iterator().next().equals(value)) {
            findings.warning(
                    "json.direction.stale",
                    "directions." + name,
                    directions.start(),
                    "the variable was changed by a tool that does not know directions; its new value counts for both",
                    "write the value under both directions, or remove the direction");
            gateway.variable(name, value);
        } else {
            values.forEach((direction, directed) -> gateway.variable(name, directed, direction));
        }
    }

    private Direction direction(SourceValue value, String path) {
        Direction direction = value.kind() == Kind.STRING ? directionOf(value.text()) : null;
        if (direction == null) {
            unknownDirection(value, path);
            return Direction.BOTH;
        }
        return direction;
    }

    private void unknownDirection(SourceValue value, String path) {
        findings.error(
                "json.direction.unknown",
                path,
                value.start(),
                "a direction is \"inbound\", \"outbound\", \"both\", or {\"inbound\": value, \"outbound\": value}",
                "use one of them");
    }

    private static @Nullable Direction directionOf(String word) {
        return switch (word) {
            case "inbound" -> Direction.INBOUND;
            case "outbound" -> Direction.OUTBOUND;
            case "both" -> Direction.BOTH;
            default -> null;
        };
    }

    private void subscriptions() {
        SourceMember member = document.member(SUBSCRIPTIONS);
        if (member == null || member.value().kind() == Kind.NULL) {
            return;
        }
        if (member.value().kind() != Kind.ARRAY) {
            findings.error("json.type", SUBSCRIPTIONS, member.value().start(), "an array is due here", "write []");
            return;
        }
        List<SourceValue> items = member.value().items();
        for (int i = 0; i < items.size(); i++) {
            subscription(items.get(i), SUBSCRIPTIONS + "[" + i + "]");
        }
    }

    private void subscription(SourceValue item, String path) {
        SourceMember event = item.member(EVENT);
        if (event == null || event.value().kind() != Kind.STRING) {
            findings.error(
                    "json.type",
                    path,
                    item.start(),
                    "an object with the member event, a text, is due here",
                    "write {\"event\": \"message-summary\", \"param\": {}}");
            return;
        }
        surrogates(event.value().text(), event.value().start(), path + "." + EVENT);
        Map<String, String> parameters = new LinkedHashMap<>();
        SourceMember param = item.member(PARAM);
        scalars(
                param == null ? null : object(param.value(), path + "." + PARAM),
                path,
                path + "." + PARAM + ".",
                parameters::put);
        gateway.subscription(new GatewaySubscription(event.value().text(), parameters));
    }

    private @Nullable SourceValue section(String name) {
        SourceMember member = document.member(name);
        return member == null ? null : object(member.value(), name);
    }

    private @Nullable SourceValue object(SourceValue value, String path) {
        if (value.kind() == Kind.OBJECT) {
            return value;
        }
        if (value.isEmptyArray()) {
            findings.warning(
                    "json.array.empty", path, value.start(), "an empty array stands for an empty object", "write {}");
        } else if (value.kind() != Kind.NULL) {
            findings.error("json.type", path, value.start(), "an object is due here", "write {}");
        }
        return null;
    }

    private void scalars(@Nullable SourceValue object, String section, String family, BiConsumer<String, String> each) {
        if (object == null) {
            return;
        }
        unique(object, family, (name, value) -> {
            if (value.isScalar()) {
                surrogates(value.text(), value.start(), family + name);
                each.accept(name, value.text());
            } else {
                findings.error(
                        "json.nested",
                        family + name,
                        value.start(),
                        "a text, number or boolean is due in " + section + ", not an object or array",
                        "write a single value");
            }
        });
    }

    private void unique(SourceValue object, String family, BiConsumer<String, SourceValue> each) {
        Map<String, SourceValue> last = new LinkedHashMap<>();
        for (SourceMember member : object.members()) {
            surrogates(member.name(), member.start(), family + member.name());
            if (last.put(member.name(), member.value()) != null) {
                duplicate(member, family + member.name());
            }
        }
        last.forEach(each);
    }

    private void duplicate(SourceMember member, String path) {
        findings.warning(
                "json.duplicate",
                path,
                member.start(),
                "the member stands more than once; the last one counts",
                "keep one");
    }

    private void surrogates(String value, int offset, String path) {
        if (Surrogates.firstLone(value) >= 0) {
            findings.error(
                    "json.surrogate",
                    path,
                    offset,
                    "the text holds half a character (a lone surrogate), which UTF-8 cannot express",
                    "write the whole character");
        }
    }
}
