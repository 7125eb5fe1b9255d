package io.github.ctigateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
    /** Run with this property to write the resource anew after a change of the catalogue. */
    private static final String UPDATE = "update.schema";

    private static final Path RESOURCE = Path.of("src/main/resources/io/github/ctigateway/redis/gateway.schema.json");

    @Test
    void theResourceIsWhatTheCatalogueMakes() throws IOException {
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(RESOURCE.getParent());
            Files.writeString(RESOURCE, JsonSchema.ofGateway());
            return;
        }
        try (InputStream in = Objects.requireNonNull(JsonSchema.class.getResourceAsStream("gateway.schema.json"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .as("the catalogue changed: run this test with -D" + UPDATE + "=true and commit the resource")
                    .isEqualTo(JsonSchema.ofGateway());
        }
    }

    @Test
    void hasEveryParameterWithBothLanguagesAndItsDefault() throws IOException {
        Map<String, Object> parameters = at(parse(JsonSchema.ofGateway()), "properties", "param", "properties");

        assertThat(parameters.keySet())
                .containsExactlyElementsOf(
                        Parameters.all().stream().map(Parameter::name).toList());
        for (Parameter<?> parameter : Parameters.all()) {
            Map<String, Object> schema = at(parameters, parameter.name());
            assertThat((String) schema.get("description")).startsWith(parameter.description(Locale.ENGLISH));
            assertThat((String) at(schema, "x-zh").get("description"))
                    .startsWith(parameter.description(Locale.SIMPLIFIED_CHINESE));
            assertThat((String) schema.get("title")).isNotBlank();
            assertThat((String) at(schema, "x-zh").get("title")).isNotBlank();
            assertThat(schema.get("default")).isEqualTo(parameter.defaultText().orElse(null));
            assertThat(schema.containsKey("writeOnly")).isEqualTo(parameter.isSecret());
        }
    }

    @Test
    void everyDefaultAndThePagesValuesMatchTheirPatterns() throws IOException {
        Map<String, Object> parameters = at(parse(JsonSchema.ofGateway()), "properties", "param", "properties");
        for (Parameter<?> parameter : Parameters.all()) {
            parameter.defaultText().ifPresent(value -> assertMatches(parameters, parameter.name(), value));
            assertMatches(parameters, parameter.name(), "");
        }
        Samples.read(Samples.mytrunk()).parameters().forEach((name, value) -> assertMatches(parameters, name, value));
    }

    private static void assertMatches(Map<String, Object> parameters, String name, String value) {
        Object pattern = at(parameters, name).get("pattern");
        if (pattern != null) {
            assertThat(Pattern.compile((String) pattern).matcher(value).find())
                    .as(name + " = " + value)
                    .isTrue();
        }
    }

    @SuppressWarnings("unchecked") // Our own parser below makes only such maps.
    private static Map<String, Object> at(Map<String, Object> map, String... path) {
        Map<String, Object> found = map;
        for (String name : path) {
            found = (Map<String, Object>) Objects.requireNonNull(found.get(name), name);
        }
        return found;
    }

    @SuppressWarnings("unchecked") // The outermost value is an object, or the test fails.
    private static Map<String, Object> parse(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return (Map<String, Object>) value(parser);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                assertThat(map.put(name, value(parser))).as("duplicate " + name).isNull();
            }
            return map;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        }
        return parser.getText();
    }
}
