package io.github.ctigateway.esl.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the gateways of one directory as FreeSWITCH would. Thread-safe. */
final class DirectoryReader implements SimulatedConfiguration {
    private final Path directory;
    private final Map<String, String> globals;
    /** Null before the first {@link #reload}. */
    private volatile @Nullable List<GatewayDefinition> lastRead;

    DirectoryReader(Path directory, Map<String, String> globals) {
        this.directory = directory;
        this.globals = globals;
    }

    @Override
    public List<GatewayDefinition> read(Request request) {
        List<GatewayDefinition> definitions = lastRead;
        if (definitions == null) {
            throw new IllegalStateException(
                    directory + " was not read: a configuration around this one must hand reload() on to it");
        }
        return definitions;
    }

    @Override
    public void reload() {
        if (!Files.isDirectory(directory)) {
            lastRead = List.of();
            return;
        }
        XmlPreprocessor preprocessor = new XmlPreprocessor(globals);
        try {
            // The directive's line is replaced by the files: all gateways are children of one element.
            lastRead = definitions(
                    SwitchXml.parse("<gateways>" + preprocessor.include(directory, "*.xml") + "</gateways>\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The gateways below a {@code <gateways>} element (mod_sofia, parse_gateways). */
    static List<GatewayDefinition> definitions(SwitchXml gateways) {
        List<GatewayDefinition> definitions = new ArrayList<>();
        for (SwitchXml gateway : gateways.children("gateway")) {
            definitions.add(new GatewayDefinition(
                    gateway.attribute("name").orElse(""), parameters(gateway), variables(gateway)));
        }
        return definitions;
    }

    private static List<GatewayDefinition.Param> parameters(SwitchXml gateway) {
        return gateway.firstChild("params").orElse(gateway).children("param").stream()
                .map(param -> new GatewayDefinition.Param(
                        param.attribute("name").orElse(""),
                        param.attribute("value").orElse("")))
                .toList();
    }

    private static List<GatewayDefinition.Variable> variables(SwitchXml gateway) {
        return gateway.firstChild("variables").orElse(gateway).children("variable").stream()
                .map(variable -> new GatewayDefinition.Variable(
                        orNull(variable.attribute("name")),
                        orNull(variable.attribute("value")),
                        orNull(variable.attribute("direction"))))
                .toList();
    }

    private static @Nullable String orNull(Optional<String> value) {
        return value.orElse(null);
    }
}
