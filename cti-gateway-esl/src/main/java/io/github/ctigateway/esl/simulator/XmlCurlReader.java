package io.github.ctigateway.esl.simulator;

import io.github.ctigateway.model.SofiaText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a web server for gateways as mod_xml_curl does: {@code startgw} asks for the gateways of {@code sofia.conf}; the start and
 * {@code rescan} take the profile from elsewhere when the answer is "not found", and then ask the directory. What cannot be had, for
 * whatever reason, is taken from the files (switch_xml_locate).
 */
final class XmlCurlReader implements SimulatedConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(XmlCurlReader.class);
    private static final int DEADLINE_MILLIS = 10_000;

    private final URI uri;
    private final SimulatedConfiguration files;

    XmlCurlReader(URI uri, SimulatedConfiguration files) {
        this.uri = uri;
        this.files = files;
    }

    @Override
    public void reload() {
        files.reload();
    }

    @Override
    public List<GatewayDefinition> read(Request request) {
        if (request.reconfig()) {
            // FreeSWITCH's core reads its time zones again at each reload; whatever is answered, there are no gateways
            // in it.
            Optional<SwitchXml> timeZones = configuration(request, "timezones.conf", Map.of());
            LOG.trace("Time zones {}", timeZones.isPresent() ? "were answered" : "come from the files");
        }
        Map<String, String> own = new LinkedHashMap<>();
        own.put("profile", request.profile());
        if (request.reconfig()) {
            own.put("reconfig", "true");
        }
        request.startGateway().ifPresent(gateway -> own.put("gateway", gateway));
        Optional<SwitchXml> sofia = configuration(request, "sofia.conf", own);
        if (sofia.isEmpty()) {
            List<GatewayDefinition> definitions = new ArrayList<>(files.read(request));
            if (request.startGateway().isEmpty()) {
                definitions.addAll(fromDirectory(request));
            }
            return definitions;
        }
        Optional<SwitchXml> profile =
                sofia.get().firstChild("profiles").flatMap(profiles -> named(profiles, "profile", request.profile()));
        List<GatewayDefinition> definitions = new ArrayList<>(profile.flatMap(found -> found.firstChild("gateways"))
                .map(DirectoryReader::definitions)
                .orElse(List.of()));
        if (request.startGateway().isEmpty()
                && profile.filter(XmlCurlReader::readsDirectory).isPresent()) {
            definitions.addAll(fromDirectory(request));
        }
        return definitions;
    }

    /** Whether a profile has {@code <domain name="all" parse="true"/>}, as the files' profile is taken to have. */
    private static boolean readsDirectory(SwitchXml profile) {
        return profile.firstChild("domains")
                .flatMap(domains -> named(domains, "domain", "all"))
                .flatMap(domain -> domain.attribute("parse"))
                .filter(SofiaText::isTrue)
                .isPresent();
    }

    private Optional<SwitchXml> configuration(Request request, String name, Map<String, String> own) {
        Map<String, String> fields = fields(request, "configuration", "configuration", "name", name);
        fields.putAll(own);
        return ask(fields).flatMap(section -> named(section, "configuration", name));
    }

    private List<GatewayDefinition> fromDirectory(Request request) {
        Map<String, String> fields = fields(request, "directory", "", "", "");
        fields.put("purpose", "gateways");
        fields.put("profile", request.profile());
        List<SwitchXml> users = new ArrayList<>();
        ask(fields)
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

    private static Optional<SwitchXml> named(SwitchXml parent, String child, String name) {
        return parent.children(child).stream()
                .filter(found -> found.attribute("name").equals(Optional.of(name)))
                .findFirst();
    }

    /** The section that was asked for; empty when the server has none or cannot be asked. "Not found" is a section named {@code result}. */
    private Optional<SwitchXml> ask(Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            SwitchXml document = SwitchXml.parse(new XmlPreprocessor(Map.of("domain", "127.0.0.1")).text(post(form)));
            return named(document, "section", fields.getOrDefault("section", ""));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Nothing could be had from {}: {}", uri, e.toString());
            return Optional.empty();
        }
    }

    private String post(String form) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(DEADLINE_MILLIS);
        connection.setReadTimeout(DEADLINE_MILLIS);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(form.getBytes(StandardCharsets.UTF_8));
        }
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("HTTP status " + connection.getResponseCode());
        }
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
