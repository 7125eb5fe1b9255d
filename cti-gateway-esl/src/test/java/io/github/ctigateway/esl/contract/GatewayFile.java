package io.github.ctigateway.esl.contract;

import io.github.ctigateway.model.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One gateway's file, with what no gateway model would let through: doubled parameters, bad names, odd directions. Not thread-safe. */
public final class GatewayFile {
    private final String name;
    private final Map<String, String> params = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private boolean ordinary = true;
    private final List<String> variables = new ArrayList<>();

    private GatewayFile(String name) {
        this.name = name;
    }

    /** A gateway of this name. */
    public static GatewayFile of(String name) {
        return new GatewayFile(name);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** Adds a {@code <param>}. */
    public GatewayFile param(String param, String value) {
        ordinary &= params.put(param, value) == null && !value.isEmpty();
        lines.add("    <param name=\"" + escaped(param) + "\" value=\"" + escaped(value) + "\"/>");
        return this;
    }

    /** Adds a {@code <variable>} without a direction. */
    public GatewayFile variable(String variable, String value) {
        variables.add("      <variable name=\"" + escaped(variable) + "\" value=\"" + escaped(value) + "\"/>");
        return this;
    }

    /** Adds a {@code <variable>} with a direction. */
    public GatewayFile variable(String variable, String value, String direction) {
        variables.add("      <variable name=\"" + escaped(variable) + "\" value=\"" + escaped(value) + "\" direction=\""
                + escaped(direction) + "\"/>");
        return this;
    }

    /** The same as the model has it; empty when it cannot: with empty or doubled parameters, which only XML can say. */
    public Optional<Gateway> toGateway() {
        Gateway.Builder builder = Gateway.builder(name);
        params.forEach(builder::set);
        return ordinary && !name.equals("ctitest-same") ? Optional.of(builder.build()) : Optional.empty();
    }

    /** Writes it, under a name that says nothing of the gateway's, so that any name can be tried. */
    public void write(Path directory, int number) {
        StringBuilder out = new StringBuilder("<include>\n  <gateway name=\"")
                .append(escaped(name))
                .append("\">\n");
        lines.forEach(line -> out.append(line).append('\n'));
        if (!variables.isEmpty()) {
            out.append("    <variables>\n");
            variables.forEach(line -> out.append(line).append('\n'));
            out.append("    </variables>\n");
        }
        out.append("  </gateway>\n</include>\n");
        Path file = directory.resolve(String.format("ctitest-%05d.xml", number));
        Path draft = directory.resolve(".ctitest-draft");
        try {
            Files.writeString(draft, out, StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So that neither FreeSWITCH's preprocessor nor its XML reader changes anything. */
    private static String escaped(String value) {
        StringBuilder out = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (c < ' ' || "&<>\"'$".indexOf(c) >= 0 || c == 'X' || c == 'x') {
                out.append("&#").append(c).append(';');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
