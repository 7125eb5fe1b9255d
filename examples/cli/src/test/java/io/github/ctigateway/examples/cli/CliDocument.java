package io.github.ctigateway.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What docs/cli.md says of {@code --json}: under a heading of each type, the members, one a row. A member that holds objects of its own kind
 * is followed by theirs, as {@code differences.field}; without such rows its members are anybody's.
 */
final class CliDocument {
    private static final Path FILE = Path.of("").toAbsolutePath().resolve("../../docs/cli.md");
    private static final Pattern TYPE = Pattern.compile("### `(\\w+)`");
    private static final Pattern MEMBER = Pattern.compile("\\| `([\\w.]+)` \\|.*");

    private final Map<String, Set<String>> members = new TreeMap<>();

    private CliDocument() {}

    static CliDocument read() {
        CliDocument document = new CliDocument();
        Set<String> current = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(FILE)) {
                Matcher type = TYPE.matcher(line);
                Matcher member = MEMBER.matcher(line);
                if (type.matches()) {
                    current = document.members.computeIfAbsent(type.group(1), any -> new TreeSet<>());
                } else if (member.matches()) {
                    current.add(member.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return document;
    }

    /** The members of each type, those inside others as {@code outer.inner}. */
    Map<String, Set<String>> members() {
        return members;
    }

    /** The members of this object that the document does not name, each with its type; none when it names all. */
    Set<String> unnamed(JsonNode object) {
        Set<String> unnamed = new TreeSet<>();
        String type = object.path("type").asText();
        object.properties().forEach(member -> {
            if (!member.getKey().equals("type")) {
                collect(type, member.getKey(), member.getValue(), unnamed);
            }
        });
        return unnamed;
    }

    private void collect(String type, String path, JsonNode value, Set<String> unnamed) {
        Set<String> named = members.getOrDefault(type, Set.of());
        if (!named.contains(path)) {
            unnamed.add(type + "." + path);
        }
        boolean described = named.stream().anyMatch(member -> member.startsWith(path + "."));
        for (JsonNode element : value.isArray() ? value : Set.of(value)) {
            if (element.has("type")) {
                unnamed.addAll(unnamed(element));
            } else if (described || (value.isArray() && element.isObject())) {
                element.properties()
                        .forEach(inner -> collect(type, path + "." + inner.getKey(), inner.getValue(), unnamed));
            }
        }
    }
}
