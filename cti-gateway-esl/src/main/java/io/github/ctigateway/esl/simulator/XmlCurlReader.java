package io.github.ctigateway.esl.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks a web server for gateways as mod_xml_curl does: {@code startgw} asks for the gateways of {@code sofia.conf}; the start and
 * {@code rescan} take the profile from elsewhere when the answer is "not found", and then ask the directory.
 */
final class XmlCurlReader implements SimulatedConfiguration {
    private static final int DEADLINE_MILLIS = 10_000;

    private final URI uri;
    private final SimulatedConfiguration files;

    XmlCurlReader(URI uri, SimulatedConfiguration files) {
        this.uri = uri;
        this.files = files;
    }

    @Override
    public List<GatewayDefinition> read(Request request) {
        Map<String, String> fields = fields(request, "configuration", "configuration", "name", "sofia.conf");
        fields.put("profile", request.profile());
        request.startGateway().ifPresent(gateway -> {
            fields.put("reconfig", "true");
            fields.put("gateway", gateway);
        });
        Optional<SwitchXml> profile = section(ask(fields))
                .flatMap(section -> section.firstChild("configuration"))
                .flatMap(configuration -> configuration.firstChild("profiles"))
                .flatMap(profiles -> profiles.children("profile").stream()
                        .filter(found -> found.attribute("name").equals(Optional.of(request.profile())))
                        .findFirst());
        List<GatewayDefinition> definitions = new ArrayList<>();
        if (profile.isPresent()) {
            profile.get()
                    .firstChild("gateways")
                    .ifPresent(gateways -> definitions.addAll(DirectoryReader.definitions(gateways)));
        } else {
            definitions.addAll(files.read(request));
        }
        if (request.startGateway().isEmpty()) {
            definitions.addAll(fromDirectory(request));
        }
        return definitions;
    }

    private List<GatewayDefinition> fromDirectory(Request request) {
        Map<String, String> fields = fields(request, "directory", "", "", "");
        fields.put("purpose", "gateways");
        fields.put("profile", request.profile());
        List<SwitchXml> users = new ArrayList<>();
        section(ask(fields))
                .ifPresent(section -> section.children("domain").forEach(domain -> {
                    users.addAll(domain.children("user"));
                    domain.children("groups")
                            .forEach(groups -> groups.children("group")
                                    .forEach(group -> group.children("users")
                                            .forEach(list -> users.addAll(list.children("user")))));
                }));
        return users.stream()
                .flatMap(user -> user.firstChild("gateways").stream())
                .flatMap(gateways -> DirectoryReader.definitions(gateways).stream())
                .toList();
    }

    private static Map<String, String> fields(
            Request request, String section, String tag, String keyName, String keyValue) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("hostname", request.node());
        fields.put("section", section);
        fields.put("tag_name", tag);
        fields.put("key_name", keyName);
        fields.put("key_value", keyValue);
        return fields;
    }

    /** The section that holds something: "not found" is a section too, named {@code result}. */
    private static Optional<SwitchXml> section(SwitchXml document) {
        return document.children("section").stream()
                .filter(section -> !section.attribute("name").equals(Optional.of("result")))
                .findFirst();
    }

    private SwitchXml ask(Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(DEADLINE_MILLIS);
            connection.setReadTimeout(DEADLINE_MILLIS);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(form.getBytes(StandardCharsets.UTF_8));
            }
            try (InputStream in = connection.getInputStream()) {
                String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                return SwitchXml.parse(new XmlPreprocessor(Map.of("domain", "127.0.0.1")).text(answer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
