package io.github.ctigateway.esl.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An element as FreeSWITCH's own XML reader (switch_xml) sees it: names and attributes; text is not kept, mod_sofia reads none. */
final class SwitchXml {
    private final String name;
    private final Map<String, String> attributes;
    private final List<SwitchXml> children = new ArrayList<>();

    SwitchXml(String name, Map<String, String> attributes) {
        this.name = name;
        this.attributes = new LinkedHashMap<>(attributes);
    }

    /**
     * Reads a document.
     *
     * @param text the document, one char for each byte
     * @throws IllegalArgumentException with switch_xml's message when it is broken
     */
    static SwitchXml parse(String text) {
        return new SwitchXmlParser(text).parse();
    }

    String name() {
        return name;
    }

    void add(SwitchXml child) {
        children.add(child);
    }

    List<SwitchXml> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    Optional<SwitchXml> firstChild(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).findFirst();
    }

    Optional<String> attribute(String attributeName) {
        return Optional.ofNullable(attributes.get(attributeName))
                .map(bytes -> new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }
}
