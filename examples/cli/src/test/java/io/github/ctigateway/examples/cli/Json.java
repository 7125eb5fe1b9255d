package io.github.ctigateway.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Reads what {@code --json} printed. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Each line as an object; a line that is none fails the test. */
    static List<JsonNode> lines(Cli.Run run) {
        return run.lines().stream().map(Json::object).toList();
    }

    /** The lines of this type. */
    static List<JsonNode> lines(Cli.Run run, String type) {
        return lines(run).stream()
                .filter(line -> line.path("type").asText().equals(type))
                .toList();
    }

    private static JsonNode object(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (!node.isObject()) {
                throw new AssertionError("no JSON object: " + line);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
