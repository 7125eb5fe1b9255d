package io.github.ctigateway.xml.internal;

import io.github.ctigateway.xml.ImportedGateway;
import io.github.ctigateway.xml.internal.XmlScanner.Attribute;
import io.github.ctigateway.xml.internal.XmlScanner.Element;
import io.github.ctigateway.xml.internal.XmlScanner.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the gateways in a document, wherever they stand, and hands each to a {@link GatewayAssembly}. */
public final class GatewayElements {
    private static final Set<String> CONTAINERS = Set.of(
            "include",
            "document",
            "section",
            "configuration",
            "profiles",
            "profile",
            "gateways",
            "domains",
            "domain",
            "groups",
            "group",
            "users");

    private final XmlScanner scanner;
    private final Findings findings;
    private final List<ImportedGateway> gateways = new ArrayList<>();

    public GatewayElements(XmlScanner scanner, Findings findings) {
        this.scanner = scanner;
        this.findings = findings;
    }

    /** Every gateway, in order. */
    public List<ImportedGateway> read() {
        read(null);
        return gateways;
    }

    private void read(@Nullable String user) {
        int open = 0;
        while (true) {
            switch (scanner.next()) {
                case START -> {
                    Element element = scanner.element();
                    if (element.name().equals("gateway")) {
                        gateway(element, user);
                    } else if (element.name().equals("user")) {
                        read(attribute(element, "id", ""));
                    } else if (CONTAINERS.contains(element.name())) {
                        open++;
                    } else {
                        skip(element, null, "it is no gateway");
                    }
                }
                case END -> {
                    if (open == 0) {
                        return;
                    }
                    open--;
                }
                case TEXT -> strayText();
                case DONE -> {
                    return;
                }
            }
        }
    }

    private void gateway(Element element, @Nullable String user) {
        String name = attribute(element, "name", "");
        if (name.isEmpty()) {
            findings.error(
                    element.line(),
                    null,
                    "gateway.name.missing",
                    "name",
                    "FreeSWITCH skips a gateway without a name",
                    "name it");
            skipChildren();
            return;
        }
        if (user != null) {
            findings.info(
                    element.line(),
                    name,
                    "gateway.of-user",
                    "name",
                    "it stands in the directory entry of user '" + XmlText.printable(user)
                            + "', where only profiles with <domain parse=\"true\"> read it",
                    "remove it there once it is stored");
        }
        GatewayAssembly assembly = new GatewayAssembly(name, findings);
        assembly.check(element, "name", null, Set.of("name"));
        children(child -> member(child, assembly, name));
        gateways.add(new ImportedGateway(assembly.build(), findings.source(), element.line()));
    }

    private void member(Element element, GatewayAssembly assembly, String gateway) {
        switch (element.name()) {
            case "param" -> {
                assembly.parameter(element, false);
                leaf(gateway);
            }
            case "variable" -> {
                assembly.variable(element, false);
                leaf(gateway);
            }
            case "params" -> list(element, assembly.firstParams(), "param", gateway, e -> assembly.parameter(e, true));
            case "variables" ->
                list(element, assembly.firstVariables(), "variable", gateway, e -> assembly.variable(e, true));
            case "subscriptions" -> {
                if (assembly.firstSubscriptions()) {
                    children(child -> subscription(child, assembly, gateway));
                } else {
                    skip(element, gateway, "FreeSWITCH reads the first <subscriptions> only");
                }
            }
            default -> skip(element, gateway, "FreeSWITCH ignores it");
        }
    }

    private void list(Element list, boolean first, String item, String gateway, Consumer<Element> reader) {
        if (!first) {
            skip(list, gateway, "FreeSWITCH reads the first <" + list.name() + "> only");
            return;
        }
        children(child -> {
            if (child.name().equals(item)) {
                reader.accept(child);
                leaf(gateway);
            } else {
                skip(child, gateway, "FreeSWITCH ignores it there");
            }
        });
    }

    private void subscription(Element element, GatewayAssembly assembly, String gateway) {
        if (!element.name().equals("subscription")) {
            skip(element, gateway, "FreeSWITCH ignores it there");
            return;
        }
        SubscriptionAssembly subscription = assembly.subscription(element);
        children(child -> {
            if (child.name().equals("param")) {
                subscription.parameter(child);
                leaf(gateway);
            } else {
                skip(child, gateway, "FreeSWITCH ignores it there");
            }
        });
        assembly.add(subscription);
    }

    private void children(Consumer<Element> reader) {
        while (true) {
            Token token = scanner.next();
            if (token == Token.END || token == Token.DONE) {
                return;
            }
            if (token == Token.START) {
                reader.accept(scanner.element());
            } else {
                strayText();
            }
        }
    }

    /** Reads on to the end of an element that should have no children. */
    private void leaf(String gateway) {
        children(child -> skip(child, gateway, "FreeSWITCH ignores it there"));
    }

    private void skip(Element element, @Nullable String gateway, String why) {
        String path = "<" + XmlText.printable(shortened(element.name())) + ">";
        if (gateway == null) {
            findings.info(element.line(), null, "xml.element.skipped", path, "it was passed over: " + why, null);
        } else {
            findings.warning(element.line(), gateway, "xml.element.skipped", path, "it was passed over: " + why, null);
        }
        skipChildren();
    }

    private void skipChildren() {
        int open = 0;
        for (Token token = scanner.next(); token != Token.DONE; token = scanner.next()) {
            if (token == Token.START) {
                open++;
            } else if (token == Token.END && open-- == 0) {
                return;
            }
        }
    }

    private void strayText() {
        findings.info(scanner.line(), null, "xml.text.skipped", "text", "text between elements was passed over", null);
    }

    private static String attribute(Element element, String name, String absent) {
        for (Attribute attribute : element.attributes()) {
            if (attribute.name().equals(name)) {
                return attribute.value();
            }
        }
        return absent;
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
