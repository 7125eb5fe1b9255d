package io.github.ctigateway.redis.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.ctigateway.model.GatewayPlacement;
import io.github.ctigateway.model.Parameter;
import io.github.ctigateway.model.ParameterType;
import io.github.ctigateway.model.Parameters;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes the JSON Schema of one gateway. */
public final class GatewaySchema {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final List<String> SCALARS = List.of("string", "number", "boolean", "null");
    private static final Pattern FIRST_CLAUSE = Pattern.compile("(?:;|；|。|\\.(?=\\s|$)).*", Pattern.DOTALL);

    private final JsonGenerator out;

    private GatewaySchema(JsonGenerator out) {
        this.out = out;
    }

    /** The schema's text, the same on every machine. */
    public static String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            out.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
            new GatewaySchema(out).document();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be written", e);
        }
        return text.append('\n').toString();
    }

    private void document() throws IOException {
        out.writeStartObject();
        out.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
        out.writeStringField("$id", "urn:io.github.ctigateway:gateway");
        described(
                "A SIP gateway of FreeSWITCH",
                "One field of mod_cti's Redis hash cti_gateway@<domain>; the field's name is the gateway's.",
                "FreeSWITCH 的 SIP 网关",
                "mod_cti 的 Redis 哈希表 cti_gateway@<domain> 中的一个字段；字段名就是网关名。");
        out.writeStringField("type", "object");
        out.writeObjectFieldStart("properties");
        parameters();
        variables();
        directions();
        subscriptions();
        placement();
        out.writeEndObject();
        out.writeObjectFieldStart("$defs");
        out.writeObjectFieldStart("scalar");
        scalarTypes();
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
    }

    private void parameters() throws IOException {
        startObject(
                GatewayReader.PARAM,
                "Parameters",
                "The gateway's parameters as mod_sofia knows them. An empty value means that it is not set.",
                "网关参数",
                "mod_sofia 识别的网关参数。空值表示没有设置。");
        out.writeObjectFieldStart("properties");
        for (Parameter<?> parameter : Parameters.all()) {
            parameter(parameter);
        }
        out.writeEndObject();
        additional("scalar");
        out.writeEndObject();
    }

    private void parameter(Parameter<?> parameter) throws IOException {
        out.writeObjectFieldStart(parameter.name());
        String english = parameter.description(Locale.ENGLISH);
        String chinese = parameter.description(Locale.SIMPLIFIED_CHINESE);
        described(
                title(english),
                withAdvice(english, parameter.advice(Locale.ENGLISH).orElse(""), " "),
                title(chinese),
                withAdvice(chinese, parameter.advice(Locale.SIMPLIFIED_CHINESE).orElse(""), ""));
        scalarTypes();
        type(parameter);
        if (parameter.defaultText().isPresent()) {
            out.writeStringField("default", parameter.defaultText().get());
        }
        if (parameter.isSecret()) {
            out.writeStringField("format", "password");
            out.writeBooleanField("writeOnly", true);
        }
        out.writeEndObject();
    }

    /** A pattern counts for texts only, and a minimum for numbers only, so that both can stand side by side. */
    private void type(Parameter<?> parameter) throws IOException {
        ParameterType<?> type = parameter.type();
        out.writeStringField("x-type", type.toString());
        if (type.equals(ParameterType.BOOLEAN)) {
            out.writeStringField("pattern", "^(?:|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|yes|no|on|off|0|1)$");
        } else if (type.equals(ParameterType.SECONDS) || type.equals(ParameterType.INTEGER)) {
            out.writeStringField("pattern", "^[0-9]{0,9}$");
            out.writeNumberField("minimum", parameter.minimum().orElse(0));
        } else if (type.equals(ParameterType.TRANSPORT)) {
            out.writeStringField("pattern", "^(?:|udp|tcp|tls|sctp)$");
        } else if (type.equals(ParameterType.HOST)) {
            out.writeStringField("pattern", "^[^\\s<>@]*$");
        }
    }

    private void variables() throws IOException {
        startObject(
                GatewayReader.VARIABLES,
                "Channel variables",
                "Variables that are set on the gateway's calls, such as sip_sticky_contact. A name that begins with p: sets a field of"
                        + " the caller profile on outbound calls.",
                "通道变量",
                "在该网关的呼叫上设置的变量，例如 sip_sticky_contact。以 p: 开头的名称设置外呼的主叫信息字段。");
        additional("scalar");
        out.writeEndObject();
    }

    private void directions() throws IOException {
        startObject(
                GatewayReader.DIRECTIONS,
                "Directions of variables",
                "Limits variables to calls of one direction, or gives them a value for each. mod_cti does not know this member.",
                "变量的方向",
                "限制变量只用于一个方向的呼叫，或为两个方向分别取值。mod_cti 不识别此成员。");
        out.writeObjectFieldStart("additionalProperties");
        out.writeArrayFieldStart("anyOf");
        out.writeStartObject();
        strings("enum", List.of("inbound", "outbound", "both"));
        out.writeEndObject();
        out.writeStartObject();
        out.writeStringField("type", "object");
        out.writeObjectFieldStart("properties");
        reference("inbound");
        reference("outbound");
        out.writeEndObject();
        out.writeBooleanField("additionalProperties", false);
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
    }

    private void subscriptions() throws IOException {
        out.writeObjectFieldStart(GatewayReader.SUBSCRIPTIONS);
        described(
                "Subscriptions",
                "SIP subscriptions that the gateway keeps alive. mod_cti does not know this member.",
                "订阅",
                "网关保持的 SIP 订阅。mod_cti 不识别此成员。");
        strings("type", List.of("array", "null"));
        out.writeObjectFieldStart("items");
        out.writeStringField("type", "object");
        strings("required", List.of(GatewayReader.EVENT));
        out.writeObjectFieldStart("properties");
        out.writeObjectFieldStart(GatewayReader.EVENT);
        out.writeStringField("type", "string");
        out.writeEndObject();
        out.writeObjectFieldStart(GatewayReader.PARAM);
        strings("type", List.of("object", "null"));
        additional("scalar");
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
    }

    private void placement() throws IOException {
        out.writeObjectFieldStart(GatewayPlacement.ENABLED);
        described(
                "Enabled",
                "False takes the gateway down without deleting it. mod_cti does not know this member.",
                "启用",
                "false 表示停用网关但不删除。mod_cti 不识别此成员。");
        out.writeArrayFieldStart("enum");
        out.writeBoolean(true);
        out.writeBoolean(false);
        out.writeString("true");
        out.writeString("false");
        out.writeNull();
        out.writeEndArray();
        out.writeEndObject();
        out.writeObjectFieldStart(GatewayPlacement.NODES);
        described(
                "Nodes",
                "The switchnames of the nodes that may run the gateway; every node unless given. mod_cti does not know this member.",
                "节点",
                "允许运行该网关的节点的 switchname；不写则为所有节点。mod_cti 不识别此成员。");
        strings("type", List.of("array", "null"));
        out.writeNumberField("minItems", 1);
        out.writeObjectFieldStart("items");
        out.writeStringField("type", "string");
        out.writeNumberField("minLength", 1);
        out.writeEndObject();
        out.writeEndObject();
        out.writeObjectFieldStart(GatewayPlacement.OWNERSHIP);
        described(
                "Ownership",
                "With \"one\", one node at a time runs the gateway. mod_cti does not know this member.",
                "归属",
                "写 \"one\" 时，同一时间只有一个节点运行该网关。mod_cti 不识别此成员。");
        out.writeArrayFieldStart("enum");
        out.writeString("one");
        out.writeNull();
        out.writeEndArray();
        out.writeEndObject();
    }

    private void startObject(String name, String title, String description, String titleZh, String descriptionZh)
            throws IOException {
        out.writeObjectFieldStart(name);
        described(title, description, titleZh, descriptionZh);
        strings("type", List.of("object", "null"));
    }

    private void described(String title, String description, String titleZh, String descriptionZh) throws IOException {
        out.writeStringField("title", title);
        out.writeStringField("description", description);
        out.writeObjectFieldStart("x-zh");
        out.writeStringField("title", titleZh);
        out.writeStringField("description", descriptionZh);
        out.writeEndObject();
    }

    private void scalarTypes() throws IOException {
        strings("type", SCALARS);
    }

    private void additional(String definition) throws IOException {
        out.writeObjectFieldStart("additionalProperties");
        out.writeStringField("$ref", "#/$defs/" + definition);
        out.writeEndObject();
    }

    private void reference(String name) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("$ref", "#/$defs/scalar");
        out.writeEndObject();
    }

    private void strings(String name, List<String> values) throws IOException {
        out.writeArrayFieldStart(name);
        for (String value : values) {
            out.writeString(value);
        }
        out.writeEndArray();
    }

    /** The first clause of a description says what the parameter is; the rest says what happens without it. */
    private static String title(String description) {
        return FIRST_CLAUSE.matcher(description).replaceFirst("");
    }

    private static String withAdvice(String description, String advice, String between) {
        return advice.isEmpty() ? description : description + between + advice;
    }
}
