package io.github.ctigateway.xml.internal;

import io.github.ctigateway.model.Direction;
import io.github.ctigateway.model.Gateway;
import io.github.ctigateway.model.GatewayVariable;
import io.github.ctigateway.xml.GatewayXmlException;
import io.github.ctigateway.xml.internal.XmlScanner.Attribute;
import io.github.ctigateway.xml.internal.XmlScanner.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a gateway of its elements by the rules of mod_sofia's {@code parse_gateways}, and reports where they surprise. */
final class GatewayAssembly {
    /** Parameters that, when empty, do something else than when they are left out, with what they do. */
    private static final Map<String, String> EMPTY_MATTERS = Map.of(
            "register", "empty it means no registration; set register to false to keep that",
            "register-transport", "empty it makes FreeSWITCH skip the gateway",
            "expire-seconds", "empty it keeps the REGISTER from being built",
            "contact-host", "empty it keeps the REGISTER from being built",
            "context", "empty it means no context, left out it means the profile's",
            "scheme", "empty it means no scheme, left out it means Digest");

    private static final int MOST_ITEMS = 10_000;

    private final String name;
    private final Findings findings;
    private final List<Item> parametersInside = new ArrayList<>();
    private final List<Item> parametersOutside = new ArrayList<>();
    private final List<Item> variablesInside = new ArrayList<>();
    private final List<Item> variablesOutside = new ArrayList<>();
    private final Gateway.Builder builder;
    private boolean params;
    private boolean variables;
    private boolean subscriptions;
    private int items;

    GatewayAssembly(String name, Findings findings) {
        this.name = name;
        this.findings = findings;
        this.builder = Gateway.builder(name);
    }

    /** One {@code <param>} or {@code <variable>}. */
    record Item(String name, String value, @Nullable String direction, int line) {}

    /** Notes a {@code <params>}; FreeSWITCH reads the first one only. */
    boolean firstParams() {
        boolean first = !params;
        params = true;
        return first;
    }

    /** Notes a {@code <variables>}; FreeSWITCH reads the first one only. */
    boolean firstVariables() {
        boolean first = !variables;
        variables = true;
        return first;
    }

    /** Notes a {@code <subscriptions>}; FreeSWITCH reads the first one only. */
    boolean firstSubscriptions() {
        boolean first = !subscriptions;
        subscriptions = true;
        return first;
    }

    void parameter(Element element, boolean inside) {
        Item item = item(element, "param.", Set.of("name", "value"), false);
        if (item != null) {
            (inside ? parametersInside : parametersOutside).add(item);
        }
    }

    void variable(Element element, boolean inside) {
        Item item = item(element, "variable.", Set.of("name", "value", "direction"), true);
        if (item != null) {
            (inside ? variablesInside : variablesOutside).add(item);
        }
    }

    SubscriptionAssembly subscription(Element element) {
        String event = value(element, "event");
        check(element, "subscription.", event, Set.of("event"));
        return new SubscriptionAssembly(this, event == null ? "" : event);
    }

    void add(SubscriptionAssembly subscription) {
        builder.subscription(subscription.build());
    }

    Gateway build() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Item item : chosen(params, parametersInside, parametersOutside, "param.", "<params>")) {
            setParameter(parameters, item);
        }
        List<GatewayVariable> set = new ArrayList<>();
        for (Item item : chosen(variables, variablesInside, variablesOutside, "variable.", "<variables>")) {
            setVariable(set, item);
        }
        parameters.forEach(builder::set);
        set.forEach(builder::variable);
        return builder.build();
    }

    /** The name and value of an element, or null, reported, when FreeSWITCH passes it over. */
    @Nullable
    Item item(Element element, String path, Set<String> attributes, boolean needsValue) {
        String itemName = value(element, "name");
        String value = value(element, "value");
        check(element, path, itemName, attributes);
        if (itemName == null || (value == null && needsValue)) {
            findings.warning(
                    element.line(),
                    name,
                    "xml.attribute.missing",
                    path(path, itemName),
                    "it was passed over, because it has no " + (itemName == null ? "name" : "value"),
                    null);
            return null;
        }
        if (++items > MOST_ITEMS) {
            throw new GatewayXmlException(
                    element.line(), "a gateway has more than " + MOST_ITEMS + " parameters and variables", null);
        }
        if (value == null) {
            findings.warning(
                    element.line(),
                    name,
                    "xml.attribute.missing",
                    path(path, itemName),
                    "it has no value, and was read as empty",
                    null);
        }
        return new Item(itemName, value == null ? "" : value, value(element, "direction"), element.line());
    }

    /** Reports what is odd about the attributes of an element. */
    void check(Element element, String path, @Nullable String item, Set<String> known) {
        List<Attribute> attributes = element.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            if (!known.contains(attribute.name())) {
                findings.info(
                        element.line(),
                        name,
                        "xml.attribute.unknown",
                        path(path, item),
                        "its attribute " + XmlText.printable(attribute.name()) + " was passed over",
                        null);
            } else if (repeated(attributes, i)) {
                findings.warning(
                        element.line(),
                        name,
                        "xml.attribute.duplicate",
                        path(path, item),
                        "its attribute " + attribute.name() + " stands there twice; FreeSWITCH uses the first",
                        null);
            } else if (!attribute.plain()) {
                checkRaw(element.line(), path(path, item), attribute.raw());
            }
        }
    }

    private void checkRaw(int line, String path, String raw) {
        if (raw.contains("$${")) {
            findings.warning(
                    line,
                    name,
                    "xml.variable.unknown",
                    path,
                    "it uses a preprocessor variable whose value is not known; it was kept as it stands",
                    "give the value, or set the field before you store the gateway: stored, it would be taken literally");
        }
        if (References.hasUnknown(raw) || raw.indexOf('<') >= 0) {
            findings.warning(
                    line,
                    name,
                    "xml.value.unescaped",
                    path,
                    "a bare & or < stands in it; it was read as FreeSWITCH reads it",
                    "write &amp; and &lt;");
        }
    }

    private static String path(String prefix, @Nullable String item) {
        return prefix + XmlText.printable(item == null ? "" : item);
    }

    private static boolean repeated(List<Attribute> attributes, int index) {
        for (int i = 0; i < index; i++) {
            if (attributes.get(i).name().equals(attributes.get(index).name())) {
                return true;
            }
        }
        return false;
    }

    private List<Item> chosen(boolean list, List<Item> inside, List<Item> outside, String path, String element) {
        if (!list) {
            return outside;
        }
        for (Item item : outside) {
            findings.warning(
                    item.line(),
                    name,
                    "xml.element.skipped",
                    path(path, item.name()),
                    "it was passed over: where there is a " + element + ", FreeSWITCH reads only what stands in it",
                    "put it into " + element);
        }
        return inside;
    }

    private void setParameter(Map<String, String> parameters, Item item) {
        if (parameters.remove(item.name()) != null) {
            duplicate(item.line(), path("param.", item.name()));
        }
        parameters.put(item.name(), item.value());
        String effect = item.value().isEmpty() ? EMPTY_MATTERS.get(item.name()) : null;
        if (effect != null) {
            findings.warning(
                    item.line(),
                    name,
                    "param.empty",
                    path("param.", item.name()),
                    "it is empty, which is not the same to FreeSWITCH as left out: " + effect,
                    "published from the store, it is left out");
        }
    }

    private void setVariable(List<GatewayVariable> set, Item item) {
        Direction direction = direction(item.direction());
        if (direction == null) {
            findings.warning(
                    item.line(),
                    name,
                    "variable.direction.unknown",
                    path("variable.", item.name()),
                    "it was passed over: its direction is neither inbound nor outbound, so FreeSWITCH sets it on no call",
                    "write inbound or outbound, or leave direction out");
            return;
        }
        for (int i = set.size() - 1; i >= 0; i--) {
            GatewayVariable present = set.get(i);
            if (!present.name().equals(item.name())) {
                continue;
            }
            if (present.direction() == direction || direction == Direction.BOTH) {
                duplicate(item.line(), path("variable.", item.name()));
                set.remove(i);
            } else if (present.direction() == Direction.BOTH) {
                duplicate(item.line(), path("variable.", item.name()));
                set.set(i, new GatewayVariable(present.name(), present.value(), opposite(direction)));
            }
        }
        set.add(new GatewayVariable(item.name(), item.value(), direction));
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.INBOUND ? Direction.OUTBOUND : Direction.INBOUND;
    }

    void duplicate(int line, String path) {
        findings.warning(line, name, "xml.duplicate", path, "it stands there twice; the last one was taken", null);
    }

    private static @Nullable Direction direction(@Nullable String word) {
        if (word == null) {
            return Direction.BOTH;
        }
        if (word.equalsIgnoreCase("inbound")) {
            return Direction.INBOUND;
        }
        return word.equalsIgnoreCase("outbound") ? Direction.OUTBOUND : null;
    }

    private static @Nullable String value(Element element, String attribute) {
        for (Attribute candidate : element.attributes()) {
            if (candidate.name().equals(attribute)) {
                return candidate.value();
            }
        }
        return null;
    }
}
